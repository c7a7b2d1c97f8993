import { afterEach, describe, expect, test, vi } from 'vitest';
import {
  startHabitTrade,
  type HabitTradeOptions,
  type HabitTradeVenue,
} from '#tests/sandbox/habit-trade/habit-trade.ts';
import { errorReplies, type HabitTradeError } from '#tests/sandbox/habit-trade/replies.ts';
import type { NewOrder } from '#tests/sandbox/shared/order-book.ts';
import { habitTradeRequest, send, signHabitTrade, type Answered } from './signed-requests.ts';

const key = 'test-key';
const secret = 'test-secret';
const order = { symbol: 'DODO-USDT', side: 'buy', price: '0.0412', quantity: '100' } as const;
const listPath = '/trade/v1/orders?page_index=1&page_size=100';

type Sent = Parameters<typeof habitTradeRequest>[1];

const running: HabitTradeVenue[] = [];

async function start(
  options: HabitTradeOptions = {},
  ...orders: NewOrder[]
): Promise<HabitTradeVenue> {
  const venue = await startHabitTrade({ key, secret, cancelDelayMs: 0, ...options });
  running.push(venue);
  for (const one of orders) venue.book.place(one);
  return venue;
}

afterEach(async () => {
  vi.useRealTimers();
  await Promise.all(running.splice(0).map((venue) => venue.stop()));
});

const request = ({ url }: HabitTradeVenue, sent: Sent): Promise<Answered> =>
  habitTradeRequest({ url, key, secret }, sent);

const list = (venue: HabitTradeVenue, query = 'page_index=1&page_size=100'): Promise<Answered> =>
  request(venue, { path: `/trade/v1/orders?${query}` });

const cancel = (venue: HabitTradeVenue, named: object | string): Promise<Answered> =>
  request(venue, {
    method: 'DELETE',
    path: '/trade/v1/orders',
    body: typeof named === 'string' ? named : JSON.stringify(named),
  });

