import { afterEach, describe, expect, test, vi } from 'vitest';
import type { HabitTradeOptions } from '#tests/sandbox/habit-trade/habit-trade.ts';
import { errorReplies, type HabitTradeError } from '#tests/sandbox/habit-trade/replies.ts';
import type { NewOrder } from '#tests/sandbox/shared/order-book.ts';
import { send, signHabitTrade } from './signed-requests.ts';
import {
  type Sent,
  cancel,
  key,
  list,
  order,
  request,
  stopAll,
  secret,
  start,
} from './habit-trade-world.ts';

const listPath = '/trade/v1/orders?page_index=1&page_size=100';

afterEach(async () => {
  vi.useRealTimers();
  await stopAll();
});

const now = (): number => Date.now();

describe('signing', () => {
  const at = 1_746_774_142_003;
  const two = '[{"order_no":"22000000022"},{"order_no":"22000000023"}]';
  const deleted = ['DELETE', '/trade/v1/orders/batch', '', two] as const;
  const got = ['GET', '/trade/v1/orders', 'page_index=1&page_size=100', undefined] as const;

  test.each([
    ['base64', ...deleted, 'HPO1AX90/dcgrYVLVOelAYoagPQtXYaY+x63QM9gVcc='],
    ['hex', ...deleted, '1cf3b5017f74fdd720ad854b54e7a5018a1a80f42d5d8698fb1eb740cf6055c7'],
    ['base64', ...got, 'M1kw1n5aL9mDgYkPJwukhU1KXvhhaMZIhoX8P13tKMs='],
    ['hex', ...got, '335930d67e5a2fd98381890f270ba4854d4a5ef86168c6488685fc3f5ded28cb'],
  ] as const)(
    'the known vector in %s of %s',
    async (encoding, method, path, query, body, known) => {
      const text = [method, path, at, body ?? query].join('|');
      expect(signHabitTrade(secret, text, encoding)).toBe(known);
      for (const signatureEncoding of ['base64', 'hex'] as const) {
        const venue = await start({ signatureEncoding, skewMs: at - Date.now() });
        const answered = await send(`${venue.url}${path}${query && `?${query}`}`, {
          method,
          ...(body !== undefined && { body }),
          headers: { 'x-api-key': key, 'x-api-timestamp': String(at), 'x-api-signature': known },
        });
        expect(answered.status).toBe(signatureEncoding === encoding ? 200 : 401);
        if (answered.status === 401) expect(answered.json).toMatchObject({ code: 10_010_008 });
      }
    },
  );

  test.each<[string, () => Partial<Sent>, number, number]>([
    ['4 minutes old', () => ({ at: now() - 240_000 }), 200, 0],
    ['4 minutes ahead', () => ({ at: now() + 240_000 }), 200, 0],
    ['6 minutes old', () => ({ at: now() - 360_000 }), 401, 10_010_007],
    ['6 minutes ahead', () => ({ at: now() + 360_000 }), 401, 10_010_007],
    ['in seconds', () => ({ at: Math.floor(now() / 1000) }), 401, 10_010_007],
    ['an unknown key', () => ({ headers: { 'x-api-key': 'other' } }), 401, 10_010_002],
    ['no signature', () => ({ headers: { 'x-api-signature': '' } }), 401, 10_010_001],
    ['another signature', () => ({ headers: { 'x-api-signature': 'YWJj' } }), 401, 10_010_008],
    ['in hex', () => ({ encoding: 'hex' }), 401, 10_010_008],
  ])('%s', async (_, wrong, status, code) => {
    const answered = await request(await start(), { path: listPath, ...wrong() });
    expect(answered).toMatchObject({ status, json: { code } });
  });

  test('the body is signed as it is sent, the query of a cancel is not', async () => {
    const venue = await start({}, { ...order, id: '22000000022' });
    const body = ' { "order_no" : "22000000022" } ';
    expect((await cancel(venue, body)).status).toBe(200);
    const signature = signHabitTrade(secret, 'DELETE|/trade/v1/orders|1|{}', 'base64');
    const wrong = { body, headers: { 'x-api-signature': signature } };
    expect(
      await request(venue, { method: 'DELETE', path: '/trade/v1/orders', ...wrong }),
    ).toMatchObject({ status: 401, json: { code: 10_010_008 } });
  });

  test.each<[string, Partial<HabitTradeOptions>, 'GET' | 'DELETE', number]>([
    ['read lists', { rights: ['read'] }, 'GET', 200],
    ['read cancels nothing', { rights: ['read'] }, 'DELETE', 403],
    ['trade lists', { rights: ['trade'] }, 'GET', 200],
    ['trade cancels', { rights: ['trade'] }, 'DELETE', 400],
    ['from another address', { allowedIp: '203.0.113.7' }, 'GET', 403],
  ])('rights: %s', async (_, options, method, status) => {
    const venue = await start(options);
    const answered = await (method === 'GET' ? list(venue) : cancel(venue, {}));
    expect(answered.status).toBe(status);
  });

  test('the only clock is the Date of a reply', async () => {
    const venue = await start({ skewMs: 90_000 });
    const asked = now();
    const { headers } = await list(venue);
    const date = Date.parse(headers.get('date') ?? '');
    // To the second.
    expect(date).toBeGreaterThan(asked + 90_000 - 1000);
    expect(date).toBeLessThanOrEqual(now() + 90_000);
  });
});

