import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createLane } from '#lib/worker/lanes/lane.ts';
import { createOrderReader } from '#lib/worker/lanes/reader.ts';
import type { Decimal } from '#lib/domain/decimal.ts';
import type { ClientOrderId, Order, OrderId, OrderReading } from '#lib/domain/order.ts';
import type { Failure, ReadReply } from '#lib/domain/reply.ts';
import type { AccountClient } from '#lib/worker/network/account-client.ts';
import type { OpenOrdersReply, ReadBatchCall, ReadBatchReply, Venue } from '#lib/venues/venue.ts';
import type { Call } from '#lib/venues/call.ts';
import type { BatchName, OrderName } from '#lib/venues/wire.ts';
import { venues } from '#lib/venues/venues.ts';

/** Which readings go together, and that none is answered from a request that was sent before it was asked for. */

const start = 1_700_000_000_000;

beforeEach(() => {
  vi.useFakeTimers({ now: start, toFake: ['setTimeout', 'clearTimeout', 'Date'] });
});
afterEach(() => {
  vi.useRealTimers();
});

const settle = () => vi.advanceTimersByTimeAsync(0);
const pass = (milliseconds: number) => vi.advanceTimersByTimeAsync(milliseconds);
const named = (id: string, symbol = 'A'): BatchName => ({ orderId: id as OrderId, symbol });
const nameOf = (name: OrderName) =>
  'orderId' in name ? name.orderId : `client ${name.clientOrderId}`;
const down: Failure = { kind: 'unknown', note: { code: 'http', status: 503 } };

/** A reading that only this order can have been given, by a request sent then. */
const readingOf = (name: string, sentAt: number): OrderReading => ({
  status: 'not-found',
  said: [`${name}, asked at ${sentAt}`],
});
const of = (name: string, sentAt: number): ReadReply => ({
  kind: 'read',
  reading: readingOf(name, sentAt),
});

function openOrder(id: string, clientOrderId?: string): Order {
  return {
    id: id as OrderId,
    ...(clientOrderId !== undefined && { clientOrderId: clientOrderId as ClientOrderId }),
    symbol: 'A',
    type: 'limit',
    quantity: '1' as Decimal,
    remaining: '1' as Decimal,
    protective: false,
  };
}

interface Script {
  /** How the venue reads: one by one, several together, or by its list alone. */
  readonly how: 'single' | 'batch' | 'list';
  readonly most?: number;
  readonly oneSymbol?: boolean;
  /** The reply to a batch; by default each order's own. */
  readonly batch?: (names: readonly BatchName[]) => ReadBatchReply;
  readonly page?: (cursor: string | undefined) => OpenOrdersReply;
  readonly latency?: number;
}

/** `asked`: each request with the orders it named, and when it was sent. */
function world({ how, most = 3, oneSymbol = false, batch, page, latency = 0 }: Script) {
  const asked: string[] = [];
  const { readOrder, readBatch: _, ...rest }: Venue = venues.ripio;
  const readBatch: ReadBatchCall = {
    most,
    oneSymbol,
    request: () => ({ method: 'GET', path: '/', headers: {} }),
    read: () => down,
  };
  const venue: Venue = {
    ...rest,
    ...(how !== 'list' && readOrder && { readOrder }),
    ...(how === 'batch' && { readBatch }),
  };
  const client: AccountClient = {
    venue,
    clock: () => undefined,
    isClockFresh: () => true,
    measureClock: () => Promise.resolve(down),
    async call<Input, Output>(call: Call<Input, Output>, input: Input) {
      const reply = answer(call, input) as Output;
      if (latency > 0) await new Promise((resolve) => setTimeout(resolve, latency));
      return reply;
    },
  };
  function answer(call: unknown, input: unknown): ReadReply | ReadBatchReply | OpenOrdersReply {
    const at = Date.now() - start;
    if (call === venue.listOpenOrders) {
      const cursor = input as string | undefined;
      asked.push(cursor === undefined ? `list at ${at}` : `list ${cursor} at ${at}`);
      return page?.(cursor) ?? { kind: 'page', orders: [] };
    }
    if (call === readBatch) {
      const names = input as readonly BatchName[];
      asked.push(`batch ${names.map(nameOf).join()} at ${at}`);
      const readings = names.map(
        ({ orderId }) => [orderId.toLowerCase(), readingOf(orderId, at)] as const,
      );
      return batch?.(names) ?? { kind: 'readings', readings: new Map(readings) };
    }
    expect(call).toBe(venue.readOrder);
    const name = nameOf(input as OrderName);
    asked.push(`single ${name} at ${at}`);
    return of(name, at);
  }
  const lane = createLane();
  return { asked, lane, reader: createOrderReader(client, lane) };
}

