import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { AccountId } from '#lib/domain/account.ts';
import type { Seen } from '#lib/domain/readiness.ts';
import { createWatch } from '#lib/worker/accounts/watch.ts';

const now = 1_700_000_000_000;
const [a, b] = ['a', 'b'] as AccountId[] as [AccountId, AccountId];

beforeEach(() => vi.useFakeTimers({ now }));
afterEach(() => vi.useRealTimers());

function watching(known: Record<AccountId, Seen> = {}) {
  const shown: Readonly<Record<AccountId, Seen>>[] = [];
  const watch = createWatch((all) => shown.push(all));
  watch.recall(known);
  const room = { left: 9, most: 10, per: 1000, at: now };
  const open = (id: AccountId) => watch.open(id, () => ({ room }));
  return { watch, open, room, shown, settle: () => vi.advanceTimersByTimeAsync(250) };
}

test('nothing is shown before the requests of a moment are out, and then once', async () => {
  const { open, shown, settle, room } = watching();
  const account = open(a);
  for (let count = 0; count < 8; count++) {
    account.noteRoundTrip(10.4 + count);
    account.noteReply({ kind: 'read' });
  }
  expect(shown).toEqual([]);
  await settle();
  const roundTrips = { took: [13, 14, 15, 16, 17], at: now };
  expect(shown).toEqual([{ a: { workedAt: now, roundTrips, room } }]);
  await settle();
  expect(shown).toHaveLength(1);
});

const works = { workedAt: now } as const;
const fails = (reason: string) => ({ trouble: { reason, at: now } });

test.each<[reply: object, seen: object]>([
  [{ kind: 'page', orders: [] }, works],
  [{ kind: 'accepted' }, works],
  [{ kind: 'claimed', claim: 'not-found' }, works],
  // What the venue says of an order, it says to who may ask.
  [{ kind: 'refused', reason: 'not-cancellable' }, works],
  [{ kind: 'refused', reason: 'invalid-request' }, works],
  [{ kind: 'refused', reason: 'bad-key' }, fails('bad-key')],
  [{ kind: 'refused', reason: 'maintenance' }, fails('maintenance')],
  [{ kind: 'refused', reason: 'unexpected' }, fails('unexpected')],
  [{ kind: 'invalid-time' }, fails('clock')],
  [{ kind: 'unknown', note: { code: 'no-answer' } }, fails('unreachable')],
  [{ kind: 'unknown', note: { code: 'not-json', status: 200 } }, fails('unusable')],
  // It neither takes nor refuses the key.
  [{ kind: 'rate-limited', retryAfter: 1000 }, {}],
])('%j', async (reply, seen) => {
  const { open, shown, settle, room } = watching();
  const account = open(a);
  account.touch();
  account.noteReply(reply);
  await settle();
  expect(shown).toEqual([{ a: { ...seen, room } }]);
});

test('trouble is over with the next answer, and the last good one stays known', async () => {
  const { open, shown, settle } = watching({ [a]: { workedAt: now - 5000 } });
  const account = open(a);
  account.noteReply({ kind: 'unknown', note: { code: 'no-answer' } });
  await settle();
  expect(shown[0]?.[a]).toMatchObject({ workedAt: now - 5000, trouble: { reason: 'unreachable' } });
  account.noteReply({ kind: 'read' });
  await settle();
  expect(shown[1]?.[a]).toMatchObject({ workedAt: now + 250 });
  expect(shown[1]?.[a]).not.toHaveProperty('trouble');
});

test('the key has just worked for ten seconds', () => {
  const { open } = watching();
  const account = open(a);
  expect(account.hasJustWorked()).toBe(false);
  account.noteReply({ kind: 'read' });
  vi.advanceTimersByTime(9999);
  expect(account.hasJustWorked()).toBe(true);
  vi.advanceTimersByTime(1);
  expect(account.hasJustWorked()).toBe(false);
});

test('limits are shared: what one account asks for shows on the other', async () => {
  const { open, shown, settle, room } = watching();
  const account = open(a);
  open(b);
  account.touch();
  await settle();
  expect(shown).toEqual([{ a: { room }, b: { room } }]);
});

test('of an account that has been removed nothing is shown, and after the end nothing at all', async () => {
  const { watch, open, shown, settle, room } = watching({ [a]: works });
  const account = open(a);
  const other = open(b);
  watch.forget(a);
  account.noteReply({ kind: 'read' });
  await settle();
  expect(shown).toEqual([{ b: { room } }]);
  other.touch();
  watch.stop();
  other.touch();
  await settle();
  expect(shown).toHaveLength(1);
});
