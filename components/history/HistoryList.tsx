import './history.css';
import type { HistoryRow } from '#lib/protocol/messages.ts';
import { searchedToWords } from '#lib/page/history/history-words.ts';
import { Calm } from '#components/shared/Calm.tsx';
import { HistoryItem } from './HistoryItem.tsx';
import { SearchDrawing } from '#components/shared/SearchDrawing.tsx';
import { t } from '#lib/words/text.ts';

export interface HistoryListProps {
  onText: (text: string) => void;
  /** Undefined before the first answer. */
  rows: readonly HistoryRow[] | undefined;
  /** The text of which the rows are what was found; empty where they are all. */
  found: string;
  hasMore: boolean;
  /** A search goes on; and back to which time it has come. */
  isSearching: boolean;
  searchedTo: number | undefined;
  busy: boolean;
  error: string | undefined;
  onMore: () => void;
}

export function HistoryList({
  rows,
  found,
  hasMore,
  isSearching,
  searchedTo,
  busy,
  error,
  onText,
  onMore,
}: HistoryListProps) {
  return (
    <div class="history">
      {error && (
        <p class="note" role="alert">
          {error}
        </p>
      )}
      {rows?.length === 0 && found === '' && (
        <Calm picture={<HistoryDrawing />} title={t('history.none_title')}>
          <p>{t('history.none_words')}</p>
        </Calm>
      )}
      {rows?.length === 0 && found !== '' && !hasMore && (
        <Calm picture={<SearchDrawing />} title={t('history.no_such_title')}>
          <p>{t('history.no_such_words', { text: found })}</p>
          <button type="button" onClick={() => onText('')}>
            {t('history.show_all')}
          </button>
        </Calm>
      )}
      {rows && rows.length > 0 && (
        <ul aria-label={t('history.name')}>
          {rows.map((row) => (
            <HistoryItem key={row.row} row={row} />
          ))}
        </ul>
      )}
      {isSearching && (
        <p class="history-searching">
          <span class="spinner" aria-hidden="true" />
          {searchedToWords(searchedTo)}
        </p>
      )}
      {hasMore && !isSearching && (
        <button type="button" class="more" onClick={onMore} aria-disabled={busy}>
          {busy && <span class="spinner" aria-hidden="true" />}
          {t('history.more')}
        </button>
      )}
    </div>
  );
}

const HistoryDrawing = () => (
  <>
    <circle cx="36" cy="36" r="16" />
    <path d="M36 27v9l6 4" />
  </>
);
