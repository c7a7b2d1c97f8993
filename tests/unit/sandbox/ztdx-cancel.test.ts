import { afterEach, describe, expect, test } from 'vitest';
import type { NewOrder } from '#tests/sandbox/shared/order-book.ts';
import type { ZtdxVenue } from '#tests/sandbox/ztdx/ztdx.ts';
import { batch, cancel, order, read, remove, start, symbol, uuid, stopAll } from './ztdx-world.ts';

afterEach(stopAll);

const list = (ids: unknown[]): string => encodeURIComponent(JSON.stringify(ids));

const statusOf = (venue: ZtdxVenue, id: string): string | undefined => venue.book.find(id)?.status;

describe('cancel', () => {
  test('answers with the order as it ended, in the shape of the page', async () => {
    const venue = await start({}, { ...order, id: '2254222045', filled: '0.1' });
    const { json } = await cancel(venue, '2254222045');
    expect(json).toEqual({
      clientOrderId: '2254222045',
      cumQty: '0.1',
      cumQuote: '7016.852',
      executedQty: '0.1',
      orderId: 2_254_222_045,
      origQty: '0.5',
      origType: 'LIMIT',
      price: '70168.52',
      reduceOnly: false,
      side: 'BUY',
      positionSide: 'BOTH',
      status: 'CANCELED',
      stopPrice: '0',
      closePosition: false,
      symbol: 'BTCUSDT',
      timeInForce: 'GTC',
      type: 'LIMIT',
      updateTime: venue.book.find('2254222045')?.updatedAt,
      workingType: 'CONTRACT_PRICE',
      priceProtect: false,
    });
    expect(await cancel(venue, '2254222045')).toMatchObject({ status: 400, json: { code: -2011 } });
  });

  test('a trailing order has its activation price', async () => {
    const trailing = { ...order, method: 'trailing-stop-market', stopPrice: '9020' } as const;
    const venue = await start({}, { ...trailing, id: '7' });
    expect((await cancel(venue, '7')).json).toMatchObject({
      type: 'TRAILING_STOP_MARKET',
      stopPrice: '0',
      activatePrice: '9020',
      priceRate: '0.3',
    });
  });

  test('ids beyond 2^53 are told apart', async () => {
    const [near, meant] = ['8389765512345678901', '8389765512345678902'];
    const venue = await start({}, { ...order, id: near }, { ...order, id: meant });
    expect((await read(venue, 'openOrders')).text).toContain(`"orderId":${meant},`);
    expect((await batch(venue, encodeURIComponent(`[${meant}]`))).text).toContain(
      `"orderId":${meant},`,
    );
    expect([statusOf(venue, near), statusOf(venue, meant)]).toEqual(['open', 'cancelled']);
  });

  test('ids of letters are text, in either case', async () => {
    const venue = await start({ idForm: 'uuid' }, order, { ...order, id: '12' });
    const [placed] = venue.book.all();
    expect((await cancel(venue, placed?.id.toUpperCase() ?? '')).json).toMatchObject({
      orderId: placed?.id,
    });
    expect((await cancel(venue, '12')).json).toMatchObject({ orderId: '12' });
  });

  test.each([
    ['CANCELED', 'NEW', 'CANCELED'],
    ['CANCELLED', 'NEW', 'CANCELLED'],
    ['cancelled', 'open', 'cancelled'],
  ] as const)('spelt %s: %s, then %s', async (statusSpelling, open, ended) => {
    const venue = await start({ statusSpelling }, { ...order, id: '7' });
    expect((await read(venue, 'openOrders')).json).toMatchObject([{ status: open }]);
    expect((await cancel(venue, '7')).json).toMatchObject({ status: ended });
  });

  test.each([
    ['', -1102],
    [symbol, -1102],
    ['?orderId=7', -1102],
    ['?symbol=&orderId=7', -1105],
    ['?symbol=btcusdt&orderId=7', -1121],
    ['?symbol=ETHUSDT&orderId=7', -2011],
    [`${symbol}&orderId=7&origClientOrderId=`, -1119],
    [`${symbol}&orderId=&origClientOrderId=mine`, -1105],
    [`${symbol}&orderId=7&orderId=7`, -1101],
    [`${symbol}&orderId=seven`, -1100],
    [`${symbol}&origClientOrderId=%C3%A9`, -1100],
    [`${symbol}&orderId=99`, -2011],
    [`${symbol}&orderId=8`, -2011],
    [`${symbol}&orderId=9`, -2011],
    [`${symbol}&orderId=7&origClientOrderId=other`, -2011],
    [`${symbol}&orderId=7&origClientOrderId=mine`, undefined],
    [`${symbol}&origClientOrderId=mine`, undefined],
  ])('order%s: %s', async (query, code) => {
    const venue = await start(
      {},
      { ...order, id: '7', clientOrderId: 'mine' },
      { ...order, id: '8', filled: order.quantity },
      { ...order, id: '9', isForeign: true },
    );
    const answered = await remove(venue, `order${query}`);
    expect(answered.status).toBe(code === undefined ? 200 : 400);
    expect(answered.json).toMatchObject(code === undefined ? { status: 'CANCELED' } : { code });
    expect(statusOf(venue, '7')).toBe(code === undefined ? 'cancelled' : 'open');
  });
});

