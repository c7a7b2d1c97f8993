import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Decimal } from '#lib/domain/decimal.ts';
import type { Order, OrderId } from '#lib/domain/order.ts';
import type { FeedNews } from '#lib/venues/feed.ts';
import { createBook, type Book, type Consequence } from '#lib/worker/orders/book.ts';
import { orderOf } from '#tests/unit/support/view-world.ts';

const left = (id: string, remaining: string, more: Partial<Order> = {}) =>
  orderOf(id, { remaining: remaining as Decimal, ...more });

const open = (order: Order, changedAt?: number): FeedNews => ({
  kind: 'open',
  order,
  ...(changedAt !== undefined && { changedAt }),
});
const closed = (id: string) => ({ status: 'cancelled', order: { id: id as OrderId } }) as const;
const ended = (id: string): FeedNews => ({ kind: 'ended', reading: closed(id), said: ['can'] });
const endedAt = (id: string, symbol: string): FeedNews => ({
  kind: 'ended',
  reading: closed(id),
  symbol,
});
const removedAt = (id: string, symbol: string): FeedNews => ({
  kind: 'removed',
  reading: closed(id),
  symbol,
});
const removed = (id: string): FeedNews => ({ kind: 'removed', reading: closed(id) });
const look = (id?: string): FeedNews => ({
  kind: 'look',
  ...(id !== undefined && { orderId: id as OrderId }),
});

/** What stands in it, and how much is left of each. */
const shown = (book: Book) => book.orders().map(({ id, remaining }) => `${id} ${remaining}`);

/** What follows, in short. */
const short = (all: readonly Consequence[]) =>
  all.map((each) => {
    switch (each.kind) {
      case 'ended':
        return `${each.reading.order.id} ${each.reading.status}`;
      case 'look':
        return each.orderId === undefined ? 'look' : `look ${each.orderId}`;
      case 'settle':
        return `settle ${each.at}`;
    }
  });

interface Row {
  readonly name: string;
  /** What is heard, each with its time; a list is a reading that was asked for then. The book begins with A and B, read at 0. */
  readonly heard: readonly (readonly [at: number, news: FeedNews | readonly Order[]])[];
  readonly book: readonly string[];
  /** What follows from the last of it. */
  readonly follows: readonly string[];
}

const both = ['A 1', 'B 1'];
const [a, b] = [left('A', '1'), left('B', '1')];