const batch = (venue: HabitTradeVenue, named: unknown): Promise<Answered> =>
  request(venue, {
    method: 'DELETE',
    path: '/trade/v1/orders/batch',
    body: JSON.stringify(named),
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

describe('cancel', () => {
  const orders: NewOrder[] = [
    { ...order, id: '1', clientOrderId: 'mine' },
    { ...order, id: '2', clientOrderId: 'other' },
    { ...order, id: '3', filled: order.quantity },
    { ...order, id: '4', status: 'cancelled' },
    { ...order, id: '5', statusWord: 'pnd' },
  ];

  test.each([
    ['200', '{"code":0}'],
    ['204', ''],
  ] as const)('accepted with %s, and done later', async (cancelSuccess, text) => {
    // Else a slow machine would need longer for two requests than the venue for the cancel.
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const venue = await start({ cancelSuccess, cancelDelayMs: 20 }, ...orders);
    const status = Number(cancelSuccess);
    expect(await cancel(venue, { order_no: '5' })).toMatchObject({ status, text });
    expect(venue.book.find('5')).toMatchObject({ status: 'open', statusWord: 'pnd' });
    expect(await cancel(venue, { order_no: '5' })).toMatchObject({ status, text });
    expect(venue.book.find('5')?.status).toBe('open');
    vi.advanceTimersByTime(20);
    expect(venue.book.find('5')?.status).toBe('cancelled');
    expect((await list(venue)).json).toMatchObject({
      data: { orders: expect.arrayContaining([expect.objectContaining({ order_no: '5' })]) },
    });
    expect((await list(venue)).text).toContain('"order_no":"5","order_status":"can"');
  });

  test.each([
    [{ order_no: '1' }, '1'],
    [{ order_no: '1', reference_id: '' }, '1'],
    [{ order_no: '', reference_id: 'mine' }, '1'],
    [{ reference_id: 'mine' }, '1'],
    [{ order_no: '2', reference_id: 'mine' }, '2'],
  ])('%j is order %s', async (named, id) => {
    const venue = await start({}, ...orders);
    expect((await cancel(venue, named)).json).toEqual({ code: 0 });
    await venue.book.waitFor(id, 'cancelled');
    expect(venue.book.open()).toHaveLength(2);
  });

  const page =
    '{\n\t"code": 030202,\n\t"message": "Invalid Parameter",\n\t"details": "order_no or reference_id is invalid"\n}';
  test.each<[object | string, HabitTradeOptions, unknown]>([
    [{ order_no: '99' }, {}, page],
    [{ order_no: '99' }, { sloppyJson: false }, { code: 11_030_202 }],
    [{ order_no: '99' }, { unknownOrder: '11030203' }, { code: 11_030_203 }],
    [{ order_no: '99', reference_id: 'mine' }, {}, page],
    [{ reference_id: 'none' }, {}, page],
    [{ order_no: 1 }, {}, page],
    ['{"order_no":"1"\n"reference_id":""}', {}, page],
    ['', {}, page],
    [{}, {}, { code: 11_030_201 }],
    [{ order_no: '', reference_id: '' }, {}, { code: 11_030_201 }],
    [{ order_no: '3' }, {}, { code: 11_030_205 }],
    [{ order_no: '4' }, {}, { code: 11_030_205 }],
  ])('%j with %j is refused', async (named, options, expected) => {
    const venue = await start(options, ...orders);
    const answered = await cancel(venue, named);
    expect(answered).toMatchObject({
      status: 400,
      ...(typeof expected === 'string' ? { text: expected, json: undefined } : { json: expected }),
    });
    expect(venue.book.open()).toHaveLength(3);
  });
});

describe('cancel of several', () => {
  const orders: NewOrder[] = [
    { ...order, id: '22000000022' },
    { ...order, id: '22000000023', clientOrderId: 'mine' },
    { ...order, id: '22000000024', filled: order.quantity },
  ];

  test('each has its result, named by its number alone', async () => {
    const venue = await start({ sloppyJson: false }, ...orders);
    const named = [
      { order_no: '22000000022' },
      { reference_id: 'mine' },
      { order_no: '22000000024' },
      { reference_id: 'none' },
      {},
    ];
    expect(await batch(venue, named)).toMatchObject({
      status: 200,
      json: {
        code: 0,
        data: [
          { order_no: '22000000022', result: { code: 0 } },
          { order_no: '22000000023', result: { code: 0 } },
          { order_no: '22000000024', result: { code: 11_030_205 } },
          { order_no: '', result: { code: 11_030_202 } },
          { order_no: '', result: { code: 11_030_201 } },
        ],
      },
    });
    await venue.book.waitFor('22000000023', 'cancelled');
  });

  test('as the page prints it, with one left out', async () => {
    const venue = await start({}, ...orders);
    const leaveOut = { kind: 'leave-out', orderIds: ['mine'] } as const;
    venue.faults.add('cancel-batch', leaveOut, { orderId: '22000000023' });
    const named = [{ order_no: '22000000022' }, { order_no: '22000000023' }];
    const { text, json } = await batch(venue, named);
    expect(json).toBeUndefined();
    expect(text).toBe(`{
    "code": 0,
    "data": [
        {
            "order_no": "22000000022",
            "result": {
                "code": 0,
            }
        },
        {
            "order_no": "22000000023",
            "result": {
                "code": 11030204,
                "message": "Order Limit"
            }
        }
    ]
}`);
    await venue.book.waitFor('22000000022', 'cancelled');
    expect(venue.book.find('22000000023')?.status).toBe('open');
  });

  test.each([
    [Array.from({ length: 6 }, () => ({ order_no: '22000000022' })), { code: 11_030_204 }],
    [[], { code: 11_030_201 }],
    [{ order_no: '22000000022' }, undefined],
    [['22000000022'], undefined],
  ])('%j is refused', async (named, json) => {
    const venue = await start({}, ...orders);
    const answered = await batch(venue, named);
    expect(answered.status).toBe(400);
    if (json) expect(answered.json).toMatchObject(json);
    else expect(answered.text).toContain('"code": 030202,');
    expect(venue.book.open()).toHaveLength(2);
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

test.each([
  [{ kind: 'accept-then-fill', delayMs: 0 }, 200, 'filled'],
  [{ kind: 'accept-then-cancel', delayMs: 5 }, 200, 'cancelled'],
  [{ kind: 'accept-and-forget' }, 200, 'open'],
  [{ kind: 'drop', when: 'after-acting' }, 'dropped', 'cancelled'],
  [{ kind: 'drop', when: 'before-acting' }, 'dropped', 'open'],
  [{ kind: 'status', status: 504, when: 'after-acting' }, 504, 'cancelled'],
] as const)('%j: %s, then %s', async (fault, status, end) => {
  for (const operation of ['cancel', 'cancel-batch'] as const) {
    const venue = await start({ keepAlive: false }, { ...order, id: '7' });
    venue.faults.add(operation, fault, { orderId: '7' });
    const named = { order_no: '7' };
    const asked = operation === 'cancel' ? cancel(venue, named) : batch(venue, [named]);
    const answered = await asked.catch(() => undefined);
    expect(answered?.status ?? 'dropped').toBe(status);
    await venue.book.waitFor('7', end);
  }
});