describe('attached orders', () => {
  const trigger = { ...order, method: 'stop-market', parentId: '1', reduceOnly: true } as const;
  const family: NewOrder[] = [
    { ...order, id: '1' },
    { ...trigger, id: '2' },
    { ...trigger, id: '3', status: 'cancelled' },
    { ...trigger, id: '4', status: 'expired' },
    { ...trigger, id: '5', filled: order.quantity },
    { ...trigger, id: '6', isForeign: true, parentId: '99' },
  ];

  test('fall with their parent', async () => {
    const venue = await start({}, ...family);
    await cancel(venue, '1');
    expect(venue.book.find('2')).toMatchObject({ status: 'cancelled' });
    expect(venue.book.open().map(({ id }) => id)).toEqual(['6']);
  });

  test('are cancelled alone by their own id', async () => {
    const venue = await start({}, ...family);
    expect((await cancel(venue, '2')).json).toMatchObject({ orderId: 2, reduceOnly: true });
    expect(statusOf(venue, '1')).toBe('open');
  });

  test.each([
    ['5', 'triggered', -4101],
    ['3', 'cancelled', -4102],
    ['4', 'its position closed', -4103],
    ['6', "another trader's", -4104],
  ])('%s, %s: %d, or -2011', async (id, _, code) => {
    const venue = await start({}, ...family);
    expect(await cancel(venue, id)).toMatchObject({ status: 400, json: { code } });
    venue.settings.triggerErrors = 'same';
    expect((await cancel(venue, id)).json).toEqual({ code: -2011, msg: 'Unknown order sent.' });
  });
});

