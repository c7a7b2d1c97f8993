import { describe, expect, test } from 'vitest';
import type { Order, OrderId } from '#lib/domain/order.ts';
import { venueIds } from '#lib/domain/venue-id.ts';
import type { OpenOrdersReply, Venue } from '#lib/venues/venue.ts';
import { venues } from '#lib/venues/venues.ts';
import { forTests } from '#tests/sandbox/sandbox.ts';

/** One odd order never hides the rest, and what is missing is not empty: the same table for every venue. */

describe.each(venueIds)('%s', (id) => {
  const venue: Venue = venues[id];
  const form = forTests(id).samples.order;
  const { good, otherIds: [before, after] = ['11111111111', '99999999999'] } = form;
  const first = { ...good, [form.id]: before };
  const last = { ...good, [form.id]: after };

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
    expect(idsOf(page.orders)).toEqual([before, after]);
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
    expect(idsOf(page.orders)).toEqual([before, String(good[form.id]), after]);
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

  test.each(['EXPIRED_BY_VENUE', 'PENDING_CANCEL', 'Sonlandı'])(
    'a status %s that no document names is no end, and shown as it is written',
    (word) => {
      const page = among({ ...good, [form.status]: word });
      expect(page.orders[1]).toMatchObject({ unknownStatus: word });
    },
  );

  const { readOrder } = venue;
  if (readOrder) {
    const { symbol = 'BTCUSDT' } = good;
    const name = { orderId: String(good[form.id]) as OrderId, symbol: String(symbol) };
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
      expect(readOne({ ...good, [form.status]: 'EXPIRED_BY_VENUE' })).toMatchObject({
        kind: 'read',
        reading: { status: 'open', order: { unknownStatus: 'EXPIRED_BY_VENUE' } },
      });
    });
  }
});

test('on Habit Trade an odd element does not hide those that have ended', () => {
  const { good, list } = forTests('habit-trade').samples.order;
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