const rows: readonly Row[] = [
  {
    name: 'an end takes the order out',
    heard: [[10, ended('A')]],
    book: ['B 1'],
    follows: ['A cancelled'],
  },
  {
    name: 'whichever case its id is written in',
    heard: [[10, ended('a')]],
    book: ['B 1'],
    follows: ['a cancelled'],
  },
  {
    name: 'of the symbol that is known by that id',
    heard: [[10, endedAt('A', 'BTCTRY')]],
    book: ['B 1'],
    follows: ['A cancelled'],
  },
  {
    name: 'of another symbol it is another order’s end: a reading tells',
    heard: [[10, endedAt('A', 'LTCBTC')]],
    book: both,
    follows: ['look'],
  },
  {
    name: 'nor does another symbol’s order that leaves take it out',
    heard: [[10, removedAt('A', 'LTCBTC')]],
    book: both,
    follows: ['look'],
  },
  {
    name: 'told twice it is told once',
    heard: [
      [10, ended('A')],
      [11, ended('A')],
    ],
    book: ['B 1'],
    follows: [],
  },
  {
    name: 'the end of an order that is not known changes nothing that is shown',
    heard: [[10, ended('X')]],
    book: both,
    follows: ['X cancelled'],
  },
  {
    name: 'what was told open comes late behind its end',
    heard: [
      [10, ended('A')],
      [11, open(a, 5)],
    ],
    book: ['B 1'],
    follows: [],
  },
  {
    name: 'a reading asked for before the end does not undo it',
    heard: [
      [10, ended('A')],
      [9, [a, b]],
    ],
    book: ['B 1'],
    follows: [],
  },
  {
    name: 'a reading asked for after the end has the last word',
    heard: [
      [10, ended('A')],
      [11, [a, b]],
    ],
    book: both,
    follows: [],
  },
  {
    name: 'a new order is listed, and read to be sure',
    heard: [[10, open(left('C', '1'))]],
    book: [...both, 'C 1'],
    follows: ['look C'],
  },
  {
    name: 'a reading asked for before a new order was told keeps it',
    heard: [
      [10, open(left('C', '1'))],
      [9, [a, b]],
    ],
    book: [...both, 'C 1'],
    follows: [],
  },
  {
    name: 'a reading asked for after that does not',
    heard: [
      [10, open(left('C', '1'))],
      [11, [a, b]],
    ],
    book: both,
    follows: [],
  },
  {
    name: 'a change of which nobody knows when it was is shown, and read to be sure',
    heard: [[10, open(left('A', '0.5'))]],
    book: ['A 0.5', 'B 1'],
    follows: ['look A'],
  },
  {
    name: 'a later change than the one that is known needs no reading',
    heard: [
      [10, open(left('A', '0.5'), 100)],
      [11, open(left('A', '0.4'), 101)],
    ],
    book: ['A 0.4', 'B 1'],
    follows: [],
  },
  {
    name: 'an earlier one changes nothing',
    heard: [
      [10, open(left('A', '0.5'), 100)],
      [11, open(left('A', '0.6'), 99)],
    ],
    book: ['A 0.5', 'B 1'],
    follows: [],
  },
  {
    name: 'one at the same moment that says something else is read',
    heard: [
      [10, open(left('A', '0.5'), 100)],
      [11, open(left('A', '0.6'), 100)],
    ],
    book: ['A 0.6', 'B 1'],
    follows: ['look A'],
  },
  {
    name: 'what is told again in the same words needs no reading',
    heard: [
      [10, open(left('A', '0.5'))],
      [11, open(left('A', '0.5'))],
    ],
    book: ['A 0.5', 'B 1'],
    follows: [],
  },
  {
    name: 'a reading that contradicts a change lets its time count no more',
    heard: [
      [10, open(left('A', '0.5'), 100)],
      [20, [a, b]],
      [30, open(left('A', '0.4'), 101)],
    ],
    book: ['A 0.4', 'B 1'],
    follows: ['look A'],
  },
  {
    name: 'what was removed is not gone yet',
    heard: [[10, removed('A')]],
    book: both,
    follows: ['settle 110'],
  },
  {
    name: 'it has changed where it comes back',
    heard: [
      [10, removed('A')],
      [11, open(left('A', '2'))],
    ],
    book: ['A 2', 'B 1'],
    follows: ['look A'],
  },
  {
    name: 'a reading asked for after that and lists it is looked into',
    heard: [
      [10, removed('A')],
      [11, [a, b]],
    ],
    book: both,
    follows: ['look A'],
  },
  {
    name: 'after a fill a moment ago only a reading tells',
    heard: [
      [10, look('A')],
      [900, removed('A')],
    ],
    book: both,
    follows: ['look A'],
  },
  {
    name: 'and so where the fill comes behind it',
    heard: [
      [10, removed('A')],
      [11, look('A')],
    ],
    book: both,
    follows: ['look A'],
  },
  {
    name: 'a fill of long ago counts no more',
    heard: [
      [10, look('A')],
      [1010, removed('A')],
    ],
    book: both,
    follows: ['settle 1110'],
  },
  {
    name: 'of an order that is not known all are read',
    heard: [[10, look('X')]],
    book: both,
    follows: ['look'],
  },
  { name: 'where none is named too', heard: [[10, look()]], book: both, follows: ['look'] },
  {
    name: 'of an order that is known to have ended nothing is asked',
    heard: [
      [10, ended('A')],
      [11, look('A')],
    ],
    book: ['B 1'],
    follows: [],
  },
];

