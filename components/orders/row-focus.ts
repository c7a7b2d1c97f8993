import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { rowOf } from './list-gestures.ts';

/** Longer than a press lasts, in milliseconds. */
const pressTime = 500;

interface Ref {
  readonly current: HTMLElement | null;
}

/** Where the keyboard is in the list, or would be; `keys` names the rows, whether or not they are in the document. */
export function useRowFocus(list: Ref, keys: readonly string[], onLeave: () => void) {
  const [chosen, setChosen] = useState<string>();
  const current = chosen !== undefined && keys.includes(chosen) ? chosen : keys[0];
  const wantedRef = useRef<{ key: string; onButton: boolean } | undefined>(undefined);
  const timerRef = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);

  const choose = (key: string | undefined) => {
    clearTimeout(timerRef.current);
    // Of the focus that a press brings nothing is to be seen: it is not rendered beside the click's request.
    if (list.current?.matches(':active')) timerRef.current = setTimeout(setChosen, pressTime, key);
    else setChosen(key);
  };

  const focusWanted = () => {
    if (!wantedRef.current) return;
    const { key, onButton } = wantedRef.current;
    const row = list.current?.querySelector<HTMLElement>(`[data-key="${CSS.escape(key)}"]`);
    if (!row) return;
    wantedRef.current = undefined;
    (onButton ? row.querySelector('button') : row)?.focus();
  };
  const moveTo = (key: string | undefined, onButton = false) => {
    if (key === undefined) return;
    wantedRef.current = { key, onButton };
    focusWanted();
    // The row of the current key is always in the document, after the next rendering at the latest.
    if (wantedRef.current) choose(key);
  };
  useLayoutEffect(focusWanted);
  useKeptFocus(list, keys, moveTo, onLeave);

  return { current, choose, moveTo };
}

/** When the row with the focus goes, the focus moves to the row that takes its place. */
function useKeptFocus(
  list: Ref,
  keys: readonly string[],
  moveTo: (key: string | undefined, onButton?: boolean) => void,
  onLeave: () => void,
) {
  const lastRef = useRef<
    { key: string; index: number; element: Element; onButton: boolean } | undefined
  >(undefined);
  const knownRef = useRef(keys);
  useLayoutEffect(() => {
    knownRef.current = keys;
  });
  useEffect(() => {
    const remember = ({ target }: FocusEvent) => {
      const row = list.current?.contains(target as Node) ? rowOf(target) : null;
      const key = row?.dataset['key'];
      const onButton = target instanceof HTMLButtonElement;
      lastRef.current =
        row && key !== undefined
          ? { key, index: knownRef.current.indexOf(key), element: row, onButton }
          : undefined;
    };
    document.addEventListener('focusin', remember);
    return () => document.removeEventListener('focusin', remember);
  }, [list]);
  useLayoutEffect(() => {
    const last = lastRef.current;
    if (!last || document.activeElement !== document.body) return;
    if (keys.includes(last.key)) {
      // A row that came into another chunk is made anew there. (A click beside the list only takes the focus away.)
      if (!last.element.isConnected) moveTo(last.key, last.onButton);
      return;
    }
    lastRef.current = undefined;
    const next = keys[Math.min(last.index, keys.length - 1)];
    if (next === undefined) onLeave();
    else moveTo(next);
  });
}
