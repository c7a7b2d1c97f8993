import type { RefObject } from 'preact';
import { useEffect } from 'preact/hooks';
import { RefreshIcon, SearchIcon } from './Icons.tsx';

export interface FindBarProps {
  text: string;
  onText: (text: string) => void;
  /** The arrow down leads from here into the list. */
  onDown: () => void;
  reading: boolean;
  /** How old the oldest reading is. */
  age: string;
  onRefresh: () => void;
  inputRef: RefObject<HTMLInputElement | null>;
}

export function FindBar({ text, onText, onDown, reading, age, onRefresh, inputRef }: FindBarProps) {
  useEffect(() => {
    // At open, and after unlocking; not when the keyboard is on its way through the tabs.
    if (document.activeElement === document.body) inputRef.current?.focus();
  }, [inputRef]);

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown') onDown();
    // The first Escape clears; the next one is the browser's and closes the popup.
    else if (event.key === 'Escape' && text !== '') onText('');
    else return;
    event.preventDefault();
  };

  return (
    <div class="find-bar">
      <div class="find">
        <SearchIcon />
        <input
          ref={inputRef}
          type="search"
          aria-label="Find order"
          placeholder="Find order"
          value={text}
          onInput={({ currentTarget }) => onText(currentTarget.value)}
          onKeyDown={onKeyDown}
          autocomplete="off"
          spellcheck={false}
        />
      </div>
      <button type="button" class={`refresh ${reading ? 'reading' : ''}`} onClick={onRefresh}>
        <RefreshIcon />
        Refresh
      </button>
      <span class="read-age">{age}</span>
    </div>
  );
}
