import { useLayoutEffect } from 'preact/hooks';
import { rowSelector } from './list-gestures.ts';

const held = `${rowSelector}, .group-trouble`;

interface Ref {
  readonly current: HTMLElement | null;
}

/** Holds the height of everything in a frozen list, whatever it comes to say; also of what comes into sight later. */
export function useStillRows(list: Ref, frozen: boolean): void {
  useLayoutEffect(() => {
    if (!frozen || !list.current) return;
    const fresh = `:is(${held}):not([style*=height])`;
    const parts = [...list.current.querySelectorAll<HTMLElement>(fresh)];
    const heights = parts.map((part) => part.getBoundingClientRect().height);
    for (const [index, part] of parts.entries()) part.style.height = `${heights[index]}px`;
  });
  useLayoutEffect(() => {
    if (frozen || !list.current) return;
    for (const part of list.current.querySelectorAll<HTMLElement>('[style*=height]')) {
      if (part.matches(held)) part.style.height = '';
    }
  }, [frozen, list]);
}