describe('one by one', () => {
  test('each is read by itself, two at a time', async () => {
    const { asked, reader } = world({ how: 'single', latency: 100 });
    const replies = Promise.all(['a', 'b', 'c'].map((id) => reader.read(named(id))));
    await pass(1000);
    expect(asked).toEqual(['single a at 0', 'single b at 0', 'single c at 100']);
    expect(await replies).toEqual([of('a', 0), of('b', 0), of('c', 100)]);
  });

  test('without waiting for the others of its turn', async () => {
    const { asked, reader } = world({ how: 'single' });
    void reader.read(named('a'));
    await Promise.resolve();
    await Promise.resolve();
    await Promise.resolve();
    expect(asked).toEqual(['single a at 0']);
  });

  test('the same order twice is read twice', async () => {
    const { asked, reader } = world({ how: 'single' });
    await Promise.all([reader.read(named('a')), reader.read(named('a'))]);
    expect(asked).toHaveLength(2);
  });

  test('a cancel that comes goes before those that wait', async () => {
    const { asked, reader, lane } = world({ how: 'single', latency: 100 });
    for (const id of ['a', 'b', 'c', 'd']) void reader.read(named(id));
    await settle();
    const cancel = vi.fn<() => void>();
    void lane.enter('cancel').then(cancel);
    await settle();
    expect(cancel).toHaveBeenCalledTimes(1);
    expect(asked).toHaveLength(2);
  });
});

describe('together', () => {
  test.each<[string, number, boolean, BatchName[], string[]]>([
    ['one is read by itself', 3, false, [named('a')], ['single a at 0']],
    [
      'as many as go',
      3,
      false,
      ['a', 'b', 'c', 'd'].map((id) => named(id)),
      ['batch a,b,c at 0', 'single d at 0'],
    ],
    [
      'of one symbol where the venue wants it',
      3,
      true,
      [named('a', 'A'), named('b', 'B'), named('c', 'A'), named('d', 'B')],
      ['batch a,c at 0', 'batch b,d at 0'],
    ],
  ])('%s', async (_, most, oneSymbol, names, expected) => {
    const { asked, reader } = world({ how: 'batch', most, oneSymbol });
    const replies = Promise.all(names.map((name) => reader.read(name)));
    await pass(100);
    expect(asked).toEqual(expected);
    expect(await replies).toEqual(names.map(({ orderId }) => of(orderId, 0)));
  });

  test('those by client order id go alone', async () => {
    const { asked, reader } = world({ how: 'batch' });
    void reader.read(named('a'));
    void reader.read({ clientOrderId: 'mine' as ClientOrderId });
    void reader.read(named('b'));
    await pass(100);
    expect(asked.toSorted()).toEqual(['batch a,b at 0', 'single client mine at 0']);
  });

  test('an id is found in whatever case the venue writes it', async () => {
    const { reader } = world({ how: 'batch' });
    const replies = Promise.all([reader.read(named('AB')), reader.read(named('cD'))]);
    await pass(100);
    expect(await replies).toEqual([of('AB', 0), of('cD', 0)]);
  });

  test('one that the reply leaves out is not “not found”: it is asked for by itself', async () => {
    const { asked, reader } = world({
      how: 'batch',
      latency: 100,
      batch: () => ({ kind: 'readings', readings: new Map([['a', readingOf('a', 0)]]) }),
    });
    const replies = Promise.all([reader.read(named('a')), reader.read(named('b'))]);
    await pass(1000);
    expect(asked).toEqual(['batch a,b at 0', 'single b at 100']);
    expect(await replies).toEqual([of('a', 0), of('b', 100)]);
  });

  test('what became of the request as a whole is told to each', async () => {
    const { asked, reader } = world({ how: 'batch', batch: () => down });
    const replies = Promise.all([reader.read(named('a')), reader.read(named('b'))]);
    await pass(100);
    expect(await replies).toEqual([down, down]);
    expect(asked).toHaveLength(1);
  });

  test('and a place is free again afterwards', async () => {
    const { asked, reader } = world({ how: 'batch', most: 2, latency: 100, batch: () => down });
    for (let index = 0; index < 10; index++) void reader.read(named(`${index}`));
    await pass(1000);
    expect(asked).toHaveLength(5);
  });
});

const status = (reply: ReadReply) => (reply.kind === 'read' ? reply.reading.status : reply.kind);

