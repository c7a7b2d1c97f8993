import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { venueIds, type VenueId } from '#lib/domain/venue-id.ts';
import type { FeedFrame, FeedNews } from '#lib/venues/feed.ts';
import type { Venue } from '#lib/venues/venue.ts';
import { venues } from '#lib/venues/venues.ts';
import { fixtureOf, signerOf, type RowKey } from '#tests/unit/support/fixtures.ts';
import { notSaidIn } from '#tests/unit/support/said.ts';

interface Fixture {
  readonly greetings: readonly GreetingRow[];
  readonly frames: readonly FrameRow[];
}

interface GreetingRow extends RowKey {
  readonly name: string;
  /** Which of the venue's. */
  readonly greeting: number;
  readonly pass?: string;
  readonly texts: readonly string[];
}

interface FrameRow {
  readonly name: string;
  /** Where it is documented or was seen; absent for those made up here. */
  readonly source?: string;
  readonly text: string;
  readonly expected: FeedFrame;
}

/** `FUZZ_RUNS=10000` for more frames of each venue. */
const runs = Number(process.env['FUZZ_RUNS'] ?? 300);

/** The ends that a frame tells of by the documents, each as `id status`: nothing else may be taken for one. */
const documentedEnds: Partial<Record<VenueId, (frame: unknown) => readonly string[]>> = {
  binance: (frame) =>
    at(frame, 'event', 'e') === 'executionReport' ? binanceEnd(at(frame, 'event')) : [],
  btcturk: (frame) => (at(frame, 0) === '452' ? [`${String(at(frame, 1, 'id'))} cancelled`] : []),
  'habit-trade': (frame) =>
    (at(frame, 'type') === 'order' ? several(at(frame, 'data')) : []).flatMap(habitTradeEnd),
  kraken: (frame) =>
    at(frame, 'channel') === 'executions' && at(frame, 'type') === 'update'
      ? listed(at(frame, 'data')).flatMap(krakenEnd)
      : [],
  'ox-fun': (frame) =>
    (at(frame, 'table') === 'order' ? listed(at(frame, 'data')) : []).flatMap(oxFunEnd),
  ripio: (frame) =>
    at(frame, 'topic') === 'order_status' && at(frame, 'id') !== '-1'
      ? ripioEnd(at(frame, 'body'))
      : [],
};

/** Fact sheet 1.4, 1.9. */
function binanceEnd(order: unknown): string[] {
  const status = binanceEnds.get(String(at(order, 'X')));
  return status === undefined ? [] : [`${String(at(order, 'i'))} ${status}`];
}

const binanceEnds = new Map([
  ['FILLED', 'filled'],
  ['CANCELED', 'cancelled'],
  ['EXPIRED', 'cancelled'],
  ['EXPIRED_IN_MATCH', 'cancelled'],
  ['REJECTED', 'cancelled'],
]);

/** Fact sheet 3.6. */
function habitTradeEnd(order: unknown): string[] {
  const isEnded = String(at(order, 'order_status')).toLowerCase() === 'can';
  return isEnded ? [`${String(at(order, 'order_no'))} cancelled`] : [];
}

/** Its fact sheet, "Stream". */
const krakenEnds = new Map([
  ['canceled', 'cancelled'],
  ['expired', 'cancelled'],
  ['filled', 'filled'],
]);

function krakenEnd(event: unknown): string[] {
  const [type, word] = [at(event, 'exec_type'), at(event, 'order_status')];
  const status = krakenEnds.get(String(type));
  return status === undefined || type !== word
    ? []
    : [`${String(at(event, 'order_id'))} ${status}`];
}

function oxFunEnd(order: unknown): string[] {
  const [id, notice] = [String(at(order, 'orderId')), at(order, 'notice')];
  const status = String(at(order, 'status')).toUpperCase();
  if (notice === 'OrderClosed' && oxFunEnds.has(status)) return [`${id} cancelled`];
  // What is no amount says nothing of what is left.
  const left = String(at(order, 'remainQuantity'));
  const isFilled = status === 'FILLED' && !(/^[\d.]{1,60}$/.test(left) && Number(left) > 0);
  return isFilled && (notice === 'OrderClosed' || notice === 'OrderMatched')
    ? [`${id} filled`]
    : [];
}

/** Fact sheet 1.8. */
const oxFunEnds: ReadonlySet<string> = new Set([
  'CANCELED_BY_USER',
  'CANCELED_BY_MAKER_ONLY',
  'CANCELED_BY_FOK',
  'CANCELED_ALL_BY_IOC',
  'CANCELED_PARTIAL_BY_IOC',
  'CANCELED_BY_SELF_TRADE_PROTECTION',
]);

function ripioEnd(order: unknown): string[] {
  const status = ripioEnds.get(String(at(order, 'status')).toLowerCase());
  return status === undefined ? [] : [`${String(at(order, 'id'))} ${status}`];
}

/** Fact sheet 2.8. */
const ripioEnds = new Map([
  ['canceled', 'cancelled'],
  ['executed_completely', 'filled'],
]);

