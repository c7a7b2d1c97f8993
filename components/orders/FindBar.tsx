import './find-bar.css';
import type { RefObject } from 'preact';
import { useEffect } from 'preact/hooks';
import { CompactIcon, FilterIcon, RefreshIcon } from '#components/shared/Icons.tsx';
import { SearchField } from '#components/shared/SearchField.tsx';
import { t } from '#lib/words/text.ts';

export interface FindBarProps {
  text: string;
  onText: (text: string) => void;
  /** The arrow down leads from here into the list. */
  onDown: () => void;
  /** How many choices of the filter narrow the list. */
  chosen: number;
  filterOpen: boolean;
  onFilter: () => void;
  /** One line for an order. */
  compact: boolean;
  onCompact: () => void;
  reading: boolean;
  /** How old the oldest reading is. */
  age: string;
  onRefresh: () => void;
  /** There is something to cancel. */
  canCancelAll: boolean;
  onCancelAll: () => void;
  inputRef: RefObject<HTMLInputElement | null>;
}

/** Above the list: what it is narrowed to, and what is done with all of it. */
export function FindBar(props: FindBarProps) {
  const { text, onText, onDown, chosen, compact, reading, canCancelAll, inputRef } = props;
  useEffect(() => {
    // At open, and after unlocking; not when the keyboard is on its way through the tabs.
    if (document.activeElement === document.body) inputRef.current?.focus();
  }, [inputRef]);

  return (
    <div class="find-bar">
      <SearchField
        label={t('find.label')}
        text={text}
        onText={onText}
        onDown={onDown}
        inputRef={inputRef}
      />
      <button
        type="button"
        class={`tool ${chosen > 0 ? 'active' : ''}`}
        aria-label={chosen > 0 ? t('filter.active', { n: chosen }) : t('filter.name')}
        title={t('filter.name')}
        aria-expanded={props.filterOpen}
        onClick={props.onFilter}
      >
        <FilterIcon />
        {chosen > 0 && <span class="count">{chosen}</span>}
      </button>
      <button
        type="button"
        class={`tool ${compact ? 'active' : ''}`}
        aria-label={t('find.compact')}
        title={t('find.compact')}
        aria-pressed={compact}
        onClick={props.onCompact}
      >
        <CompactIcon />
      </button>
      <button
        type="button"
        class={`tool ${reading ? 'reading' : ''}`}
        aria-label={t('find.refresh')}
        title={t('find.refresh_age', { read: props.age })}
        onClick={props.onRefresh}
      >
        <RefreshIcon />
      </button>
      <button
        type="button"
        class="cancel cancel-all"
        aria-disabled={!canCancelAll}
        aria-haspopup="dialog"
        // The key that began it may still be held down when the dialog has gone.
        onKeyDown={(event) => event.repeat && event.preventDefault()}
        onClick={canCancelAll ? props.onCancelAll : undefined}
      >
        {t('cancel_all.name')}
      </button>
    </div>
  );
}
