import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { AccountId } from '#lib/domain/account.ts';
import {
  requestCancellation,
  type ActId,
  type Cancellation,
  type CancellationId,
} from '#lib/domain/cancellation.ts';
import type { Order, OrderId } from '#lib/domain/order.ts';
import { createClickPath, type ClickPath } from '#lib/worker/click-path.ts';
import { createFirstClicks } from '#lib/worker/first-clicks.ts';
import { restoreLanes } from '#lib/worker/lanes/kept-lanes.ts';
import { createClocks } from '#lib/worker/network/clock.ts';
import { accountStore, type StoredAccount } from '#lib/worker/store/accounts.ts';
import { cancellationStore, hasLeftRows } from '#lib/worker/store/cancellations.ts';
import { createDamage } from '#lib/worker/store/damage.ts';
import type { Sealer } from '#lib/worker/vault/sealing.ts';
import { emptyDatabase, freshSealer } from '#tests/browser/support/fresh.ts';

/** What a click waits for while the worker starts, by what is done before its request: real ciphers, a real database. */

vi.mock('webextension-polyfill', () => {
  const browser = {
    alarms: { get: async () => undefined, create: async () => {}, clear: async () => true },
    storage: { session: { get: async () => ({}), set: async () => {}, remove: async () => {} } },
  };
  return { ...browser, default: browser };
});

const act = { id: 'act' as ActId, inPopup: true } as const;
const clickedId = 'account 7' as AccountId;
const order: Order = {
  id: '26947521557' as OrderId,
  symbol: 'BTCTRY',
  side: 'buy',
  type: 'limit',
  protective: false,
};

let sealer: Sealer;
beforeEach(async () => {
  await emptyDatabase();
  sealer = await freshSealer();
  for (let index = 0; index < 20; index++) await addAccount(`account ${index}` as AccountId);
});
afterEach(() => {
  for (const path of opened.splice(0)) path.stop();
  vi.restoreAllMocks();
});

const opened: ClickPath[] = [];

/** Test key 1 of RFC 8032. */
const pem =
  '-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIJ1hsZ3v/VpguoRK9JLsLMREScVpezJpGXA7rAMcrn9g\n-----END PRIVATE KEY-----';

const accountOf = (id: AccountId): StoredAccount => ({
  id,
  venue: 'btcturk',
  label: id,
  environment: 'live',
  createdAt: 1,
});

async function addAccount(id: AccountId): Promise<void> {
  await accountStore(sealer).add(accountOf(id), { apiKey: id, apiSecret: btoa(id) });
}

/** `reply`: what the venue's server says to each request, once the test lets it. */
function openPath({ reply = '{"success":true}' } = {}) {
  const sent: { readonly url: string; readonly hadRow: Promise<boolean> }[] = [];
  const damage = createDamage(() => {});
  const path = createClickPath(sealer, {
    transport: {
      async send(base, request) {
        sent.push({ url: base + request.path, hadRow: hasLeftRows() });
        return { status: 200, headers: new Headers(), text: reply };
      },
      openSocket: () => {
        throw new Error('none');
      },
    },
    clocks: createClocks({}, () => {}),
    lanes: restoreLanes({}),
    pulse: { last: () => 0, note: () => {} },
    damage,
    showAccounts: () => {},
    showSeen: () => {},
  });
  opened.push(path);
  const cancel = (isTooLate = () => false) => path.cancel(clickedId, order, act, isTooLate);
  return { path, sent, cancel };
}

/** What the last life has left. */
function kept(path: ClickPath, expiresAt: number | null = null) {
  const now = Date.now();
  return Promise.resolve({ path, kept: { bytes: new Uint8Array(32), expiresAt, writtenAt: now } });
}

const until = (check: () => unknown) => vi.waitFor(() => expect(check()).toBeTruthy());

async function rowsWritten(): Promise<Cancellation[]> {
  const rows = await (await cancellationStore(sealer)).since(1);
  return rows.map(({ cancellation }) => cancellation);
}

test('one account of twenty is opened, its wish is written down, then its request goes out', async () => {
  const decrypt = vi.spyOn(crypto.subtle, 'decrypt');
  const importKey = vi.spyOn(crypto.subtle, 'importKey');
  const sign = vi.spyOn(crypto.subtle, 'sign');
  const { sent, cancel } = openPath();
  const id = await cancel();
  // While the row was being written, and not again.
  expect(sign).toHaveBeenCalledTimes(1);
  await until(() => sent.length > 0);
  // The account and its key; nothing else was opened by then, and no other secret made ready.
  expect(decrypt).toHaveBeenCalledTimes(2);
  expect(importKey).toHaveBeenCalledTimes(1);
  expect(sign).toHaveBeenCalledTimes(1);
  expect(await sent[0]?.hadRow).toBe(true);
  expect(await rowsWritten()).toMatchObject([{ id, ref: { accountId: clickedId } }]);
});

