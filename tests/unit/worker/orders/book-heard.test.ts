import { describe, expect, test } from 'vitest';
import type { Decimal } from '#lib/domain/decimal.ts';
import type { Order } from '#lib/domain/order.ts';
import type { FeedNews } from '#lib/venues/feed.ts';
import { createBook, type Consequence } from '#lib/worker/orders/book.ts';
import { a, b, closed, ended, left, look, open, removed, short, shown } from './book-world.ts';

/** What is heard of orders, by a stream and by readings, and what the book holds after it. */

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

const openAt = (id: string, symbol: string): FeedNews => ({
  kind: 'open',
  order: left(id, '7', { symbol }),
  symbol,
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
    name: 'nor does one that is open at another symbol take its place',
    heard: [[10, openAt('A', 'LTCBTC')]],
    book: both,
    follows: ['look'],
  },
  {
    name: 'which at its own symbol is the order itself',
    heard: [[10, openAt('A', 'BTCTRY')]],
    book: ['A 7', 'B 1'],
    follows: ['look A'],
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
