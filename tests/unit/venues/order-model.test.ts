import { describe, expect, test } from 'vitest';
import type { OrderId } from '#lib/domain/order.ts';
import { ordersIn } from '#lib/venues/order-model.ts';

const orders = ordersIn({
  fields: {
    id: 'orderId',
    clientOrderId: ['original', 'client'],
    symbol: 'symbol',
    side: 'side',
    type: 'type',
    status: 'status',
    price: 'price',
    stopPrice: 'stopPrice',
    quantity: 'qty',
    filled: 'done',
    remaining: 'left',
    createdAt: 'time',
    updatedAt: ['changed', 'time'],
  },
  statuses: {
    new: 'untouched',
    partly: 'open',
    filled: 'filled',
    canceled: 'cancelled',
    expired: 'ended',
  },
  protective: /^stop/,
  guards: ['reduceOnly'],
});

/** Nested, by what is left, and in seconds. */
const others = ordersIn({
  flat: ({ list, descr, ...order }) => ({
    ...order,
    ...(descr as object | undefined),
    ...(list !== '-1' && { list }),
  }),
  fields: {
    id: 'txid',
    symbol: 'pair',
    side: 'side',
    type: 'kind',
    status: 'status',
    price: 'price',
    quantity: 'vol',
    remaining: 'left',
    createdAt: 'opentm',
    updatedAt: 'closetm',
    list: 'list',
  },
  seconds: true,
  statuses: { open: 'open', closed: 'filled', canceled: 'cancelled' },
  protective: /^(?:stop|take)-/,
});

const told = {
  orderId: '7',
  original: '',
  client: 'mine',
  symbol: 'BTCUSDT',
  side: 'SELL',
  type: 'LIMIT',
  status: 'PARTLY',
  price: '2.50',
  stopPrice: '0',
  qty: '4',
  done: '1',
  time: '1700000000000',
  changed: '1700000000500',
};

const order = {
  id: '7',
  clientOrderId: 'mine',
  symbol: 'BTCUSDT',
  side: 'sell',
  type: 'limit',
  price: '2.5',
  quantity: '4',
  remaining: '3',
  createdAt: 1_700_000_000_000,
  protective: false,
};
const closed = { id: '7', quantity: '4', filled: '1', updatedAt: 1_700_000_000_500 };

/** What an order comes to that is told with these differences. */
const reading = (differences: object) => orders.reading({ ...told, ...differences });

