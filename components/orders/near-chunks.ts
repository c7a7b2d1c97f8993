import { useCallback, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { rowForms, type Chunk, type RowForm } from '#lib/page/orders/chunks.ts';

/** So far beyond the edges of the scroller, in pixels, a chunk counts as near. */
const margin = 1000;

interface Ref {
  readonly current: HTMLElement | null;
}

/** Which chunks of the list are near what is in sight, and how high the others are to be; `form` never changes. */
export function useNearChunks(list: Ref, form: RowForm) {
  const usualRow = rowForms[form].height;
  const [near, setNear] = useState(() => new Set<string>());
  const heightsRef = useRef(new Map<string, { readonly height: number; readonly rows: number }>());
  const observerRef = useRef<IntersectionObserver | undefined>(undefined);

  useLayoutEffect(() => {
    const root = list.current?.closest('.scroll') ?? null;
    observerRef.current = new IntersectionObserver(
      (entries) => {
        for (const { target, boundingClientRect } of entries) {
          if (!(target instanceof HTMLElement)) continue;
          const { chunk = '', rows = '' } = target.dataset;
          // The height of one that has not all of its rows would be a guess remembered.
          if (target.childElementCount < Number(rows)) continue;
          heightsRef.current.set(chunk, { height: boundingClientRect.height, rows: Number(rows) });
        }
        setNear((before) => {
          const next = new Set(before);
          for (const { target, isIntersecting } of entries) {
            const id = target instanceof HTMLElement ? target.dataset['chunk'] : undefined;
            if (id === undefined) continue;
            if (isIntersecting) next.add(id);
            else next.delete(id);
          }
          return next.size === before.size && [...next].every((id) => before.has(id))
            ? before
            : next;
        });
      },
      { root, rootMargin: `${margin}px 0px` },
    );
    return () => observerRef.current?.disconnect();
  }, [list]);

  const observedRef = useRef(new Set<Element>());
  useLayoutEffect(() => {
    const now = new Set(list.current?.querySelectorAll('.chunk'));
    for (const chunk of observedRef.current) {
      if (now.has(chunk)) continue;
      observerRef.current?.unobserve(chunk);
      // One of the same name that comes later may be anywhere.
      near.delete(chunk instanceof HTMLElement ? (chunk.dataset['chunk'] ?? '') : '');
    }
    for (const chunk of now)
      if (!observedRef.current.has(chunk)) observerRef.current?.observe(chunk);
    observedRef.current = now;
  });

  const heightOf = useCallback(
    ({ id, rows }: Chunk): number => {
      const known = heightsRef.current.get(id);
      return known ? known.height + (rows.length - known.rows) * usualRow : rows.length * usualRow;
    },
    [usualRow],
  );

  return { near, heightOf };
}
