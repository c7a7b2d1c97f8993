import { effect, signal, type ReadonlySignal } from '@preact/signals';
import type { CancellationId } from '#lib/domain/cancellation.ts';
import { canGoFirst, type Row } from './row.ts';
import type { RowWords } from '#lib/words/cancellation-words.ts';
import type { View } from '#lib/protocol/view.ts';

/** What the user asked of a row, until the view tells what became of it. */
export type Asked =
  | { readonly kind: 'asked' }
  | { readonly kind: 'taken'; readonly cancellationId: CancellationId; readonly at: number }
  | { readonly kind: 'failed'; readonly words: RowWords; readonly askedAt: number };

/** How long what was taken is shown as asked for although the view does not have it. */
const patience = 3000;

export function createAsked(view: ReadonlySignal<View | undefined>, now: ReadonlySignal<number>) {
  const asked = signal<ReadonlyMap<string, Asked>>(new Map());

  // What was taken is shown as asked for until the view has it, or has had time to.
  effect(() => {
    if (asked.value.size === 0) return;
    const known = view.value?.cancellations ?? {};
    const isSettled = (each: Asked) =>
      each.kind === 'taken' && (each.cancellationId in known || now.value - each.at > patience);
    if ([...asked.value.values()].some(isSettled)) {
      asked.value = new Map([...asked.value].filter(([, each]) => !isSettled(each)));
    }
  });

  return {
    /** Undefined takes it back. */
    set(changes: Iterable<readonly [key: string, state: Asked | undefined]>): void {
      const next = new Map(asked.peek());
      for (const [key, state] of changes) {
        if (state) next.set(key, state);
        else next.delete(key);
      }
      asked.value = next;
    },

    isAsked: (row: Row): boolean => {
      const state = asked.value.get(row.key);
      return state !== undefined && state.kind !== 'failed';
    },

    failureOf: (row: Row): RowWords | undefined => {
      const state = asked.value.get(row.key);
      if (state?.kind !== 'failed' || !(row.kind === 'open' || canGoFirst(row))) return undefined;
      // A worker that was silent may have taken it all the same; then what came of it counts.
      const isOutdated = row.cancellation && row.cancellation.at.requested >= state.askedAt;
      return isOutdated ? undefined : state.words;
    },
  };
}
