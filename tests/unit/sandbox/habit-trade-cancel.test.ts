import { afterEach, describe, expect, test, vi } from 'vitest';
import type { HabitTradeOptions, HabitTradeVenue } from '#tests/sandbox/habit-trade/habit-trade.ts';
import type { NewOrder } from '#tests/sandbox/shared/order-book.ts';
import type { Answered } from './signed-requests.ts';
import { cancel, list, order, request, start, stopAll } from './habit-trade-world.ts';

afterEach(async () => {
  vi.useRealTimers();
  await stopAll();
});

const batch = (venue: HabitTradeVenue, named: unknown): Promise<Answered> =>
  request(venue, {
    method: 'DELETE',
    path: '/trade/v1/orders/batch',
    body: JSON.stringify(named),
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
