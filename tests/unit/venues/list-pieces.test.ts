import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { venueIds } from '#lib/domain/venue-id.ts';
import { atOnce, joinPages, readInPieces } from '#lib/venues/list-pieces.ts';
import { parseJson } from '#lib/venues/json.ts';
import type { OpenOrdersReply } from '#lib/venues/venue.ts';
import type { WireReply } from '#lib/venues/wire.ts';
import { venues } from '#lib/venues/venues.ts';

/** A long list read in pieces is what it would be if it were read at once. */

const whole = (text: string): WireReply => ({ status: 200, text });
const parse = ({ text }: WireReply): unknown => parseJson(text);

const element = fc.oneof(
  fc.jsonValue({ maxDepth: 2 }),
  fc.string({ maxLength: 400 }).map((text) => ({ text, brackets: '[{"', end: '\\' })),
);

test('every element comes in its list, in its order, once', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(element, { maxLength: 300 }),
      fc.array(element, { maxLength: 300 }),
      fc.constantFrom(undefined, 1),
      async (asks, bids, space) => {
        const text = JSON.stringify(
          { code: 0, data: { asks, n: '[', bids }, end: 'x' },
          undefined,
          space,
        );
        const parts = await readInPieces(whole(text), parse);
        if ('kind' in parts) throw new Error('not read');
        const pieces = parts as { code: string; data: { asks: unknown[]; bids: unknown[] } }[];
        const read = parseJson(text);
        expect(pieces.flatMap(({ data }) => data.asks)).toEqual(
          asks.length ? (read as (typeof pieces)[0]).data.asks : [],
        );
        expect(pieces.flatMap(({ data }) => data.bids)).toEqual(
          bids.length ? (read as (typeof pieces)[0]).data.bids : [],
        );
        for (const piece of pieces)
          expect(piece).toMatchObject({ code: '0', data: { n: '[' }, end: 'x' });
      },
    ),
    { numRuns: 30 },
  );
});

test('the members of an object come in pieces too, each once', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.dictionary(
        fc.string().map((text) => `O${text}`),
        element,
        { maxKeys: 300 },
      ),
      fc.constantFrom(undefined, 1),
      async (open, space) => {
        const text = JSON.stringify(
          { error: [], result: { open }, end: '"open":{' },
          undefined,
          space,
        );
        const parts = await readInPieces(whole(text), parse, 'open');
        if ('kind' in parts) throw new Error('not read');
        const pieces = parts as { result: { open: object } }[];
        const read = parseJson(text) as (typeof pieces)[0];
        expect(pieces.flatMap(({ result }) => Object.entries(result.open))).toHaveLength(
          Object.keys(read.result.open).length,
        );
        expect(Object.assign({}, ...pieces.map(({ result }) => result.open))).toEqual(
          read.result.open,
        );
        for (const piece of pieces) expect(piece).toMatchObject({ error: [], end: '"open":{' });
      },
    ),
    { numRuns: 30 },
  );
});

const elements = (count: number, more = ''): string =>
  Array.from({ length: count }, (_, index) => `{"orderId":"${index}","status":"NEW"${more}}`).join(
    ',',
  );

const readList = ({ text }: WireReply): OpenOrdersReply =>
  venues.ztdx.listOpenOrders.read(whole(text), undefined);

async function listOf(text: string): Promise<unknown> {
  const parts = await readInPieces(whole(text), readList);
  return 'kind' in parts ? parts : joinPages(parts);
}

const closed = (id: string) => [{ status: 'filled', order: { id } }] as never;

