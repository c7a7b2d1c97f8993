import { describe, expect, test } from 'vitest';
import type { Order, OrderId } from '#lib/domain/order.ts';
import { venueIds, type VenueId } from '#lib/domain/venue-id.ts';
import type { OpenOrdersReply, Venue } from '#lib/venues/venue.ts';
import { venues } from '#lib/venues/venues.ts';

/** One odd order never hides the rest, and what is missing is not empty: the same table for every venue. */

type Fields = Readonly<Record<string, unknown>>;

interface Form {
  /** The element of a list, as documented. */
  readonly good: Fields;
  readonly id: string;
  readonly amounts: readonly string[];
  readonly status: string;
  readonly list: (elements: readonly unknown[]) => unknown;
  readonly single: (element: unknown) => unknown;
  /** In place of the list: none of these is an empty one. */
  readonly noLists: readonly unknown[];
}

const ok = (data: unknown) => ({ data, success: true, message: 'SUCCESS', code: 0 });
const told = (data: unknown) => ({ error_code: null, message: null, data });

const forms: Record<VenueId, Form> = {
  btcturk: {
    good: {
      id: 61_912_740,
      price: '42600.0',
      amount: '1',
      quantity: '1',
      stopPrice: '0.0',
      pairSymbol: 'BTCTRY',
      type: 'buy',
      method: 'limit',
      orderClientId: 'test',
      time: 0,
      updateTime: 1_700_000_000_000,
      status: 'Partial',
      leftAmount: '0.4',
    },
    id: 'id',
    amounts: ['amount', 'quantity', 'leftAmount'],
    status: 'status',
    list: (elements) => ok({ asks: [], bids: elements }),
    single: ok,
    noLists: [
      ok({}),
      ok([]),
      ok(null),
      ok({ asks: [] }),
      ok({ bids: [] }),
      ok({ asks: null, bids: [] }),
      ok({ asks: {}, bids: {} }),
      ok('none'),
      { success: true, code: 0 },
    ],
  },
  'habit-trade': {
    good: {
      order_no: '22000000022',
      reference_id: 'test',
      symbol: '00700',
      order_side: 'buy',
      order_type: 'enhanced_limit_order',
      order_status: 'new',
      price: 423.83,
      qty: 1,
      outstand_qty: 0.4,
      execute_qty: 0.6,
      create_time: 1_746_774_142,
    },
    id: 'order_no',
    amounts: ['qty', 'outstand_qty', 'execute_qty'],
    status: 'order_status',
    list: (orders) => ({
      code: 0,
      data: { total_records: orders.length, page: 1, page_size: 100, orders },
    }),
    single: (order) => ({ code: 0, data: order }),
    noLists: [
      { code: 0 },
      { code: 0, data: null },
      { code: 0, data: [] },
      { code: 0, data: {} },
      { code: 0, data: { total_records: 0 } },
      { code: 0, data: { orders: null } },
      { code: 0, data: { total_records: 3, orders: null } },
      { code: 0, data: { total_records: 3, orders: [] } },
      { code: 0, data: { total_records: 0, orders: {} } },
    ],
  },
  'ox-fun': {
    good: {
      orderId: '1000111762980',
      clientOrderId: '17',
      marketCode: 'BTC-USD-SWAP-LIN',
      status: 'PARTIALLY_FILLED',
      side: 'BUY',
      price: '25000.0',
      stopPrice: null,
      quantity: '1',
      remainQuantity: '0.4',
      matchedQuantity: '0.6',
      orderType: 'LIMIT',
      createdAt: '1715794191277',
    },
    id: 'orderId',
    amounts: ['quantity', 'remainQuantity', 'matchedQuantity'],
    status: 'status',
    list: (data) => ({ success: true, data }),
    single: (data) => ({ success: true, data }),
    noLists: [
      { success: true },
      { success: true, data: null },
      { success: true, data: {} },
      { success: true, data: 'none' },
      { success: true, data: { orders: [] } },
    ],
  },
  ripio: {
    good: {
      id: '7155ED34-9EC4-4733-8B32-1E4319CB662F',
      external_id: 'test',
      pair: 'BTC_BRL',
      side: 'buy',
      type: 'limit',
      status: 'executed_partially',
      price: 70_168.52,
      requested_amount: 1,
      executed_amount: 0.6,
      remaining_amount: 0.4,
      create_date: '2023-11-14T22:13:20.000Z',
    },
    id: 'id',
    amounts: ['requested_amount', 'executed_amount', 'remaining_amount'],
    status: 'status',
    list: (orders) => told({ orders, pagination: null, nc: null, pc: null }),
    single: told,
    noLists: [told(null), told([]), told({}), told({ orders: null }), told({ orders: {} }), {}],
  },
  ztdx: {
    good: {
      orderId: '3fa42833-9508-4061-8d80-b68563dcd521',
      clientOrderId: 'test',
      symbol: 'BTCUSDT',
      side: 'BUY',
      type: 'LIMIT',
      status: 'PARTIALLY_FILLED',
      price: '70168.52',
      origQty: '1',
      executedQty: '0.6',
      reduceOnly: false,
      time: 1_700_000_000_000,
    },
    id: 'orderId',
    amounts: ['origQty', 'executedQty'],
    status: 'status',
    list: (elements) => elements,
    single: (element) => element,
    noLists: [{}, null, { data: [] }, { orders: [] }, 'none', 0],
  },
};

