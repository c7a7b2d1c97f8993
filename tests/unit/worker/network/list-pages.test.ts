import { expect, test } from 'vitest';
import type { Decimal } from '#lib/domain/decimal.ts';
import type { Order, OrderId } from '#lib/domain/order.ts';
import type { Failure } from '#lib/domain/reply.ts';
import type { AccountClient } from '#lib/worker/network/account-client.ts';
import { readFromList, readOpenOrders } from '#lib/worker/network/list-pages.ts';
import type { OpenOrdersReply } from '#lib/venues/venue.ts';
import type { Call } from '#lib/venues/call.ts';
import { venues } from '#lib/venues/venues.ts';

const failure: Failure = { kind: 'unknown', note: { code: 'http', status: 503 } };

test('an account without orders', async () => {
  expect(await reading([page([])])).toEqual({ asked: ['first'], kind: 'orders', orders: [] });
});

test('pages follow their cursors to the one that names none', async () => {
  expect(await reading([page(['1', '2'], 'b'), page(['3'], 'c'), page(['4'])])).toEqual({
    asked: ['first', 'b', 'c'],
    kind: 'orders',
    orders: ['1', '2', '3', '4'],
  });
});

test('an empty page is the last, whatever cursor it names', async () => {
  expect(await reading([page(['1'], 'b'), page([], 'c')])).toEqual({
    asked: ['first', 'b'],
    kind: 'orders',
    orders: ['1'],
  });
});

test('an order that moved from one page to the next counts once, as last read', async () => {
  const client = scripted([
    { kind: 'page', orders: [order('1'), order('2', '5')], cursor: 'b' },
    { kind: 'page', orders: [order('2', '3'), order('3')] },
  ]);
  expect(await readOpenOrders(client)).toEqual({
    kind: 'orders',
    orders: [order('1'), order('2', '3'), order('3')],
  });
});

test('of a list that goes on, all that has come so far is told; the whole of it is told by the answer', async () => {
  const parts: string[][] = [];
  const pages = scripted([page(['1', '2'], 'b'), page(['2', '3'], 'c'), page(['4'])]);
  await readOpenOrders(pages, (part) => parts.push(part.map(({ id }) => id)));
  expect(parts).toEqual([
    ['1', '2'],
    ['1', '2', '3'],
  ]);
});

test('a failure on the first page', async () => {
  expect(await reading([failure])).toEqual({ asked: ['first'], ...failure });
});

test('a failure on the second page is a failure of all: half a list is none', async () => {
  expect(await reading([page(['1'], 'b'), failure])).toEqual({ asked: ['first', 'b'], ...failure });
});

test('what cannot be read is counted over all pages', async () => {
  expect(await reading([odd(page(['1'], 'b'), 2), odd(page([], 'c'), 1), page(['2'])])).toEqual({
    asked: ['first', 'b', 'c'],
    kind: 'orders',
    orders: ['1', '2'],
    unreadable: 3,
  });
});

test.each<[unreadable: number, told: object]>([
  [0, { kind: 'read', reading: { status: 'not-found', note: { code: 'not-listed' } } }],
  [1, { kind: 'unknown', note: { code: 'not-among-readable' } }],
])('an order that is not in a list with %i that cannot be read', async (unreadable, told) => {
  const list = odd(page(['1']), unreadable);
  const names = ['1', '2'].map((id) => ({ orderId: id as OrderId }));
  expect(await readFromList(scripted([list]), names)).toEqual([
    { kind: 'read', reading: { status: 'open', order: order('1') } },
    told,
  ]);
});

test('an order is found in the list by its id in another case', async () => {
  const names = [{ orderId: 'AB-1' as OrderId }];
  expect(await readFromList(scripted([page(['ab-1'])]), names)).toEqual([
    { kind: 'read', reading: { status: 'open', order: order('ab-1') } },
  ]);
});

