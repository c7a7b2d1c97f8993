import { describe, expect, test } from 'vitest';
import type { OrderId } from '#lib/domain/order.ts';
import { createBook } from '#lib/worker/orders/book.ts';
import { a, b, closed, ended, left, open, removed, short, shown } from './book-world.ts';

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
