import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { inOrder } from '#lib/page/orders/row-order.ts';
import type { Row } from '#lib/page/orders/row.ts';
import { accountOf, orderOf, rowOf } from '#tests/unit/support/view-world.ts';

const account = accountOf('a', 'habit-trade', 'Shares');
const undated = (id: string): Row => ({ ...rowOf(account, orderOf(id)), key: id });

const dated = (id: string, createdAt: number): Row => ({
  ...rowOf(account, orderOf(id, { createdAt })),
  key: id,
});

/** Plain and slow: each row below the last of those that stood above it. */
function inserted(listed: readonly string[], gone: readonly string[], before: readonly string[]) {
  const arranged = [...listed];
  for (const key of gone.toSorted((a, b) => before.indexOf(a) - before.indexOf(b))) {
    const above = new Set(before.slice(0, before.indexOf(key)));
    arranged.splice(arranged.findLastIndex((each) => above.has(each)) + 1, 0, key);
  }
  return arranged;
}

test('rows that are no longer listed stay below what stood above them', () => {
  const letters = Array.from('abcdefghij');
  fc.assert(
    fc.property(
      fc.shuffledSubarray(letters, { minLength: 1 }),
      fc.shuffledSubarray([...letters, 'x', 'y']),
      (before, listed) => {
        const gone = before.filter((key) => !listed.includes(key));
        const rows = [...gone, ...listed].map(undated);
        expect(inOrder(rows, listed, before).map(({ key }) => key)).toEqual(
          inserted(listed, gone, before),
        );
      },
    ),
  );
});

test('newest first, and those without a time below, as the venue has them', () => {
  const rows = [undated('z'), dated('old', 1), undated('y'), dated('new', 2), dated('b-new', 2)];
  expect(inOrder(rows, ['y', 'z'], []).map(({ key }) => key)).toEqual([
    'b-new',
    'new',
    'old',
    'y',
    'z',
  ]);
});
