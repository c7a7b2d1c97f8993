import type { CancellationId } from '#lib/domain/cancellation.ts';
import type { HistoryRow } from '#lib/protocol/messages.ts';

/** So many rows are read in search of a cancellation of which no id is known. */
const mostRows = 500;

/** The history as far as it is shown. */
export interface ShownHistory {
  /** Undefined before the first answer. */
  readonly rows: readonly HistoryRow[] | undefined;
  /** The text of which the rows are what was found. */
  readonly found: string;
  /** What is sought now: the answer to it may not be there yet. */
  readonly text: string;
  readonly hasMore: boolean;
  /** A reading has failed. */
  readonly failed: boolean;
}

/**
 * How to get on towards a cancellation:
 * - `here`: its row is shown;
 * - `wait`: for an answer;
 * - `search`: for this text;
 * - `more`: read the next page;
 * - `nowhere`: it is not to be found.
 */
export type Seek =
  | { readonly kind: 'here' | 'wait' | 'more' | 'nowhere' }
  | { readonly kind: 'search'; readonly text: string };

/** `orderId`: the id of its order, of either kind, where it is known. */
export function seekInHistory(
  { rows, found, text, hasMore, failed }: ShownHistory,
  id: CancellationId,
  orderId: string | undefined,
): Seek {
  if (rows?.some(({ cancellation }) => cancellation?.id === id)) return { kind: 'here' };
  if (failed) return { kind: 'nowhere' };
  if (rows === undefined || text.trim() !== found) return { kind: 'wait' };
  // What the user sought before is not where it is.
  const sought = orderId ?? '';
  if (found !== sought) return { kind: 'search', text: sought };
  return { kind: hasMore && rows.length < mostRows ? 'more' : 'nowhere' };
}
