import { expect, test } from 'vitest';
import { chunksOf } from '#lib/page/orders/chunks.ts';
import { accountOf, groupOf, orderOf } from '#tests/unit/support/view-world.ts';

const orders = (count: number) => Array.from({ length: count }, (_, index) => orderOf(`${index}`));
const groups = [
  groupOf(accountOf('a', 'ripio', 'A'), orders(120)),
  groupOf(accountOf('b', 'ripio', 'B'), []),
  groupOf(accountOf('c', 'ripio', 'C'), orders(50)),
];

test('every row is in one chunk, in order, and each chunk knows where it begins', () => {
  const chunks = chunksOf(groups);
  expect(chunks.map((each) => each.map(({ id, start, rows }) => [id, start, rows.length]))).toEqual(
    [
      [
        ['a 0', 0, 50],
        ['a 1', 50, 50],
        ['a 2', 100, 20],
      ],
      [],
      [['c 0', 120, 50]],
    ],
  );
  expect(chunks.map((each) => each.flatMap(({ rows }) => rows))).toEqual(
    groups.map(({ rows }) => rows),
  );
});

const slices = () => chunksOf(groups).flatMap((each) => each.map(({ rows }) => rows));

test('the same rows are cut into the very same slices', () => {
  const before = slices();
  for (const [index, slice] of slices().entries()) expect(slice).toBe(before[index]);
});