const days = (count: number): number => count * 86_400_000;
const daysAgo = (count: number): number => Math.floor((now() - days(count)) / 1000);

describe('reading', () => {
  test('the shape of an order', async () => {
    const venue = await start(
      {},
      { symbol: '00700', side: 'buy', price: '423.83', quantity: '1000', filled: '200', id: '1' },
    );
    const { json, text } = await list(venue);
    const { createdAt = 0, updatedAt = 0 } = venue.book.find('1') ?? {};
    expect(json).toEqual({
      code: 0,
      data: {
        total_records: 1,
        page: 1,
        page_size: 100,
        orders: [
          {
            market: 'hkex',
            order_type: 'enhanced_limit_order',
            symbol: '00700',
            name: 'TENCENT',
            order_side: 'buy',
            account_code: '80114138',
            order_no: '1',
            order_status: 'pfil',
            price: 423.83,
            qty: 1000,
            outstand_qty: 800,
            execute_qty: 200,
            execute_price: 423.83,
            execute_amount: 84_766,
            charge: 0,
            charge_base_currency: 'HKD',
            base_currency: 'HKD',
            trigger_price: 0,
            reference_id: '',
            portfolio_id: '',
            reject_reason: '',
            update_time: Math.floor(updatedAt / 1000),
            create_time: Math.floor(createdAt / 1000),
          },
        ],
      },
    });
    expect(text).toContain('"price":423.83,');
    venue.settings.timeUnit = 'ms';
    expect((await list(venue)).json).toMatchObject({
      data: { orders: [{ create_time: createdAt, update_time: updatedAt }] },
    });
  });

  test.each<[Partial<NewOrder>, HabitTradeOptions, object]>([
    [{}, {}, { order_status: 'new', outstand_qty: 100 }],
    [{ filled: '1' }, {}, { order_status: 'pfil', outstand_qty: 99 }],
    [{ filled: '100' }, {}, { order_status: 'fil', outstand_qty: 0 }],
    [{ status: 'cancelled', filled: '1' }, {}, { order_status: 'can', outstand_qty: 0 }],
    [
      { status: 'rejected', reason: 'No money' },
      {},
      { order_status: 'rej', reject_reason: 'No money' },
    ],
    [{ statusWord: 'pnd' }, {}, { order_status: 'pnd', outstand_qty: 100 }],
    [
      { filled: '1' },
      { statusWords: { partlyFilled: 'prt', filled: 'all', rejected: 'no', expired: 'old' } },
      { order_status: 'prt' },
    ],
    [{ symbol: 'AAPL' }, {}, { market: 'nasdaq', base_currency: 'USD', name: 'APPLE INC' }],
    [
      { method: 'stop-limit', stopPrice: '0.04' },
      {},
      { market: 'crypto', order_type: 'stop_limit_order', trigger_price: 0.04 },
    ],
  ])('%j with %j: %j', async (more, options, expected) => {
    const venue = await start(options, { ...order, ...more });
    expect((await list(venue)).json).toMatchObject({ data: { orders: [expected] } });
  });

  test.each<[() => string, string[], number]>([
    [() => 'page_index=1&page_size=2', ['3', '2'], 3],
    [() => 'page_index=2&page_size=2', ['1'], 3],
    [() => 'page_index=3&page_size=2', [], 3],
    [() => '', ['3', '2', '1'], 3],
    [() => 'market=nasdaq&page_index=1&page_size=9', ['2'], 1],
    [() => `start_time=${daysAgo(2.5)}`, ['3', '2'], 2],
    [() => `start_time=${daysAgo(2.5)}&end_time=${daysAgo(1.5)}`, ['2'], 1],
    [() => 'portfolio_id=none', [], 0],
  ])('pages: %s', async (query, ids, total) => {
    const venue = await start(
      {},
      { ...order, id: '1', ageMs: days(3), status: 'cancelled' },
      { ...order, id: '3', ageMs: days(1) },
      { ...order, id: '2', ageMs: days(2), symbol: 'AAPL' },
    );
    const { json } = await list(venue, query());
    const read = json as { data: { total_records: number; orders: { order_no: string }[] } };
    expect(read.data.orders.map(({ order_no }) => order_no)).toEqual(ids);
    expect(read.data.total_records).toBe(total);
    venue.settings.listOrder = 'oldest-first';
    expect((await list(venue, 'page_size=1')).text).toContain('"order_no":"1"');
  });

  test.each(['page_size=101', 'page_size=0', 'page_index=0', 'page_index=x', 'start_time=x'])(
    '%s is refused',
    async (query) => {
      expect(await list(await start(), query)).toMatchObject({ status: 400, json: undefined });
    },
  );

  test.each([
    ['GET', '/trade/v1/orders/22000000022'],
    ['GET', '/trade/v1/time'],
    ['PUT', '/trade/v1/orders'],
  ])('%s %s is not served', async (method, path) => {
    expect((await request(await start(), { method, path })).status).toBe(404);
  });

  test('the lively set', async () => {
    const venue = await start({ seed: true });
    const { json } = await list(venue);
    expect(venue.book.open()).toHaveLength(7);
    const words = (json as { data: { orders: { order_status: string }[] } }).data.orders.map(
      ({ order_status }) => order_status,
    );
    expect(new Set(words)).toEqual(new Set(['new', 'can', 'pfil', 'fil', 'rej', 'exp', 'pnd']));
  });
});

describe('refusals', () => {
  const settings = { sloppyJson: true, cancelSuccess: '200' } as const;
  const names = Object.keys(errorReplies(settings)) as HabitTradeError[];

  test.each(names)('%s', async (error) => {
    const venue = await start({}, { ...order, id: '7' });
    venue.faults.add('cancel', { kind: 'refuse', error });
    const { status, body } = errorReplies(settings)[error];
    expect(await cancel(venue, { order_no: '7' })).toMatchObject({ status, text: body });
    expect((await cancel(venue, { order_no: '7' })).status).toBe(200);
  });

  test('a rate limit asked for', async () => {
    const venue = await start();
    venue.faults.add('open-orders', { kind: 'rate-limit', seconds: 7 });
    const answered = await list(venue);
    expect(answered).toMatchObject({ status: 429, json: { code: 429 } });
    expect(answered.headers.get('retry-after')).toBe('7');
  });
});