function several(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [value];
}

function listed(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function at(value: unknown, ...path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>(
    (inner, key) =>
      typeof inner === 'object' && inner !== null ? Reflect.get(inner, key) : undefined,
    value,
  );
}

const withFeed = venueIds.flatMap((id) => {
  const { feed }: Venue = venues[id];
  return feed ? [{ id, feed }] : [];
});

describe.each(withFeed)('$id', ({ id, feed }) => {
  const { greetings, frames } = fixtureOf(id) as Fixture;
  const texts = frames.map(({ text }) => text);

  test.each(greetings)('says $name', async ({ greeting, pass, texts: expected, ...key }) => {
    const signer = await signerOf(venues[id], key);
    const written = feed.greetings[greeting]?.map((write) => write(signer, pass));
    expect(await Promise.all(written ?? [])).toEqual(expected);
  });

  test('has each of its greetings in the table', () => {
    const indices = new Set(greetings.map(({ greeting }) => greeting));
    expect(indices).toEqual(new Set(feed.greetings.keys()));
  });

  test.each(frames)('reads $name', ({ text, expected }) => {
    const frame = feed.read(text);
    expect(frame).toStrictEqual(expected);
    expect(notSaidIn(text, frame)).toEqual([]);
  });

  test('has what it may be told in the table', () => {
    const expected = frames.map((frame) => frame.expected);
    const news = expected.flatMap((frame) => (frame.kind === 'news' ? frame.news : []));
    const kinds = [...expected, ...news].map(({ kind }) => kind);
    const known = [
      'look',
      'news',
      'other',
      ...(feed.greetings.length > 0 ? ['refused', 'step'] : []),
    ];
    for (const kind of known) expect(kinds).toContain(kind);
  });

  test('reads whatever comes, and takes nothing for an end but what the documents call one', () => {
    const read = (text: string): readonly string[] => {
      const frame = feed.read(text, 1_700_000_000_000);
      expect(notSaidIn(text, frame)).toEqual([]);
      expect(notSaidIn(text, { said: idsIn(frame) })).toEqual([]);
      const ended = endsIn(frame);
      const documented = documentedEnds[id]?.(parsed(text)) ?? [];
      expect(ended.filter((one) => !documented.includes(one))).toEqual([]);
      return ended;
    };
    // The property says nothing of a reader that sees no end anywhere.
    if (documentedEnds[id]) expect(texts.flatMap(read)).not.toEqual([]);
    fc.assert(
      fc.property(anyFrame(texts), (text) => void read(text)),
      { numRuns: runs },
    );
  });
});

function newsIn(frame: FeedFrame): readonly FeedNews[] {
  return frame.kind === 'news' ? frame.news : [];
}

function endsIn(frame: FeedFrame): readonly string[] {
  return newsIn(frame).flatMap((one) =>
    'reading' in one ? [`${one.reading.order.id} ${one.reading.status}`] : [],
  );
}

/** Of every order that is named at all. */
function idsIn(frame: FeedFrame): readonly string[] {
  return newsIn(frame).flatMap((one) => {
    if (one.kind === 'look') return one.orderId ?? [];
    return one.kind === 'open' ? one.order.id : one.reading.order.id;
  });
}

const digits = (_: string, value: unknown, context?: { source: string }): unknown =>
  typeof value === 'number' ? context?.source : value;

/** With numbers as they are written: apart from the reader's own way to have them so. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text, digits);
  } catch {
    return undefined;
  }
}

/** The table's frames; cut, with a value or a sign exchanged, with two mixed; and what was never a frame. */
function anyFrame(texts: readonly string[]): fc.Arbitrary<string> {
  const known = fc.constantFrom(...texts);
  const place = fc.nat(600);
  const values = texts.flatMap((text) => text.match(/(?<=:)(?:"[^"]*"|[\w.+-]+)/g) ?? []);
  const odd = [
    'null',
    '""',
    '{}',
    '[]',
    'true',
    '-1',
    '0',
    '1e999',
    '"\\u202e"',
    '[[[[',
    '9'.repeat(70),
  ];
  const value = fc.constantFrom(...odd, ...values);
  const exchanged = fc.tuple(known, place, value).map(([text, from, piece]) => {
    const start = text.indexOf(':', from) + 1;
    const end = text.slice(start).search(/[,}\]]/);
    return start === 0 || end < 0 ? text : text.slice(0, start) + piece + text.slice(start + end);
  });
  const spoilt = fc
    .tuple(known, place, fc.string({ maxLength: 3 }))
    .map(([text, from, signs]) => text.slice(0, from) + signs + text.slice(from + signs.length));
  const cut = fc.tuple(known, place).map(([text, length]) => text.slice(0, length));
  const mixed = fc
    .tuple(known, known, place, place)
    .map(([one, two, from, to]) => one.slice(0, from) + two.slice(to));
  return fc.oneof(known, exchanged, exchanged, spoilt, cut, mixed, fc.json(), fc.string());
}