describe('a reading', () => {
  test.each<[object, object]>([
    [{}, { status: 'open', order }],
    [{ status: 'Canceled' }, { status: 'cancelled', order: closed }],
    [{ status: 'EXPIRED' }, { status: 'cancelled', order: closed }],
    [
      { status: 'FILLED', done: '4' },
      { status: 'filled', order: { ...closed, filled: '4' } },
    ],
    [
      { status: 'FILLED', changed: null },
      { status: 'filled', order: { ...closed, updatedAt: 1_700_000_000_000 } },
    ],
    // A word that is not in the table is no end.
    [{ status: 'SETTLED' }, { status: 'open', order: { ...order, unknownStatus: 'SETTLED' } }],
    [
      { status: 'constructor' },
      { status: 'open', order: { ...order, unknownStatus: 'constructor' } },
    ],
    [{ original: 'first' }, { status: 'open', order: { ...order, clientOrderId: 'first' } }],
    [
      { done: undefined, status: 'NEW' },
      { status: 'open', order: { ...order, remaining: '4' } },
    ],
    [
      { type: 'STOP_LIMIT', stopPrice: '2' },
      { status: 'open', order: { ...order, type: 'stop_limit', stopPrice: '2', protective: true } },
    ],
    [
      { type: '', stopPrice: '2' },
      { status: 'open', order: { ...order, stopPrice: '2', protective: true } },
    ],
    [{ reduceOnly: true }, { status: 'open', order: { ...order, protective: true } }],
    [{ reduceOnly: 'true' }, { status: 'open', order: { ...order, protective: true } }],
    [{ reduceOnly: 'false' }, { status: 'open', order }],
  ])('with %j', (differences, expected) => {
    expect(reading(differences)).toStrictEqual({ kind: 'read', reading: expected });
  });

  test.each([{ done: undefined }, { done: '' }, { done: 'much' }, { qty: {} }])(
    'with %j: what is left is not known',
    (differences) => {
      expect(reading(differences)).not.toHaveProperty('reading.order.remaining');
    },
  );

  test('what has an id and no status is an order all the same', () => {
    expect(orders.named({ orderId: '7' })).toMatchObject({ id: '7', status: '' });
    expect(orders.named({ status: 'NEW' })).toBeUndefined();
  });

  test.each([null, 'x', [], {}, { ...told, orderId: '' }, { ...told, status: undefined }])(
    '%j tells nothing',
    (value) => {
      expect(orders.one(value)).toBeUndefined();
      expect(orders.reading(value)).toBeUndefined();
      expect(orders.cancelReply(value, { orderId: '7' as OrderId })).toBeUndefined();
    },
  );

  test.each([
    ['9', { list: '9' }],
    ['-1', {}],
    [undefined, {}],
    [{}, {}],
  ])('in the list %j, its fields elsewhere', (list, expected) => {
    const descr = { pair: 'XBTUSD', side: 'buy', kind: 'limit', price: '7' };
    expect(others.page([{ txid: 'O-1', status: 'open', descr, list }])?.orders).toStrictEqual([
      {
        id: 'O-1',
        symbol: 'XBTUSD',
        side: 'buy',
        type: 'limit',
        price: '7',
        ...expected,
        protective: false,
      },
    ]);
  });

  test('by what is left, in seconds', () => {
    const one = {
      txid: 'O-1',
      pair: 'XBTUSD',
      side: 'buy',
      kind: 'stop-loss',
      vol: '4',
      left: '3',
    };
    expect(others.reading({ ...one, status: 'open', opentm: '1688148493.7708' })).toMatchObject({
      reading: { order: { remaining: '3', createdAt: 1_688_148_493_771, protective: true } },
    });
    // What remains of an ended order may be told as nothing.
    const { vol, left } = one;
    const both = { ...told, qty: vol, left, done: undefined, status: 'CANCELED' };
    expect(orders.reading(both)).not.toHaveProperty('reading.order.filled');
    const ended = others.one({ ...one, status: 'canceled', closetm: '1688148493' });
    expect(ended).toMatchObject({ updatedAt: 1_688_148_493_000 });
    expect(ended && others.readingOf(ended)).toEqual({
      status: 'cancelled',
      order: { id: 'O-1', quantity: '4', filled: '1', updatedAt: 1_688_148_493_000 },
    });
  });
});

describe('the reply to a cancel', () => {
  const own = { orderId: '7' as OrderId };
  test.each<[string, object]>([
    ['CANCELED', { kind: 'cancelled', filled: '1', quantity: '4' }],
    ['FILLED', { kind: 'claimed', claim: 'filled' }],
    ['EXPIRED', { kind: 'claimed', claim: 'was-cancelled' }],
    ['PARTLY', { kind: 'accepted' }],
    ['SETTLED', { kind: 'accepted' }],
  ])('%s', (status, expected) => {
    const reply = { ...expected, said: [status] };
    expect(orders.cancelReply({ ...told, status }, own)).toStrictEqual(reply);
    expect(orders.cancelReply({ ...told, status }, { clientOrderId: 'x' as never })).toEqual(reply);
  });

  test('that names another order proves nothing of this one', () => {
    const another = { orderId: '8' as OrderId };
    const reply = orders.cancelReply({ ...told, status: 'CANCELED' }, another);
    expect(reply).toEqual({ kind: 'accepted', said: ['CANCELED'] });
  });

  test('names it in any case', () => {
    const value = { ...told, orderId: 'AB', status: 'CANCELED' };
    const reply = orders.cancelReply(value, { orderId: 'ab' as OrderId });
    expect(reply).toMatchObject({ kind: 'cancelled' });
  });
});

test('a list has its open orders, and counts what has no id', () => {
  const list = [
    told,
    null,
    { ...told, status: 'FILLED' },
    {},
    { ...told, orderId: '8', status: '' },
  ];
  expect(orders.page(list)).toStrictEqual({
    kind: 'page',
    orders: [order, { ...order, id: '8' }],
    unreadable: 2,
  });
  expect(orders.wholePage([{ ...told, status: 'FILLED' }])).toStrictEqual({
    kind: 'page',
    orders: [{ ...order, unknownStatus: 'FILLED' }],
  });
  expect(orders.page([])).toStrictEqual({ kind: 'page', orders: [] });
  expect(orders.page({ '7': told })).toBeUndefined();
});