describe('cancel of several', () => {
  const orders: NewOrder[] = [
    { ...order, id: '1', clientOrderId: 'one' },
    { ...order, id: '2', clientOrderId: 'two' },
    { ...order, id: '3', filled: order.quantity },
    { ...order, id: '4', status: 'cancelled' },
    { ...order, id: '5', method: 'stop-market', parentId: '1' },
    { ...order, id: '6', symbol: 'ETHUSDT' },
  ];
  const unknown = { code: -2011, msg: 'Unknown order sent.' };
  const cancelled = { status: 'CANCELED' };

  test.each([
    [
      'terminal',
      [{ orderId: 2, ...cancelled }, { status: 'FILLED' }, { orderId: 4, ...cancelled }],
    ],
    ['elements', [{ orderId: 2, ...cancelled }, unknown, unknown, unknown, unknown]],
  ] as const)('batchErrors %s', async (batchErrors, json) => {
    const venue = await start({ batchErrors }, ...orders);
    const answered = await batch(venue, list([2, 3, 4, 6, 99]));
    expect(answered).toMatchObject({ status: 200, json });
    expect(venue.book.open().map(({ id }) => id)).toEqual(['1', '5', '6']);
  });

  test.each([
    [`orderIdList=${list([1, 2])}`, ['6']],
    [`orderIdList=${list(['1'])}`, ['2', '6']],
    [`orderIdList=${list(['1', '5'])}`, ['2', '6']],
    [`origClientOrderIdList=${list(['two', '5'])}`, ['1', '6']],
  ])('%s leaves %j', async (lists, left) => {
    const venue = await start({}, ...orders);
    const { json } = await remove(venue, `batchOrders${symbol}&${lists}`);
    expect(json).toMatchObject((json as unknown[]).map(() => cancelled));
    expect(venue.book.open().map(({ id }) => id)).toEqual(left);
  });

  test.each([
    ['', -1102],
    ['&orderIdList=', -1105],
    ['&orderIdList=[]', -1130],
    ['&orderIdList=1,2', -1130],
    ['&orderIdList={"a":1}', -1130],
    [`&orderIdList=${list(['seven'])}`, -1130],
    [`&orderIdList=${list([uuid]).replaceAll('%22', '')}`, -1130],
    [`&orderIdList=${list(Array.from({ length: 11 }, (_, id) => id))}`, -1130],
    ['&orderIdList=[1]&origClientOrderIdList=["two"]', -1128],
  ])('batchOrders%s: %d', async (lists, code) => {
    const venue = await start({}, ...orders);
    expect(await remove(venue, `batchOrders${symbol}${lists}`)).toMatchObject({
      status: 400,
      json: { code },
    });
  });

  test('half of a batch refused', async () => {
    const venue = await start({}, ...orders);
    venue.faults.add('cancel-batch', { kind: 'leave-out', orderIds: ['two'] }, { orderId: '2' });
    expect((await batch(venue, list([1, 2]))).json).toMatchObject([{ orderId: 1 }, unknown]);
    expect((await batch(venue, list([2]))).json).toMatchObject([cancelled]);
  });

  test.each([
    [symbol, 200, ['6']],
    ['?symbol=XRPUSDT', 200, ['1', '2', '5', '6']],
    ['', 400, ['1', '2', '5', '6']],
  ])('allOpenOrders%s: %d, leaving %j', async (query, status, left) => {
    const venue = await start({}, ...orders);
    expect(await remove(venue, `allOpenOrders${query}`)).toMatchObject({
      status,
      json: { code: status === 200 ? 200 : -1102 },
    });
    expect(venue.book.open().map(({ id }) => id)).toEqual(left);
  });
});

test.each([
  [{ kind: 'accept-then-fill' }, 400, { code: -2011 }, 'filled'],
  [
    { kind: 'accept-then-fill', quantity: '0.2' },
    200,
    { status: 'CANCELED', executedQty: '0.2' },
    'cancelled',
  ],
  [{ kind: 'accept-then-cancel', delayMs: 0 }, 200, { status: 'NEW' }, 'cancelled'],
  [{ kind: 'accept-and-forget' }, 200, { status: 'NEW' }, 'open'],
  [{ kind: 'drop', when: 'after-acting' }, 'dropped', undefined, 'cancelled'],
  [{ kind: 'status', status: 503, when: 'after-acting' }, 503, undefined, 'cancelled'],
] as const)('%j: %s', async (fault, status, json, end) => {
  const venue = await start({ keepAlive: false }, { ...order, id: '7' });
  venue.faults.add('cancel', fault);
  const answered = await cancel(venue, '7').catch(() => undefined);
  expect(answered?.status ?? 'dropped').toBe(status);
  if (json) expect(answered?.json).toMatchObject(json);
  await venue.book.waitFor('7', end);
});
