import type { HistoryRow } from '#lib/protocol/messages.ts';

/** Rows of the history as far as it has been read or looked through, newest first. */
export interface HistoryPages {
  readonly rows: readonly HistoryRow[];
  /** The newest row that was looked at, found or not. */
  readonly newest: number;
  /** Where the next page begins; undefined where there is none. */
  readonly next?: number | undefined;
  /** Back to which time a search has come, Unix milliseconds. */
  readonly searchedTo?: number | undefined;
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
  if (before !== undefined) {
    const above = known.rows.filter(({ row }) => row >= before);
    return { ...page, newest: known.newest, rows: [...above, ...page.rows] };
  }
  const end = page.next ?? 0;
  // So much has come since that rows between the two are not known: the pages below begin anew.
  if (end > known.newest + 1) return page;
  const below = known.rows.filter(({ row }) => row < end);
  const { next, searchedTo } = (known.next ?? 0) < end ? known : page;
  return { rows: [...page.rows, ...below], newest: page.newest, next, searchedTo };
}
