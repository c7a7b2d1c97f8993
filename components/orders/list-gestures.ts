/** How pointer and keyboard move and select in the list "Open orders". */

export interface Selecting {
  readonly toggle: (key: string) => void;
  /** Selects from the last row selected, or from row `from` where that is another, to row `key`. */
  readonly extendTo: (key: string, from?: string) => void;
  readonly selectAll: () => void;
  /** Whether there was anything to clear. */
  readonly clear: () => boolean;
}

export const rowSelector = '[role=listitem]';

export function rowOf(target: EventTarget | null): HTMLElement | null {
  return target instanceof Element ? target.closest<HTMLElement>(rowSelector) : null;
}

/** Puts the keyboard where it last was in the list. */
export function focusList(): void {
  document.querySelector<HTMLElement>('.row[tabindex="0"]')?.focus({ preventScroll: true });
}

/** The text that was marked when the pointer went down. */
let markedBefore = '';

/** A click with Shift would select the text up to there, and one on the checkbox take the focus from its row. */
export function pressRow(event: MouseEvent): void {
  markedBefore = markedText();
  const row = rowOf(event.target);
  if (!row || event.button !== 0 || isForItself(event.target)) return;
  if (!event.shiftKey && !(event.target instanceof HTMLInputElement)) return;
  event.preventDefault();
  row.focus({ preventScroll: true });
}

/** A click on a row selects it, unless it was for the button, for an id, or to mark text. */
export function clickRow(event: MouseEvent, { toggle, extendTo }: Selecting): void {
  const row = rowOf(event.target);
  const key = row?.dataset['key'];
  if (!row || key === undefined || isForItself(event.target)) return;
  if (event.shiftKey) extendTo(key);
  else if (markedText() === '' || markedText() === markedBefore) toggle(key);
}

function isForItself(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('button, .id') !== null;
}

function markedText(): string {
  return getSelection()?.toString() ?? '';
}

/** What the keys in the list act on. */
export interface KeyContext {
  readonly selecting: Selecting;
  /** The rows in the order in which they are shown, whether or not they are in the document. */
  readonly keys: readonly string[];
  /** Brings the keyboard to a row, or to its button. */
  readonly moveTo: (key: string | undefined, onButton: boolean) => void;
  /** The keyboard leaves the list upwards. */
  readonly leave: () => void;
}

/**
 * Arrows move between the rows, and between a row and its button; with Shift they select on the way. Space selects a
 * row, Enter does nothing there. Escape clears the selection first, then leaves the list.
 */
export function pressKey(
  event: KeyboardEvent,
  { selecting, keys, moveTo, leave }: KeyContext,
): void {
  const row = rowOf(event.target);
  const key = row?.dataset['key'];
  if (!row || key === undefined || event.altKey) return;
  if (event.ctrlKey || event.metaKey) {
    if (event.key.toLowerCase() !== 'a') return;
    selecting.selectAll();
    event.preventDefault();
    return;
  }
  const index = keys.indexOf(key);
  const onButton = event.target instanceof HTMLButtonElement;
  const go = (next: string | undefined) => {
    if (event.shiftKey && !onButton && next !== undefined) selecting.extendTo(next, key);
    moveTo(next, onButton);
  };
  switch (event.key) {
    case 'ArrowDown':
      go(keys[index + 1]);
      break;
    case 'ArrowUp':
      if (index > 0) go(keys[index - 1]);
      else if (!event.shiftKey) leave();
      break;
    case 'Home':
      go(keys[0]);
      break;
    case 'End':
      go(keys.at(-1));
      break;
    case 'ArrowRight':
      row.querySelector('button')?.focus();
      break;
    case 'ArrowLeft':
      row.focus();
      break;
    case ' ':
      // On the button it is the button's.
      if (onButton) return;
      selecting.toggle(key);
      break;
    case 'Escape':
      if (!selecting.clear()) leave();
      break;
    default:
      return;
  }
  event.preventDefault();
}