const isList = (news: Row['heard'][number][1]): news is readonly Order[] => Array.isArray(news);

describe('what is heard', () => {
  test.for(rows)('$name', ({ heard, book: expected, follows }) => {
    const book = createBook({ orders: [a, b], readAt: 0 });
    let last: readonly Consequence[] = [];
    for (const [at, news] of heard) {
      last = isList(news)
        ? (book.takeList({ orders: news, readAt: at }) ?? [])
        : book.hear(news, at);
    }
    expect(shown(book)).toEqual(expected);
    expect(short(last)).toEqual(follows);
  });

  test('what is missing in a push is as it was, and no push takes its protection away', () => {
    const stop = left('A', '1', { protective: true, stopPrice: '9' as Decimal, createdAt: 7 });
    const book = createBook({ orders: [stop], readAt: 0 });
    book.hear(open(left('A', '0.5', { type: '' })), 10);
    expect(book.orders()).toEqual([{ ...stop, remaining: '0.5' }]);
  });

  test('the venue’s words are handed on, with the order as it was listed', () => {
    const book = createBook({ orders: [a, b], readAt: 0 });
    expect(book.hear(ended('A'), 10)).toMatchObject([{ said: ['can'], order: { id: 'A' } }]);
  });

  test('what was removed and does not come back has ended', () => {
    const book = createBook({ orders: [a, b], readAt: 0 });
    book.hear(removed('A'), 10);
    expect(short(book.settle(109))).toEqual(['settle 110']);
    expect(short(book.settle(110))).toEqual(['A cancelled']);
    expect(shown(book)).toEqual(['B 1']);
    // Late all the same, it is open again, and read.
    expect(short(book.hear(open(a), 500))).toEqual(['look A']);
    expect(shown(book)).toEqual(['B 1', 'A 1']);
  });

  test('what was removed right before something was lost is for a reading to tell', () => {
    const book = createBook({ orders: [a], readAt: 0 });
    book.hear(removed('A'), 10);
    book.hear(look(), 20);
    expect(book.settle(1000)).toEqual([]);
    expect(shown(book)).toEqual(['A 1']);
  });

  test('a list that was asked for earlier than the last is not taken', () => {
    const book = createBook({ orders: [a], readAt: 10 });
    expect(book.takeList({ orders: [b], readAt: 9 })).toBeUndefined();
    expect(shown(book)).toEqual(['A 1']);
  });
});

test('a part of a list takes nothing out, undoes nothing that is newer, and is no more than the whole', () => {
  const book = createBook({ orders: [a, b], readAt: 0 });
  book.hear(open(left('A', '0.5')), 20);
  book.hear(ended('B'), 20);
  const part = [left('A', '0.9'), b, left('C', '1'), left('D', '1')];
  expect(book.takePart({ orders: part, readAt: 10 })).toBe(3);
  expect(shown(book)).toEqual(['A 0.5', 'C 1', 'D 1']);
  expect(book.readAt).toBe(0);
  book.takeList({ orders: [left('C', '1')], readAt: 10 });
  expect(shown(book)).toEqual(['C 1', 'A 0.5']);
  expect(book.takePart({ orders: part, readAt: 9 })).toBeUndefined();
});

