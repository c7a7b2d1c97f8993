import { useLayoutEffect } from 'preact/hooks';

interface Ref {
  readonly current: HTMLElement | null;
}

const rows = '.still';

/** While the pointer is among the rows each keeps its height, whatever it comes to say: none moves under the pointer. */
export function useStill(box: Ref, frozen: boolean): void {
  useLayoutEffect(() => {
    if (!frozen || !box.current) return;
    const fresh = [...box.current.querySelectorAll<HTMLElement>(`${rows}:not([style*=height])`)];
    const heights = fresh.map((row) => row.getBoundingClientRect().height);
    for (const [index, row] of fresh.entries()) row.style.height = `${heights[index]}px`;
  });
  useLayoutEffect(() => {
    if (frozen || !box.current) return;
    for (const row of box.current.querySelectorAll<HTMLElement>(rows)) row.style.height = '';
  }, [frozen, box]);
}