describe('from the list', () => {
  const pages: Record<string, OpenOrdersReply> = {
    first: { kind: 'page', orders: [openOrder('a'), openOrder('b', 'mine')], cursor: 'second' },
    second: {
      kind: 'page',
      orders: [openOrder('c')],
      closed: [{ status: 'filled', order: { id: 'd' as OrderId } }],
    },
  };
  const page = (cursor = 'first') => pages[cursor] ?? down;

  test('one reading of it serves all that wait', async () => {
    const { asked, reader } = world({ how: 'list', page });
    const replies = Promise.all([
      ...['a', 'c', 'd', 'gone'].map((id) => reader.read(named(id))),
      reader.read({ clientOrderId: 'mine' as ClientOrderId }),
    ]);
    await pass(100);
    expect(asked).toEqual(['list at 0', 'list second at 0']);
    expect((await replies).map(status)).toEqual(['open', 'open', 'filled', 'not-found', 'open']);
  });

  test('no page more is read than is needed', async () => {
    const { asked, reader } = world({ how: 'list', page });
    void reader.read(named('a'));
    await pass(100);
    expect(asked).toEqual(['list at 0']);
  });

  test('where it cannot be read, all that were not found are told so', async () => {
    const { reader } = world({
      how: 'list',
      page: (cursor) => (cursor === undefined ? page() : down),
    });
    const replies = Promise.all([reader.read(named('a')), reader.read(named('c'))]);
    await pass(100);
    expect(await replies).toMatchObject([{ kind: 'read' }, down]);
  });

  test('each page waits for the lane', async () => {
    const { asked, reader, lane } = world({ how: 'list', page, latency: 100 });
    void reader.read(named('c'));
    await pass(50);
    lane.holdBack('read', 950, Date.now());
    await pass(5000);
    expect(asked).toEqual(['list at 0', 'list second at 1000']);
  });
});

describe('a reading is never answered from a request that was sent before it was asked for', () => {
  test.each(['single', 'batch'] as const)('%s', async (how) => {
    const { reader } = world({ how, latency: 300 });
    const asked: { readonly at: number; readonly reply: Promise<ReadReply> }[] = [];
    for (let index = 0; index < 40; index++) {
      // The same three orders again and again, while they are under way.
      asked.push({ at: Date.now() - start, reply: reader.read(named(`${index % 3}`)) });
      await pass(70);
    }
    await pass(60_000);
    for (const { at, reply } of asked) {
      const read = await reply;
      const { said = [] } =
        read.kind === 'read' && read.reading.status === 'not-found' ? read.reading : {};
      expect(Number(said[0]?.split(' at ')[1])).toBeGreaterThanOrEqual(at);
    }
  });

  test('from the list: what comes while it is read waits for the next', async () => {
    const { asked, reader } = world({
      how: 'list',
      latency: 300,
      page: () => ({ kind: 'page', orders: [openOrder('a'), openOrder('b')] }),
    });
    const done: string[] = [];
    void reader.read(named('a')).then(() => done.push(`a at ${Date.now() - start}`));
    await pass(100);
    for (const id of ['b', 'a']) {
      void reader.read(named(id)).then(() => done.push(`${id} again at ${Date.now() - start}`));
    }
    await pass(5000);
    expect(asked).toEqual(['list at 0', 'list at 300']);
    expect(done).toEqual(['a at 300', 'b again at 600', 'a again at 600']);
  });
});

describe('all open orders', () => {
  test('every page is read, an order on two of them counts once', async () => {
    const { reader } = world({
      how: 'single',
      page: (cursor) =>
        cursor === undefined
          ? { kind: 'page', orders: [openOrder('a'), openOrder('b')], cursor: 'more' }
          : { kind: 'page', orders: [openOrder('b'), openOrder('c')] },
    });
    const listed = await reader.list();
    expect(listed.kind === 'orders' && listed.orders.map(({ id }) => id)).toEqual(['a', 'b', 'c']);
  });

  test('urgent, it goes before the readings and the cancels that wait', async () => {
    const { asked, reader, lane } = world({ how: 'single', latency: 100 });
    for (const id of ['a', 'b', 'c']) void reader.read(named(id));
    for (let count = 0; count < 8; count++) void lane.enter('cancel');
    await settle();
    void reader.list(true);
    await settle();
    expect(asked.slice(2)).toEqual(['list at 0']);
  });

  test('otherwise it waits for its turn', async () => {
    const { asked, reader } = world({ how: 'single', latency: 100 });
    for (const id of ['a', 'b', 'c']) void reader.read(named(id));
    await settle();
    void reader.list();
    await pass(1000);
    expect(asked).toContain('list at 100');
  });
});
