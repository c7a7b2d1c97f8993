import type { Group, Row } from './row.ts';

/**
 * Several orders chosen at once. Only what is on the screen and can be cancelled is ever in it: an order that leaves,
 * is being cancelled or is narrowed away by “Find order” drops out, and does not come back by itself.
 */
export interface Selection {
  /** Keys of rows. */
  readonly keys: ReadonlySet<string>;
  /** The latest range: where it began, where it ended, and what it brought in. */
  readonly range?: {
    readonly anchor: string;
    readonly end: string;
    readonly added: ReadonlySet<string>;
  };
}

/** A row on the screen, as far as selecting goes. */
export interface ShownRow {
  readonly key: string;
  readonly canSelect: boolean;
  readonly protective: boolean;
}

export const nothingSelected: Selection = { keys: new Set() };

/** The rows in the order in which they are shown. */
export function shownRows(
  groups: readonly Group[],
  canSelect: (row: Row) => boolean,
): readonly ShownRow[] {
  return groups.flatMap(({ rows }) =>
    rows.map((row) => ({
      key: row.key,
      canSelect: canSelect(row),
      protective: row.order?.protective === true,
    })),
  );
}

/** Takes one row in or out; ranges begin there from now on. */
export function toggleRow({ keys }: Selection, rows: readonly ShownRow[], key: string): Selection {
  const isSelected = keys.has(key);
  const next = isSelected ? [...keys].filter((each) => each !== key) : [...keys, key];
  return keepShown({ keys: new Set(next), range: rangeAt(key) }, rows);
}

/**
 * Takes in all rows from the last one selected, or from `from` where that is another, to `key`. While the same range
 * is extended, what it reached before and reaches no longer goes out again.
 */
export function extendTo(
  { keys, range }: Selection,
  rows: readonly ShownRow[],
  key: string,
  from?: string,
): Selection {
  const goesOn = range && (from === undefined || from === range.end || from === range.anchor);
  const current = goesOn ? range : rangeAt(from ?? key);
  const end = rows.findIndex((row) => row.key === key);
  if (end < 0) return keepShown({ keys }, rows);
  const anchor = rows.findIndex((row) => row.key === current.anchor);
  const start = anchor < 0 ? end : anchor;
  const span = rows
    .slice(Math.min(start, end), Math.max(start, end) + 1)
    .filter(({ canSelect }) => canSelect)
    .map((row) => row.key);
  const others = new Set([...keys].filter((each) => !current.added.has(each)));
  const added = new Set(span.filter((each) => !others.has(each)));
  return keepShown(
    {
      keys: new Set([...others, ...added]),
      range: { anchor: rows[start]?.key ?? key, end: key, added },
    },
    rows,
  );
}

/** Takes in every row shown, except protective orders: they are kept unless selected one by one. */
export function selectAll({ keys }: Selection, rows: readonly ShownRow[]): Selection {
  return keepShown(
    { keys: new Set([...keys, ...rows.filter(isTakenByAll).map(({ key }) => key)]) },
    rows,
  );
}

/** What of the selection is shown and can be selected still; the same object where that is all. */
export function keepShown(selection: Selection, rows: readonly ShownRow[]): Selection {
  if (selection.keys.size === 0) return selection;
  const selectable = new Set(rows.filter(({ canSelect }) => canSelect).map(({ key }) => key));
  const keys = new Set([...selection.keys].filter((key) => selectable.has(key)));
  return keys.size === selection.keys.size ? selection : { ...selection, keys };
}

/** What the user is told of the selection. */
export interface SelectionSummary {
  readonly count: number;
  /** How many of them are protective orders. */
  readonly protective: number;
  /** Selecting all would take in more. */
  readonly hasMore: boolean;
  /** Protective orders that were left out although all others are in. */
  readonly leftOut: number;
}

export function summarize({ keys }: Selection, rows: readonly ShownRow[]): SelectionSummary {
  const others = rows.filter(({ key }) => !keys.has(key));
  const hasMore = others.some(isTakenByAll);
  return {
    count: keys.size,
    protective: rows.filter(({ key, protective }) => protective && keys.has(key)).length,
    hasMore,
    leftOut: hasMore ? 0 : others.filter(({ canSelect }) => canSelect).length,
  };
}

function isTakenByAll({ canSelect, protective }: ShownRow): boolean {
  return canSelect && !protective;
}

function rangeAt(key: string) {
  return { anchor: key, end: key, added: new Set<string>() };
}