describe.each(venueIds)('%s', (id) => {
  const venue: Venue = venues[id];
  const form = forms[id];
  const { good } = form;
  const first = { ...good, [form.id]: '11111111111' };
  const last = { ...good, [form.id]: '99999999999' };

  const readList = (body: unknown): OpenOrdersReply =>
    venue.listOpenOrders.read({ status: 200, text: JSON.stringify(body) }, undefined);

  /** The list with an odd element between two good ones. */
  function among(odd: unknown): Extract<OpenOrdersReply, { kind: 'page' }> {
    const page = readList(form.list([first, odd, last]));
    if (page.kind !== 'page') throw new Error(page.kind);
    return page;
  }

  test('a good one is read whole', () => {
    const page = among(good);
    expect(page).not.toHaveProperty('unreadable');
    expect(page.orders[1]).toMatchObject({ quantity: '1', remaining: '0.4', side: 'buy' });
    expect(page.orders[1]).not.toHaveProperty('unknownStatus');
  });

  const { [form.id]: _, ...nameless } = good;
  test.each<[string, unknown]>([
    ['null', null],
    ['a number', 7],
    ['a text', 'order'],
    ['a list', []],
    ['nothing in it', {}],
    ['no id', nameless],
    ['an id of null', { ...good, [form.id]: null }],
    ['an empty id', { ...good, [form.id]: '' }],
    ['an id that is an object', { ...good, [form.id]: { value: '1' } }],
    ['an id that is a list', { ...good, [form.id]: ['1'] }],
    ['an id that is true', { ...good, [form.id]: true }],
  ])('%s: counted, and the others stay', (_name, odd) => {
    const page = among(odd);
    expect(idsOf(page.orders)).toEqual(['11111111111', '99999999999']);
    expect(page.unreadable).toBe(1);
  });

  test('a list of nothing else is not an empty one', () => {
    expect(readList(form.list([null, null]))).toMatchObject({
      kind: 'page',
      orders: [],
      unreadable: 2,
    });
  });

  test.each<[string, unknown]>([
    ['missing', undefined],
    ['null', null],
    ['empty', ''],
    ['with a comma', '0,5'],
    ['a word', 'much'],
    ['an object', {}],
    ['a list', ['1']],
    ['true', true],
  ])('amounts %s: not known, and never 0', (_name, amount) => {
    const odd = { ...good, ...Object.fromEntries(form.amounts.map((name) => [name, amount])) };
    const page = among(odd);
    expect(page).not.toHaveProperty('unreadable');
    expect(idsOf(page.orders)).toEqual(['11111111111', String(good[form.id]), '99999999999']);
    expect(page.orders[1]).not.toHaveProperty('quantity');
    expect(page.orders[1]).not.toHaveProperty('remaining');
    expect(page.orders[1]).toMatchObject({ side: 'buy', type: expect.stringMatching(/limit/) });
  });

  const others = Object.keys(good).filter((name) => name !== form.id);
  test.each(
    others.flatMap((name) =>
      [undefined, null, '', {}, [], true, 'odd', 7, -7, '1e999'].map((value): [string, unknown] => [
        name,
        value,
      ]),
    ),
  )('%s of %j: the order is listed all the same', (name, value) => {
    const page = among({ ...good, [name]: value });
    expect(page).not.toHaveProperty('unreadable');
    expect(idsOf(page.orders)).toContain(String(good[form.id]));
    expect(JSON.stringify(page)).not.toMatch(/NaN|undefined|\[object|"createdAt":(?:null|-)/);
  });

  test.each(form.noLists.map((body): [unknown] => [body]))('%j is no list', (body) => {
    expect(readList(body)).toMatchObject({ kind: 'unknown' });
  });

  test('an empty list is empty', () => {
    const page = readList(form.list([]));
    expect(page).toMatchObject({ kind: 'page', orders: [] });
    expect(page).not.toHaveProperty('unreadable');
  });

  test.each(['EXPIRED_IN_MATCH', 'PENDING_CANCEL', 'Sonlandı'])(
    'a status %s that no document names is no end, and shown as it is written',
    (word) => {
      const page = among({ ...good, [form.status]: word });
      expect(page.orders[1]).toMatchObject({ unknownStatus: word });
    },
  );

  const { readOrder } = venue;
  if (readOrder) {
    const name = { orderId: String(good[form.id]) as OrderId, symbol: 'BTCUSDT' };
    const readOne = (element: unknown) =>
      readOrder.read({ status: 200, text: JSON.stringify(form.single(element)) }, name);

    test.each<[string, unknown]>([
      ['null', null],
      ['an empty object', {}],
      ['no id', nameless],
      ['no status', { ...good, [form.status]: undefined }],
      ['a status of null', { ...good, [form.status]: null }],
      ['an empty status', { ...good, [form.status]: '' }],
      ['a status that is an object', { ...good, [form.status]: {} }],
    ])('a single reading with %s tells nothing of the order', (_name, element) => {
      const reading = readOne(element);
      const isNothing = id === 'ox-fun' && element === null;
      if (!isNothing) expect(reading).toMatchObject({ kind: 'unknown' });
    });

    test('a single reading without amounts does', () => {
      const odd = { ...good, ...Object.fromEntries(form.amounts.map((each) => [each, ''])) };
      expect(readOne(odd)).toMatchObject({ kind: 'read', reading: { status: 'open' } });
    });

    test('a single reading shows a status that no document names', () => {
      expect(readOne({ ...good, [form.status]: 'EXPIRED_IN_MATCH' })).toMatchObject({
        kind: 'read',
        reading: { status: 'open', order: { unknownStatus: 'EXPIRED_IN_MATCH' } },
      });
    });
  }
});

test('on Habit Trade an odd element does not hide those that have ended', () => {
  const { good, list } = forms['habit-trade'];
  const ended = { ...good, order_no: '3', order_status: 'can', outstand_qty: 0 };
  const text = JSON.stringify(list([null, ended, { ...good, qty: '', execute_qty: null }]));
  expect(venues['habit-trade'].listOpenOrders.read({ status: 200, text }, undefined)).toMatchObject(
    {
      orders: [{ id: '22000000022', remaining: '0.4' }],
      closed: [{ status: 'cancelled', order: { id: '3' } }],
      unreadable: 1,
    },
  );
});

describe('in a batch one odd element never spoils the others', () => {
  const names = ['1', '2', '3'].map((orderId) => ({
    orderId: orderId as OrderId,
    symbol: 'BTCUSDT',
  }));
  const odd = [null, 7, 'x', [], {}];

  test.each(odd)('Habit Trade: %j', (element) => {
    const data = [
      { order_no: '1', result: { code: 0 } },
      element,
      { order_no: '3', result: { code: 0 } },
    ];
    const text = JSON.stringify({ code: 0, data });
    expect(venues['habit-trade'].cancelBatch.read({ status: 200, text }, names)).toMatchObject({
      replies: [{ kind: 'accepted' }, { kind: 'unknown' }, { kind: 'accepted' }],
    });
  });

  test.each(odd)('OX.FUN: %j', (element) => {
    const data = [{ orderId: '1', submitted: true }, element, { orderId: '3', submitted: true }];
    const text = JSON.stringify({ success: true, data });
    expect(venues['ox-fun'].cancelBatch.read({ status: 200, text }, names)).toMatchObject({
      replies: [{ kind: 'accepted' }, { kind: 'unknown' }, { kind: 'accepted' }],
    });
  });

  test.each(odd)('ZTDX: %j', (element) => {
    const ended = { status: 'CANCELED', updateTime: 5 };
    const text = JSON.stringify([{ orderId: 1, ...ended }, element, { orderId: 3, ...ended }]);
    expect(venues.ztdx.cancelBatch.read({ status: 200, text }, names)).toMatchObject({
      replies: [{ kind: 'cancelled' }, { kind: 'unknown' }, { kind: 'cancelled' }],
    });
  });

  test.each(odd)('Ripio Trade, cancelling all: %j', (element) => {
    const data = [{ order_id: '1', success: true }, element, { order_id: '3', success: false }];
    const text = JSON.stringify({ data });
    const reply = venues.ripio.cancelEvery.read({ status: 200, text }, undefined);
    expect(reply).toMatchObject({ kind: 'every' });
    expect('replies' in reply && [...reply.replies.keys()]).toEqual(['1', '3']);
  });

  test.each(odd)('Ripio Trade, reading several: %j', (element) => {
    const orders = [{ id: 'A', status: 'canceled' }, element, { id: 'B' }];
    const text = JSON.stringify({ data: { orders } });
    const reply = venues.ripio.readBatch.read({ status: 200, text }, names);
    expect('readings' in reply && [...reply.readings.keys()]).toEqual(['a']);
  });

  test.each([{}, null, { orders: {} }, 'x'])('%j is no batch', (data) => {
    const reply = { status: 200, text: JSON.stringify({ code: 0, success: true, data }) };
    expect(venues['habit-trade'].cancelBatch.read(reply, names)).toMatchObject({ kind: 'unknown' });
    expect(venues['ox-fun'].cancelBatch.read(reply, names)).toMatchObject({ kind: 'unknown' });
    expect(venues.ztdx.cancelBatch.read(reply, names)).toMatchObject({ kind: 'unknown' });
    const bare = { status: 200, text: JSON.stringify({ data }) };
    expect(venues.ripio.cancelEvery.read(bare, undefined)).toMatchObject({ kind: 'unknown' });
    expect(venues.ripio.readBatch.read(bare, names)).toMatchObject({ kind: 'unknown' });
  });
});

function idsOf(orders: readonly Order[]): string[] {
  return orders.map((order) => order.id);
}