test('clicked twice at once it is one cancellation with one request', async () => {
  const { sent, cancel } = openPath();
  const [first, second] = await Promise.all([cancel(), cancel()]);
  expect(second).toBe(first);
  await until(() => sent.length > 0);
  expect(await rowsWritten()).toHaveLength(1);
  expect(sent).toHaveLength(1);
});

test('no reply is heard before whoever is to be told of it is there, and then all is told in order', async () => {
  const { path, sent, cancel } = openPath();
  await cancel();
  await until(() => sent.length > 0);
  const { told, unfinished } = await path.journal;
  const states: string[] = [];
  const flights: boolean[] = [];
  const [row] = await rowsWritten();
  expect(['requested', 'sent']).toContain(row?.state);
  told.follow(({ state }) => states.push(state));
  unfinished.follow((is) => flights.push(is));
  expect(states).toEqual(['requested', 'sent']);
  expect(flights).toEqual([true]);
  path.complete();
  await until(() => states.includes('accepted'));
});

test.each<[why: string, prepare: () => Promise<unknown>]>([
  ['something is left of the last life', leaveRow],
  ['the account is there no more', () => accountStore(sealer).remove(clickedId)],
])('%s: nothing is done, and the rest is waited for', async (_, prepare) => {
  await prepare();
  const before = await rowsWritten();
  const { sent, cancel } = openPath();
  expect(await cancel()).toBeUndefined();
  expect(await rowsWritten()).toEqual(before);
  expect(sent).toEqual([]);
});

test('an account whose key this browser cannot use says so: no wish is taken, and nothing of it is lost', async () => {
  const credentials = { apiKey: 'key', apiSecret: pem };
  await accountStore(sealer).add({ ...accountOf(clickedId), venue: 'binance' }, credentials);
  const importKey = vi.spyOn(crypto.subtle, 'importKey');
  importKey.mockRejectedValue(new DOMException('Unrecognized name.', 'NotSupportedError'));
  const { path, sent, cancel } = openPath();
  await expect(cancel()).rejects.toMatchObject({ code: 'key-unusable' });
  expect(await rowsWritten()).toEqual([]);
  expect(await hasLeftRows()).toBe(false);
  expect(path.accounts.keyTrouble(clickedId)).toBe('key-unusable');
  importKey.mockRestore();
  path.stop();

  // In a browser that can, it goes on as if nothing had been.
  const later = openPath();
  await later.cancel();
  await until(() => later.sent.length > 0);
  expect([sent.length, later.sent.length]).toEqual([0, 1]);
  expect(await rowsWritten()).toHaveLength(1);
});

async function leaveRow(): Promise<void> {
  const ref = { accountId: clickedId, orderId: order.id };
  const id = 'left' as CancellationId;
  await (await cancellationStore(sealer)).addAll([requestCancellation(id, ref, undefined, 1)]);
}

test('what is asked for meanwhile and must come first makes it too late', async () => {
  const { path, sent } = openPath();
  const clicks = createFirstClicks(kept(path));
  const clicked = clicks.take(clickedId, order, act);
  clicks.close();
  expect(await clicked).toBeUndefined();
  expect(clicks.take(clickedId, order, act)).toBeUndefined();
  expect(sent).toEqual([]);
  expect(await rowsWritten()).toEqual([]);
});

test('between the click and its row the time may run out, or a lock be asked for', async () => {
  const { path, sent, cancel } = openPath();
  expect(await cancel(() => true)).toBeUndefined();
  const clicks = createFirstClicks(kept(path, Date.now() - 1));
  expect(await clicks.take(clickedId, order, act)).toBeUndefined();
  expect(sent).toEqual([]);
  expect(await rowsWritten()).toEqual([]);
});

test('the rest waits for the clicks that have come', async () => {
  const { path, sent } = openPath();
  const clicks = createFirstClicks(kept(path));
  void clicks.take(clickedId, order, act);
  await clicks.out();
  expect(sent).toHaveLength(1);
});

test.each<[what: string, left: () => Promise<undefined>]>([
  ['nothing is open', () => Promise.resolve(undefined)],
  ['it cannot be read', () => Promise.reject(new Error('unreadable'))],
])('where %s a click waits for what the rest says', async (_, left) => {
  const clicks = createFirstClicks(left());
  expect(await clicks.take(clickedId, order, act)).toBeUndefined();
  await clicks.out();
});