describe('a reading of one order', () => {
  test('tells what has become of it', () => {
    const book = createBook({ orders: [a, b], readAt: 0 });
    expect(book.takeOne(a.id, { status: 'open', order: left('A', '0.3') }, 10)).toEqual([]);
    expect(shown(book)).toEqual(['A 0.3', 'B 1']);
    expect(short(book.takeOne(a.id, { ...closed('A'), status: 'filled' }, 20))).toEqual([
      'A filled',
    ]);
    expect(shown(book)).toEqual(['B 1']);
  });

  test('does not undo what was heard after it was asked for', () => {
    const book = createBook({ orders: [a, b], readAt: 0 });
    book.hear(open(left('A', '0.3')), 20);
    book.takeOne(a.id, { status: 'open', order: a }, 10);
    book.hear(ended('B'), 20);
    book.takeOne(b.id, { status: 'open', order: b }, 10);
    expect(shown(book)).toEqual(['A 0.3']);
  });

  test('brings nothing back that a list which was asked for later does not have', () => {
    const book = createBook({ orders: [a, b], readAt: 0 });
    book.takeList({ orders: [b], readAt: 20 });
    expect(book.takeOne(a.id, { status: 'open', order: a }, 10)).toEqual([]);
    expect(shown(book)).toEqual(['B 1']);
    book.takeOne(a.id, { status: 'open', order: a }, 30);
    expect(shown(book)).toEqual(['B 1', 'A 1']);
  });

  test('that does not know it leaves it to the list', () => {
    const book = createBook({ orders: [a], readAt: 0 });
    expect(short(book.takeOne(a.id, { status: 'not-found' }, 10))).toEqual(['look']);
    expect(shown(book)).toEqual(['A 1']);
  });
});

test('however many orders end, no more than so many ends are remembered', () => {
  const book = createBook();
  for (let id = 0; id <= 20_000; id++) book.end(`${id}` as OrderId, 10, true);
  // The first is forgotten, the second is not.
  expect(short(book.hear(open(left('0', '1')), 20))).toEqual(['look 0']);
  expect(short(book.hear(open(left('1', '1')), 20))).toEqual([]);
});

