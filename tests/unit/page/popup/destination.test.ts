import { expect, test } from 'vitest';
import type { Cancellation, CancellationId } from '#lib/domain/cancellation.ts';
import { findRow, isFreshDestination } from '#lib/page/popup/destination.ts';
import type { Group, Row } from '#lib/page/orders/row.ts';

test.each([
  [0, true],
  [59_999, true],
  [60_000, false],
])('after %d ms: followed is %s', (age, isFresh) => {
  expect(isFreshDestination({ kind: 'cancel-all', at: 1_000_000 }, 1_000_000 + age)).toBe(isFresh);
});

const rowWith = (key: string, id?: string) =>
  ({ key, ...(id && { cancellation: { id } as Cancellation }) }) as Row;
const groups = [
  { rows: [rowWith('a'), rowWith('b', 'one')], waiting: [] as readonly Row[] },
  { rows: [rowWith('c', 'later')], waiting: [rowWith('d', 'two')] },
] as unknown as readonly Group[];

test.each([
  ['one', { key: 'b', isWaiting: false }],
  ['two', { key: 'd', isWaiting: true }],
  // Its order has been asked to be cancelled again since: the row tells of that.
  ['earlier', undefined],
])('cancellation %s stands in %j', (id, place) => {
  expect(findRow(groups, id as CancellationId)).toEqual(place);
});
