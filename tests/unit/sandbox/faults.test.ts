import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { errors as btcTurkErrors, type BtcTurkError } from '#tests/sandbox/btcturk/replies.ts';
import { errors as ripioErrors, type RipioError } from '#tests/sandbox/ripio/replies.ts';
import { startSandbox, type Sandbox } from '#tests/sandbox/sandbox.ts';
import type { Fault } from '#tests/sandbox/shared/faults.ts';
import { btcTurkRequest, ripioRequest, signBtcTurk, type Answered } from './signed-requests.ts';

const btcTurkId = '26947521557';
const ripioId = '7155ED34-9EC4-4733-8B32-1E4319CB662F';
const order = { side: 'buy', price: '100', quantity: '2' } as const;

let sandbox: Sandbox;

beforeEach(async () => {
  sandbox = await startSandbox({
    btcturk: { seed: false, cancelDelayMs: 0 },
    ripio: { seed: false, limits: false },
  });
  sandbox.venues.btcturk.book.place({ ...order, id: btcTurkId, symbol: 'BTCTRY' });
  sandbox.venues.ripio.book.place({ ...order, id: ripioId, symbol: 'BTC_BRL' });
});

afterEach(() => sandbox.stop());

function access(venue: string) {
  const found = sandbox.list.find((one) => one.venue === venue);
  if (!found) throw new Error(venue);
  return found;
}

const cancelAtBtcTurk = (): Promise<Answered> =>
  btcTurkRequest(access('btcturk'), { method: 'DELETE', path: `/api/v1/order?id=${btcTurkId}` });

const cancelAtRipio = (): Promise<Answered> =>
  ripioRequest(access('ripio'), {
    method: 'DELETE',
    path: '/trade/orders',
    body: JSON.stringify({ id: ripioId }),
  });

describe('refusals by name', () => {
  test.each(Object.keys(btcTurkErrors) as BtcTurkError[])('BtcTurk: %s', async (error) => {
    const { faults, book } = sandbox.venues.btcturk;
    faults.add('cancel', { kind: 'refuse', error });
    const answered = await cancelAtBtcTurk();
    expect(answered).toMatchObject({
      status: btcTurkErrors[error].status,
      text: btcTurkErrors[error].body,
    });
    expect(book.find(btcTurkId)?.status).toBe('open');
    expect((await cancelAtBtcTurk()).status).toBe(200);
  });

  test.each(Object.keys(ripioErrors) as RipioError[])('Ripio: %s', async (error) => {
    sandbox.venues.ripio.faults.add('any', { kind: 'refuse', error });
    expect(await cancelAtRipio()).toMatchObject({ status: ripioErrors[error].status });
    expect((await cancelAtRipio()).status).toBe(200);
  });
});

/** What is common to both venues: what the client sees, and whether the order is gone. */
describe.each(['btcturk', 'ripio'] as const)('spoilt replies of %s', (venue) => {
  const cancel = (): Promise<Answered> =>
    venue === 'btcturk' ? cancelAtBtcTurk() : cancelAtRipio();
  const id = venue === 'btcturk' ? btcTurkId : ripioId;

  const before = 'open';
  const after = 'cancelled';
  test.each<[Fault<'500' | '50000'> & { kind: string }, number | 'dropped', 'open' | 'cancelled']>([
    [{ kind: 'drop', when: 'before-acting' }, 'dropped', before],
    [{ kind: 'drop', when: 'after-acting' }, 'dropped', after],
    [{ kind: 'status', status: 500 }, 500, before],
    [{ kind: 'status', status: 500, when: 'after-acting' }, 500, after],
    [{ kind: 'garbage' }, 200, before],
    [{ kind: 'garbage', when: 'after-acting' }, 200, after],
    [{ kind: 'empty', when: 'after-acting' }, 200, after],
    [{ kind: 'html' }, 200, before],
    [{ kind: 'html', status: 502, when: 'after-acting' }, 502, after],
    [{ kind: 'redirect', location: 'https://example.com/' }, 302, before],
    [{ kind: 'delay', ms: 1 }, 200, after],
  ])('%o: %s, the order is %s', async (fault, seen, status) => {
    const { book, faults, requests } = sandbox.venues[venue];
    (faults as { add(operation: 'cancel', fault: object): void }).add('cancel', fault);
    const answered = await cancel().catch(() => undefined);
    expect(answered?.status ?? 'dropped').toBe(seen);
    if (answered && fault.kind !== 'delay') expect(answered.json).toBeUndefined();
    if (status === 'cancelled') await book.waitFor(id, 'cancelled');
    expect(book.find(id)?.status).toBe(status);
    expect(requests.of('cancel')).toMatchObject([
      { orderId: id, outcome: seen === 'dropped' ? 'dropped' : 'answered' },
    ]);
  });

  test('held on the way in, the order can fill meanwhile', async () => {
    const { book, faults } = sandbox.venues[venue];
    const hold = faults.hold('cancel');
    const answered = cancel();
    await hold.arrived;
    book.fill(id);
    hold.release();
    expect((await answered).status).toBe(400);
  });

  test('held on the way back, the work is done', async () => {
    const { book, faults, requests } = sandbox.venues[venue];
    const hold = faults.hold('cancel', { when: 'after-acting' });
    const answered = cancel();
    await hold.arrived;
    await book.waitFor(id, 'cancelled');
    expect(requests.list[0]?.outcome).toBe('pending');
    faults.release();
    expect((await answered).status).toBe(200);
  });

  test('a rate limit asked for lasts, and says how long', async () => {
    const { faults } = sandbox.venues[venue];
    faults.add('cancel', { kind: 'rate-limit', seconds: 7 });
    const [first, second] = [await cancel(), await cancel()];
    expect(first).toMatchObject({ status: 429 });
    expect(first.headers.get('retry-after')).toBe('7');
    expect(second.status).toBe(429);
  });

  test.each(['moment', 'date'] as const)('a ban asked for tells its end by a %s', async (told) => {
    const { clock, faults } = sandbox.venues[venue];
    clock.skewMs = 3000;
    const before = clock.now();
    faults.add('cancel', { kind: 'ban', ms: 7113, told });
    const [first, second] = [await cancel(), await cancel()];
    expect(first.status).toBe(418);
    const until =
      told === 'date'
        ? Date.parse(first.headers.get('retry-after') ?? '')
        : Number(/IP banned until (\d{13})\./.exec(first.text)?.[1]);
    expect(until).toBeGreaterThanOrEqual(before + 7113);
    expect(until).toBeLessThanOrEqual(clock.now() + 7113 + 1000);
    expect(second.status).toBe(429);
  });
});