/** A venue with few orders, its pushes on their way, and readings that take their time. */
describe('whatever comes in whichever order', () => {
  const ids = ['A', 'B', 'C'];
  const act = fc.record({
    kind: fc.constantFrom('place', 'fill', 'change', 'end', 'read', 'answer', 'drop', 'wait'),
    id: fc.constantFrom(...ids),
    /** How long until the push of it comes, and whether it comes twice. */
    late: fc.nat(60),
    again: fc.option(fc.nat(400), { nil: undefined }),
  });
  type Act = typeof act extends fc.Arbitrary<infer Value> ? Value : never;

  /** As BtcTurk tells it: no times, a change is a removal and an insertion. Or as the others do. */
  function live(acts: readonly Act[], asBtcTurk: boolean) {
    const venue = new Map<string, number>();
    /** An order that has ended is never open again. */
    const gone = new Set<string>();
    const book = createBook();
    /** Ends that were told while the order was open. */
    const untrue: string[] = [];
    let now = 1000;
    let generation = 0;
    let pushes: { at: number; news: FeedNews; on: number }[] = [];
    let readings: { orders: readonly Order[]; readAt: number }[] = [];

    const snapshot = () => [...venue].map(([id, quantity]) => left(id, `${quantity}`));
    const note = (all: readonly Consequence[]) => {
      for (const each of all) {
        if (each.kind === 'ended' && !gone.has(each.reading.order.id))
          untrue.push(...short([each]));
      }
    };
    const push = ({ late, again }: Act, ...all: FeedNews[]) => {
      // What belongs together comes together.
      for (const at of [late, ...(again === undefined ? [] : [again])]) {
        pushes.push(...all.map((news) => ({ at: now + at, news, on: generation })));
      }
    };
    const openNews = (id: string) =>
      open(left(id, `${venue.get(id)}`), asBtcTurk ? undefined : now);
    const pass = (time: number) => {
      for (const end = now + time; now < end; now++) {
        const due = pushes.filter(({ at }) => at <= now);
        pushes = pushes.filter(({ at }) => at > now);
        for (const { news, on } of due) if (on === generation) note(book.hear(news, now));
        note(book.settle(now));
      }
    };

    for (const each of acts) {
      const { kind, id } = each;
      const quantity = venue.get(id);
      if (kind === 'place' && quantity === undefined && !gone.has(id)) {
        venue.set(id, 9);
        push(each, openNews(id));
      } else if (kind === 'fill' && quantity !== undefined && quantity > 1) {
        venue.set(id, quantity - 1);
        push(each, asBtcTurk ? look(id) : openNews(id));
      } else if (kind === 'change' && quantity !== undefined) {
        venue.set(id, quantity + 1);
        push(each, ...(asBtcTurk ? [removed(id)] : []), openNews(id));
      } else if (kind === 'end' && quantity !== undefined) {
        venue.delete(id);
        gone.add(id);
        push(each, asBtcTurk ? removed(id) : ended(id));
      } else if (kind === 'read') {
        readings.push({ orders: snapshot(), readAt: now });
      } else if (kind === 'answer') {
        const reading = readings.shift();
        if (reading) note(book.takeList(reading) ?? []);
      } else if (kind === 'drop') {
        // In the middle of what belongs together.
        const last = pushes.find(({ on }) => on === generation);
        if (last) note(book.hear(last.news, now));
        generation++;
        note(book.hear(look(), now));
      }
      pass(kind === 'wait' ? 250 : 7);
    }
    pass(1000);
    for (const reading of readings) note(book.takeList(reading) ?? []);
    book.takeList({ orders: snapshot(), readAt: now });
    return { book, venue, untrue };
  }

  test.for([true, false])(
    'the last reading leaves the book as the venue’s (as BtcTurk: %s)',
    (asBtcTurk) => {
      fc.assert(
        fc.property(fc.array(act, { maxLength: 40 }), (acts) => {
          const { book, venue } = live(acts, asBtcTurk);
          expect(new Set(shown(book))).toEqual(
            new Set([...venue].map(([id, quantity]) => `${id} ${quantity}`)),
          );
        }),
      );
    },
  );

  test.for([true, false])('no end is proven that was none (as BtcTurk: %s)', (asBtcTurk) => {
    fc.assert(
      fc.property(fc.array(act, { maxLength: 40 }), (acts) => {
        expect(live(acts, asBtcTurk).untrue).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });
});

describe('a clock that is set back', () => {
  test('holds no reading off, and lets none from before undo what was heard', () => {
    const book = createBook({ orders: [a], readAt: 100_000 });
    book.moveWithClock(100_010);
    book.hear(ended('A'), 100_010);
    // Asked for at 100,005, answered behind the leap.
    book.moveWithClock(40_020);
    expect(book.takeList({ orders: [a, b], readAt: 100_005 })).toEqual([]);
    expect(shown(book)).toEqual(['B 1']);
    book.moveWithClock(40_021);
    expect(book.takeList({ orders: [a], readAt: 40_021 })).toEqual([]);
    expect(shown(book)).toEqual(['A 1']);
    expect(book.readAt).toBe(40_021);
  });

  test('has what is restored read anew', () => {
    const book = createBook({ orders: [a], readAt: 100_000 });
    book.moveWithClock(40_000);
    // A request that cancels every order is planned by fresh lists alone.
    expect(book.readAt).toBe(-20_000);
    expect(book.takeList({ orders: [b], readAt: 40_000 })).toEqual([]);
    expect(shown(book)).toEqual(['B 1']);
  });

  test('by a little leaves what is known about as old as it was', () => {
    const book = createBook({ orders: [a], readAt: 100_000 });
    book.moveWithClock(99_990);
    expect(book.readAt).toBe(99_989);
  });

  test('keeps nothing from having ended', () => {
    const book = createBook({ orders: [a], readAt: 0 });
    book.moveWithClock(10_000);
    book.hear(removed('A'), 10_000);
    book.moveWithClock(2000);
    expect(short(book.settle(2000))).toEqual(['settle 2100']);
    expect(short(book.settle(2100))).toEqual(['A cancelled']);
  });
});
