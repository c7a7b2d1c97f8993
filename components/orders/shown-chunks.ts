import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import { rowForms, shownWhole, type Chunk, type RowForm } from '#lib/page/orders/chunks.ts';
import type { Row } from '#lib/page/orders/row.ts';
import { useNearChunks } from './near-chunks.ts';

/** Some of its rows may be in sight before anybody has scrolled. */
export function isFirst({ start }: Chunk, form: RowForm): boolean {
  return start < rowForms[form].firstScreen;
}

/** A page that is never idle gets its rows all the same, so many milliseconds later. */
const longestWait = 300;

interface Ref {
  readonly current: HTMLElement | null;
}

/**
 * Which rows are to be in the document: of a short list all, of a long one those near what is in sight and those near
 * the keyboard. For the first frame they are but a few, so that it comes sooner; and what is not near comes chunk by
 * chunk, so that no key that is pressed has to wait for all of them.
 */
export function useShownChunks(
  list: Ref,
  chunks: readonly (readonly Chunk[])[],
  count: number,
  form: RowForm,
) {
  const { firstScreen } = rowForms[form];
  const { near, heightOf } = useNearChunks(list, form);
  const { isPainted, firstRows } = useFirstRows(chunks, firstScreen);
  const [settled, setSettled] = useState<ReadonlySet<string>>(new Set());
  const isShort = count <= shownWhole;

  useEffect(() => {
    const ids = isShort ? chunks.flat().map(({ id }) => id) : [];
    const kept = ids.filter((id) => settled.has(id));
    const next = ids.find((id) => !settled.has(id));
    if (next === undefined && kept.length === settled.size) return;
    const idle = requestIdleCallback(
      () => setSettled(new Set(next === undefined ? kept : [...kept, next])),
      { timeout: longestWait },
    );
    return () => cancelIdleCallback(idle);
  }, [chunks, isShort, settled]);

  const rowsOf = ({ id, rows, start }: Chunk, current: string | undefined): readonly Row[] => {
    if (start === 0) return firstRows;
    if (!isPainted) return rows.slice(0, Math.max(0, firstScreen - start));
    const isShown =
      near.has(id) || (isShort && settled.has(id)) || rows.some(({ key }) => key === current);
    return isShown ? rows : [];
  };
  return { isShort, rowsOf, heightOf };
}

/**
 * The rows of the first chunk. Where many of them are new, in the first frame or because something else is sought, only
 * those that may be in sight come at once, and the others after the frame.
 */
function useFirstRows(chunks: readonly (readonly Chunk[])[], firstScreen: number) {
  const all = useMemo(() => chunks.flat().find(({ start }) => start === 0)?.rows ?? [], [chunks]);
  const [isPainted, setPainted] = useState(false);
  const [whole, setWhole] = useState<readonly Row[]>();
  const knownRef = useRef<ReadonlySet<string>>(new Set());
  const firstRows = useMemo(() => {
    if (all === whole) return all;
    const known = knownRef.current;
    const later = new Set(all.slice(firstScreen).filter(({ key }) => !known.has(key)));
    const isMuch = later.size > (isPainted ? firstScreen : 0);
    return isMuch ? all.filter((row) => !later.has(row)) : all;
  }, [all, whole, isPainted, firstScreen]);
  useLayoutEffect(() => {
    knownRef.current = new Set(firstRows.map(({ key }) => key));
  }, [firstRows]);

  const isDone = isPainted && firstRows === all;
  useEffect(() => {
    if (isDone) return;
    const timer = setTimeout(() => {
      setPainted(true);
      setWhole(all);
    });
    return () => clearTimeout(timer);
  }, [all, isDone]);
  return { isPainted, firstRows };
}
