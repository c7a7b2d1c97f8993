import type { RefObject } from 'preact';
import { isComposing } from './composing.ts';
import { SearchIcon } from './Icons.tsx';

/** A searchbox. The first Escape clears it; the next one is the browser's and closes the popup. */
export function SearchField({
  label,
  hint = label,
  text,
  onText,
  onDown,
  inputRef,
}: {
  label: string;
  /** What can be sought, where that is more than the label says. */
  hint?: string;
  text: string;
  onText: (text: string) => void;
  /** The arrow down leads from here into the list. */
  onDown?: () => void;
  inputRef?: RefObject<HTMLInputElement | null>;
}) {
  const onKeyDown = (event: KeyboardEvent) => {
    if (isComposing(event)) return;
    if (event.key === 'ArrowDown' && onDown) onDown();
    else if (event.key === 'Escape' && text !== '') onText('');
    else return;
    event.preventDefault();
  };
  return (
    <div class="find">
      <SearchIcon />
      <input
        ref={inputRef ?? null}
        type="search"
        aria-label={label}
        placeholder={hint}
        value={text}
        onInput={({ currentTarget }) => onText(currentTarget.value)}
        onKeyDown={onKeyDown}
        autocomplete="off"
        spellcheck={false}
      />
    </div>
  );
}
