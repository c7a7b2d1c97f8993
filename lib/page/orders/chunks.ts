import type { Group, Row } from './row.ts';

/** A stretch of a group's rows: what a long list shows or leaves out as one. */
export interface Chunk {
  readonly id: string;
  readonly rows: readonly Row[];
  /** Where its first row stands in the whole list, from 0. */
  readonly start: number;
}

/**
 * How much an order is given: three lines, or one. `height`: of a row that says nothing unusual, in pixels; `firstScreen`: more
 * rows than the popup is high. The list's style has both.
 */
export const rowForms = {
  full: { height: 70, firstScreen: 9 },
  compact: { height: 27, firstScreen: 17 },
} as const;

export type RowForm = keyof typeof rowForms;

/** A list of no more rows is shown whole. */
export const shownWhole = 300;

const chunkSize = 50;

/** The chunks of each group, in the order of the groups. */
export function chunksOf(groups: readonly Group[]): readonly (readonly Chunk[])[] {
  let start = 0;
  return groups.map(({ account, rows }) => {
    const chunks = slicesOf(rows).map((slice, index) => ({
      id: `${account.id} ${index}`,
      rows: slice,
      start: start + index * chunkSize,
    }));
    start += rows.length;
    return chunks;
  });
}

const slices = new WeakMap<readonly Row[], readonly (readonly Row[])[]>();

/** The same slices for the same rows. */
function slicesOf(rows: readonly Row[]): readonly (readonly Row[])[] {
  const known = slices.get(rows);
  if (known) return known;
  const cut = Array.from({ length: Math.ceil(rows.length / chunkSize) }, (_, index) =>
    rows.slice(index * chunkSize, (index + 1) * chunkSize),
  );
  slices.set(rows, cut);
  return cut;
}
