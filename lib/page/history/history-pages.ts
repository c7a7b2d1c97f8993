import type { HistoryRow } from '#lib/protocol/messages.ts';

/** Rows of the history as far as they have been read, newest first. */
interface HistoryPages {
  readonly rows: readonly HistoryRow[];
  /** Where the next page begins; undefined where there is none. */
  readonly next?: number | undefined;
}

/**
 * What is known after one more page, which began before row `before`, or is the first one. Within its stretch the page
 * alone counts: what it leaves out is no longer found. A first page read again forgets nothing of the pages below it.
 */
export function joinPages(
  known: HistoryPages | undefined,
  page: HistoryPages,
  before: number | undefined,
): HistoryPages {
  if (!known) return page;
  const last = page.next === undefined ? -Infinity : Math.min(...page.rows.map(({ row }) => row));
  // So much has come since that rows between the two are not known: the pages below begin anew.
  if (before === undefined && (known.rows[0]?.row ?? -Infinity) < last) return page;
  const above = known.rows.filter(({ row }) => before !== undefined && row >= before);
  const below = known.rows.filter(({ row }) => row < last);
  return {
    rows: [...above, ...page.rows, ...below],
    next: before === undefined && below.length > 0 ? known.next : page.next,
  };
}
