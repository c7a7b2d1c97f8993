import type { Row } from './row.ts';

/** Newest first; those without a time in the venue's order, and where they were once they are no longer listed. */
export function inOrder(
  rows: readonly Row[],
  venueOrder: readonly string[],
  orderBefore: readonly string[],
): readonly Row[] {
  const dated = rows.filter((row) => timeOf(row) !== undefined);
  dated.sort((a, b) => (timeOf(b) ?? 0) - (timeOf(a) ?? 0) || (a.key < b.key ? -1 : 1));
  if (dated.length === rows.length) return dated;
  const undated = rows.filter((row) => timeOf(row) === undefined);
  const places = placesOf(venueOrder);
  const isListed = ({ key }: Row) => places.has(key);
  const listed = undated.filter(isListed);
  listed.sort((a, b) => (places.get(a.key) ?? 0) - (places.get(b.key) ?? 0));
  return insertWhereTheyWere(
    [...dated, ...listed],
    undated.filter((row) => !isListed(row)),
    placesOf(orderBefore),
  );
}

/** Puts each row below the last of those that stood above it before. */
function insertWhereTheyWere(
  arranged: readonly Row[],
  rows: readonly Row[],
  before: ReadonlyMap<string, number>,
): readonly Row[] {
  if (rows.length === 0) return arranged;
  const placeOf = ({ key }: Row) => before.get(key) ?? -1;
  const marks = arranged
    .map((row, index) => ({ place: before.get(row.key) ?? Infinity, index }))
    .toSorted((a, b) => a.place - b.place);
  const below = new Map<number, Row[]>();
  let mark = 0;
  let last = -1;
  for (const row of rows.toSorted((a, b) => placeOf(a) - placeOf(b))) {
    for (let next = marks[mark]; next && next.place < placeOf(row); next = marks[++mark]) {
      last = Math.max(last, next.index);
    }
    below.set(last, [...(below.get(last) ?? []), row]);
  }
  return [
    ...(below.get(-1) ?? []),
    ...arranged.flatMap((row, index) => [row, ...(below.get(index) ?? [])]),
  ];
}

function placesOf(keys: readonly string[]): Map<string, number> {
  return new Map(keys.map((key, index) => [key, index]));
}

/** What a row is sorted by: the order's age, or that of the wish where no order is known. */
function timeOf({ order, cancellation }: Row): number | undefined {
  return order ? order.createdAt : cancellation?.at.requested;
}
