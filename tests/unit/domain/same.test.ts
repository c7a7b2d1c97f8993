import { expect, test } from 'vitest';
import { isSame, keepList } from '#lib/domain/same.ts';

const cases: [unknown, unknown, boolean][] = [
  [1, 1, true],
  [1, '1', false],
  [null, {}, false],
  [{ a: [1, { b: 2 }] }, { a: [1, { b: 2 }] }, true],
  [{ a: [1, { b: 2 }] }, { a: [1, { b: 3 }] }, false],
  [{ a: 1 }, { a: 1, b: 2 }, false],
  [{ a: 1, b: undefined }, { a: 1, c: 1 }, false],
  [[1, 2], [1], false],
];
test.each(cases)('%j and %j: %s', (a, b, expected) => {
  expect(isSame(a, b)).toBe(expected);
  expect(isSame(b, a)).toBe(expected);
});

test('a list is kept only where it holds the very same things in the same order', () => {
  const [a, b] = [{}, {}];
  const before = [a, b];
  expect(keepList(before, [a, b])).toBe(before);
  for (const other of [[a], [b, a], [a, {}], [a, b, a]])
    expect(keepList(before, other)).toBe(other);
  expect(keepList(undefined, before)).toBe(before);
});