describe('answers larger than any', () => {
  test('huge: the one earned, and white space, all in all so many bytes', async () => {
    sandbox.venues.btcturk.faults.add('cancel', { kind: 'huge', bytes: 1_000_000 });
    const { text, json } = await cancelAtBtcTurk();
    expect(text).toHaveLength(1_000_000);
    expect(json).toMatchObject({ success: true });
    await sandbox.venues.btcturk.book.waitFor(btcTurkId, 'cancelled');
    expect(sandbox.venues.btcturk.requests.of('cancel')[0]?.reply?.length).toBeLessThan(1000);
  });

  test('huge and compressed: a thousandth of it on the wire', async () => {
    sandbox.venues.btcturk.faults.add('open-orders', {
      kind: 'huge',
      bytes: 1_000_000,
      gzip: true,
    });
    const { text, json, headers } = await list();
    expect(text).toHaveLength(1_000_000);
    expect(json).toMatchObject({ data: { bids: [{ id: Number(btcTurkId) }] } });
    expect(headers.get('content-encoding')).toBe('gzip');
    expect(Number(headers.get('content-length'))).toBeLessThan(1500);
  });

  test('deep: JSON nested so deep, and nothing is done', async () => {
    sandbox.venues.btcturk.faults.add('cancel', { kind: 'deep', depth: 4 });
    expect((await cancelAtBtcTurk()).text).toBe('[[[[]]]]');
    expect(sandbox.venues.btcturk.book.find(btcTurkId)?.status).toBe('open');
  });

  test('endless: the one earned, and white space until the client has enough', async () => {
    sandbox.venues.btcturk.faults.add('open-orders', { kind: 'endless' });
    const { url, key, secret } = access('btcturk');
    const stamp = String(Date.now());
    const response = await fetch(`${url}/api/v1/openOrders`, {
      headers: { 'X-PCK': key, 'X-Stamp': stamp, 'X-Signature': signBtcTurk(secret, key, stamp) },
    });
    const reader = response.body?.getReader();
    if (!reader) throw new Error('no body');
    let length = 0;
    while (length < 3_000_000) length += (await reader.read()).value?.byteLength ?? 0;
    await reader.cancel();
    expect(length).toBeGreaterThanOrEqual(3_000_000);
    expect((await list()).json).toMatchObject({ success: true });
  });
});

const list = (): Promise<Answered> =>
  btcTurkRequest(access('btcturk'), { method: 'GET', path: '/api/v1/openOrders' });

