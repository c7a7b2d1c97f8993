import type { HistoryRow } from '#lib/messages/protocol.ts';
import { Calm } from './Calm.tsx';
import { HistoryItem } from './HistoryItem.tsx';

export interface HistoryListProps {
  /** Undefined before the first answer. */
  rows: readonly HistoryRow[] | undefined;
  hasMore: boolean;
  busy: boolean;
  error: string | undefined;
  onMore: () => void;
}

export function HistoryList({ rows, hasMore, busy, error, onMore }: HistoryListProps) {
  return (
    <div class="history">
      {error && (
        <p class="note" role="alert">
          {error}
        </p>
      )}
      {rows?.length === 0 && (
        <Calm picture="history" title="Nothing cancelled yet">
          <p>Every cancellation is written down here, with its times and the venue’s own words.</p>
        </Calm>
      )}
      {rows && rows.length > 0 && (
        <ul aria-label="History">
          {rows.map((row) => (
            <HistoryItem key={row.row} row={row} />
          ))}
        </ul>
      )}
      {hasMore && (
        <button type="button" class="more" onClick={onMore} aria-disabled={busy}>
          {busy && <span class="spinner" aria-hidden="true" />}
          Show 50 more
        </button>
      )}
    </div>
  );
}