test('a cursor that never ends is not followed for ever', async () => {
  const pages = Array.from({ length: 500 }, (_, index) => page([`${index}`], `${index}`));
  const { asked } = await reading(pages);
  expect(asked).toHaveLength(100);
});

test.each([
  ['at once', ['b', 'b']],
  ['after some', ['b', 'c', 'd', 'b']],
])('a cursor that leads back %s is not followed again', async (_, cursors) => {
  const pages = Array.from({ length: 500 }, (__, index) =>
    page([`${index}`], cursors[Math.min(index, cursors.length - 1)]),
  );
  const { asked, ...result } = await reading(pages);
  expect(asked).toEqual(['first', ...cursors.slice(0, -1)]);
  expect(result).toEqual({ kind: 'unknown', note: { code: 'endless-list' } });
});

test.each<[number, string]>([
  [20_000, 'orders'],
  [20_001, 'unknown'],
])('a list of %i orders in pages: %s', async (count, kind) => {
  const ids = Array.from({ length: count }, (_, index) => `${index}`);
  const pages = [page(ids.slice(0, 15_000), 'b'), page(ids.slice(15_000))];
  expect((await reading(pages)).kind).toBe(kind);
});

test.each<[string, OpenOrdersReply]>([
  ['that cannot be read', odd(page([], 'b'), 20_001)],
  [
    'that have ended',
    {
      kind: 'page',
      orders: [],
      closed: Array.from({ length: 20_001 }, () => ({ status: 'filled', order: order('1') })),
    },
  ],
])('orders %s count too', async (_, list) => {
  expect(await reading([list])).toMatchObject({ note: { code: 'endless-list' } });
});

test.each<[number, string]>([
  [60_000, 'orders'],
  [60_001, 'unknown'],
])('pages that take %i ms: %s', async (took, kind) => {
  const times = [0, took];
  const pages = scripted([page(['1'], 'b'), page(['2'])]);
  expect(await readOpenOrders(pages, undefined, () => times.shift() ?? took)).toMatchObject({
    kind,
  });
  const names = [{ orderId: '2' as OrderId }];
  const again = [0, took];
  const readings = await readFromList(
    scripted([page(['1'], 'b'), page(['2'])]),
    names,
    () => again.shift() ?? took,
  );
  expect(readings).toMatchObject([{ kind: kind === 'orders' ? 'read' : 'unknown' }]);
});

function odd(reply: OpenOrdersReply, unreadable: number): OpenOrdersReply {
  return { ...reply, unreadable } as OpenOrdersReply;
}

function page(ids: string[], cursor?: string): OpenOrdersReply {
  return {
    kind: 'page',
    orders: ids.map((id) => order(id)),
    ...(cursor !== undefined && { cursor }),
  };
}

function order(id: string, remaining = '1'): Order {
  return {
    id: id as OrderId,
    symbol: 'BTC_BRL',
    side: 'buy',
    type: 'limit',
    quantity: '9' as Decimal,
    remaining: remaining as Decimal,
    protective: false,
  };
}

async function reading(replies: OpenOrdersReply[]) {
  const asked: string[] = [];
  const result = await readOpenOrders(scripted(replies, asked));
  return result.kind === 'orders'
    ? { asked, ...result, orders: result.orders.map(({ id }) => id) }
    : { asked, ...result };
}

/** Answers the pages in turn and notes the cursors it is asked for. */
function scripted(replies: OpenOrdersReply[], asked: string[] = []): AccountClient {
  return {
    venue: venues.ripio,
    clock: () => undefined,
    isClockFresh: () => true,
    measureClock: () => Promise.resolve(failure),
    call<Input, Output>(call: Call<Input, Output>, input: Input) {
      expect(call).toBe(venues.ripio.listOpenOrders);
      asked.push(typeof input === 'string' ? input : 'first');
      const reply = replies[asked.length - 1];
      if (reply === undefined) throw new Error('asked for more pages than there are');
      return Promise.resolve(reply as Output);
    },
  };
}