describe('orders as no document has them', () => {
  const other = '9007199254740993';

  test.each([
    ['null', /\[null,\{"id":9007199254740993,/],
    ['no-id', /\[\{"id":null,"price":"100/],
    ['no-status', /"updateTime":\d+,"leftAmount"/],
    ['no-symbol', /"stopPrice":"[\d.]+","type":"buy"/],
    ['no-amounts', /"id":26947521557,"price":"[\d.]+","stopPrice"/],
    ['empty-amounts', /"amount":"","quantity":""/],
    ['comma-amounts', /"amount":"0,5","quantity":"0,5"/],
    ['long-id', /"id":"26947521557x{129}"/],
    ['unseen-id', /"id":"\u202e26947521557"/],
    ['unseen-symbol', /"pairSymbol":"\u202eBTCTRY"/],
  ] as const)('%s', async (oddity, shown) => {
    const { book, faults } = sandbox.venues.btcturk;
    book.place({ ...order, id: other, symbol: 'BTCTRY' });
    const before = (await list()).text;
    faults.add('open-orders', { kind: 'odd-orders', oddity, orderIds: [btcTurkId] });
    const { text } = await list();
    expect(text).toMatch(shown);
    // The other one is as it was, to the last digit.
    const good = /\{"id":9007199254740993,.*?\}/.exec(before)?.[0] ?? 'none';
    expect(text).toContain(good);
    expect((await list()).text).toBe(before);
  });

  test('all of them, where none is named', async () => {
    const { faults } = sandbox.venues.btcturk;
    faults.add('open-orders', { kind: 'odd-orders', oddity: 'null' });
    expect((await list()).text).toContain('"bids":[null]');
  });

  test('any body', async () => {
    const { faults } = sandbox.venues.btcturk;
    const body = '{"success":true,"data":{}}';
    faults.add('open-orders', { kind: 'body', body });
    faults.add('open-orders', { kind: 'body', body: '<h1>', status: 451 });
    expect(await list()).toMatchObject({ status: 200, text: body });
    expect(await list()).toMatchObject({ status: 451, text: '<h1>' });
  });
});

describe('accepted, but', () => {
  test.each([
    [{ kind: 'accept-then-fill', delayMs: 0 }, 'filled'],
    [{ kind: 'accept-then-cancel', delayMs: 0 }, 'cancelled'],
  ] as const)('BtcTurk: %o', async (fault, status) => {
    const { faults, book } = sandbox.venues.btcturk;
    faults.add('cancel', fault);
    const ended = book.waitFor(btcTurkId, status);
    expect((await cancelAtBtcTurk()).json).toMatchObject({ message: 'SUCCESS' });
    await ended;
  });

  test('BtcTurk: forgotten, and done when asked again', async () => {
    const { faults, book } = sandbox.venues.btcturk;
    faults.add('cancel', { kind: 'accept-and-forget' });
    expect((await cancelAtBtcTurk()).status).toBe(200);
    expect(book.find(btcTurkId)?.status).toBe('open');
    await cancelAtBtcTurk();
    await book.waitFor(btcTurkId, 'cancelled');
  });

  test.each([
    [{ kind: 'accept-then-fill' }, 400, { error_code: 40_021 }, 'filled'],
    [
      { kind: 'accept-then-fill', quantity: '0.5' },
      200,
      { data: { status: 'canceled', executed_amount: 0.5 } },
      'cancelled',
    ],
    [{ kind: 'accept-then-cancel', delayMs: 0 }, 200, { data: { status: 'open' } }, 'cancelled'],
    [{ kind: 'accept-and-forget' }, 200, { data: { status: 'open' } }, 'open'],
  ] as const)('Ripio: %o', async (fault, status, json, end) => {
    const { faults, book } = sandbox.venues.ripio;
    faults.add('cancel', fault);
    expect(await cancelAtRipio()).toMatchObject({ status, json });
    await book.waitFor(ripioId, end);
  });
});

describe('which request meets a fault', () => {
  test('one that is not signed well does not', async () => {
    const { faults } = sandbox.venues.btcturk;
    faults.add('cancel', { kind: 'status', status: 500 });
    const wrong = await btcTurkRequest(
      { ...access('btcturk'), secret: 'YQ==' },
      { method: 'DELETE', path: `/api/v1/order?id=${btcTurkId}` },
    );
    expect(wrong.status).toBe(401);
    expect((await cancelAtBtcTurk()).status).toBe(500);
  });

  test('as many as asked for, in their order, or all until cleared', async () => {
    const { faults } = sandbox.venues.btcturk;
    faults.add('cancel', { kind: 'status', status: 500 }, { times: 2 });
    faults.add('any', { kind: 'status', status: 503 }, { times: 'always' });
    const seen: number[] = [];
    for (let turn = 0; turn < 4; turn++) seen.push((await cancelAtBtcTurk()).status);
    faults.clear();
    expect([...seen, (await cancelAtBtcTurk()).status]).toEqual([500, 500, 503, 503, 200]);
  });

  test('only the order it is meant for, by whichever name', async () => {
    const { faults, book } = sandbox.venues.ripio;
    book.place({ ...order, symbol: 'BTC_BRL', clientOrderId: 'mine' });
    faults.add('cancel', { kind: 'status', status: 500 }, { orderId: 'mine' });
    expect((await cancelAtRipio()).status).toBe(200);
    const id = book.findByClientOrderId('mine')?.id;
    const other = await ripioRequest(access('ripio'), {
      method: 'POST',
      path: '/trade/orders/cancel',
      body: JSON.stringify({ id }),
    });
    expect(other.status).toBe(500);
  });
});
