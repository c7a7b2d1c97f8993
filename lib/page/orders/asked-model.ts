import { effect, signal, type ReadonlySignal } from '@preact/signals';
import type { CancellationId } from '#lib/domain/cancellation.ts';
import { canGoFirst, type Row } from './row.ts';
import type { RowWords } from '#lib/words/cancellation-words.ts';
import type { View } from '#lib/protocol/view.ts';

/** What the user asked of a row, until the view tells what became of it. */
export type Wish =
  | { readonly kind: 'asked' }
  | { readonly kind: 'taken'; readonly cancellationId: CancellationId; readonly at: number }
  | { readonly kind: 'failed'; readonly words: RowWords; readonly askedAt: number };

/** How long a wish that was taken is shown as one although the view does not have it. */
const patience = 3000;

export function createWishes(view: ReadonlySignal<View | undefined>, now: ReadonlySignal<number>) {
  const wishes = signal<ReadonlyMap<string, Wish>>(new Map());

  // A wish that was taken is shown as one until the view has it, or has had time to.
  effect(() => {
    if (wishes.value.size === 0) return;
    const known = view.value?.cancellations ?? {};
    const isSettled = (wish: Wish) =>
      wish.kind === 'taken' && (wish.cancellationId in known || now.value - wish.at > patience);
    if ([...wishes.value.values()].some(isSettled)) {
      wishes.value = new Map([...wishes.value].filter(([, wish]) => !isSettled(wish)));
    }
  });

  return {
    /** Undefined takes a wish back. */
    set(changes: Iterable<readonly [key: string, wish: Wish | undefined]>): void {
      const next = new Map(wishes.peek());
      for (const [key, wish] of changes) {
        if (wish) next.set(key, wish);
        else next.delete(key);
      }
      wishes.value = next;
    },

    isAsked: (row: Row): boolean => {
      const wish = wishes.value.get(row.key);
      return wish !== undefined && wish.kind !== 'failed';
    },

    failureOf: (row: Row): RowWords | undefined => {
      const wish = wishes.value.get(row.key);
      if (wish?.kind !== 'failed' || !(row.kind === 'open' || canGoFirst(row))) return undefined;
      // A worker that was silent may have taken the wish all the same; then what came of it counts.
      const isOutdated = row.cancellation && row.cancellation.at.requested >= wish.askedAt;
      return isOutdated ? undefined : wish.words;
    },
  };
}