describe('a long list', () => {
  const tooLarge = { kind: 'unknown', note: { code: 'too-large', status: 200 } };
  const notJson = { kind: 'unknown', note: { code: 'not-json', status: 200 } };
  const long = elements(5000);

  test('is longer than what is read at once', () => {
    expect(long.length).toBeGreaterThan(atOnce);
  });

  test.each<[string, string, object]>([
    ['of 20,000 orders', `[${elements(20_000)}]`, { kind: 'page', orders: { length: 20_000 } }],
    ['of 20,000 in two lists', `{"a":[${elements(12_000)}],"b":[${elements(8000)}]}`, notJson],
    ['of 20,001 in two lists', `{"a":[${elements(12_000)}],"b":[${elements(8001)}]}`, tooLarge],
    ['of 20,001', `[${elements(20_001)}]`, tooLarge],
    [
      'with one too long to be an order',
      `[${long},{"orderId":"x","status":"NEW","a":"${'y'.repeat(40_000)}"}]`,
      { orders: { length: 5000 }, unreadable: 1 },
    ],
    [
      'with more beside it than any answer has',
      `{"data":[${long}],"a":"${'y'.repeat(9000)}"}`,
      tooLarge,
    ],
    ['with more before it', `{"a":"${'y'.repeat(9000)}","data":[${long}]}`, tooLarge],
    ['that is none', `{"a":"${'y'.repeat(90_000)}"}`, tooLarge],
    ['that breaks off', `[${long}`, notJson],
    ['that breaks off in a text', `[${long},{"orderId":"`, notJson],
    ['that is closed by another bracket', `[${long}}`, notJson],
    ['that is nested deeper than any', `[${long},${'['.repeat(32)}${']'.repeat(32)}]`, notJson],
    [
      'with an element that is nested so and too long to be an order',
      `[${long},${'['.repeat(20_000)}${']'.repeat(20_000)}]`,
      notJson,
    ],
    ['with a hole', `[${long},,${long}]`, notJson],
    ['with a comma at its end', `[${long},]`, notJson],
  ])('%s', async (_, text, expected) => {
    const read = await listOf(text);
    const counted =
      typeof read === 'object' && read !== null && 'orders' in read && Array.isArray(read.orders)
        ? { ...read, orders: { length: read.orders.length } }
        : read;
    expect(counted).toMatchObject(expected);
  });

  test('whose second piece is refused is refused', async () => {
    const page: OpenOrdersReply = { kind: 'page', orders: [] };
    const failure: OpenOrdersReply = { kind: 'unknown', note: { code: 'http', status: 503 } };
    expect(joinPages([page, failure, page])).toBe(failure);
  });

  test('keeps what has ended, what cannot be read and its cursor', () => {
    expect(
      joinPages([
        { kind: 'page', orders: [], closed: closed('1'), unreadable: 2, cursor: '2' },
        { kind: 'page', orders: [], closed: closed('2'), unreadable: 1, cursor: '2' },
      ]),
    ).toEqual({
      kind: 'page',
      orders: [],
      closed: [...closed('1'), ...closed('2')],
      unreadable: 3,
      cursor: '2',
    });
  });

  test('gives others their turn between two pieces', async () => {
    const events: string[] = [];
    const reading = readInPieces(whole(`[${long}]`), () => events.push('piece'));
    const other = (): unknown =>
      events.at(-1) !== 'end' && setTimeout(() => other(), 0) && events.push('other');
    other();
    await reading;
    events.push('end');
    const pieces = events.filter((event) => event === 'piece');
    expect(pieces.length).toBeGreaterThan(3);
    expect(events.join(' ')).not.toContain('piece piece');
  });
});

test.each(venueIds)('%s: of its calls the list alone may be long', (id) => {
  const { listOpenOrders, ...others } = venues[id];
  expect(listOpenOrders).toHaveProperty('join', expect.any(Function));
  for (const call of Object.values(others)) {
    if (typeof call === 'object' && !Array.isArray(call)) expect(call).not.toHaveProperty('join');
  }
});

const krakenMembers = (count: number): string =>
  Array.from({ length: count }, (_, index) => `"OAAAAA-AAAAA-A${index}":{"status":"open"}`).join();

async function krakenList(open: string): Promise<unknown> {
  const text = `{"error":[],"result":{"open":{${open}}}}`;
  const { listOpenOrders } = venues.kraken;
  const parts = await readInPieces(
    whole(text),
    (piece) => listOpenOrders.read(piece, undefined),
    listOpenOrders.membersOf,
  );
  return 'kind' in parts ? parts : joinPages(parts);
}

test.each<[string, string, object]>([
  ['of 5000', krakenMembers(5000), { kind: 'page', orders: { length: 5000 } }],
  ['of none', '', { kind: 'page', orders: { length: 0 } }],
  [
    'with one that is too long',
    `${krakenMembers(5000)},"OZ":{"status":"${'y'.repeat(40_000)}"}`,
    { orders: { length: 5000 }, unreadable: 1 },
  ],
  [
    'with lists in it',
    `${krakenMembers(3000)},"OBBBBB-B":{"status":"open","trades":[1,{"open":{"x":1}}]}`,
    { orders: { length: 3001 } },
  ],
  ['of 20,001', krakenMembers(20_001), { kind: 'unknown', note: { code: 'too-large' } }],
])('Kraken’s list, which is an object, %s', async (_, open, expected) => {
  expect(await krakenList(open)).toMatchObject(expected);
});
