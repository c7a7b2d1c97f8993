import { effect, signal } from '@preact/signals';
import type { HistoryRow } from '#lib/messages/protocol.ts';
import type { Page } from '#lib/view/page.ts';

/** The history as far as it has been read; its first page is read again whenever a cancellation gets on. */
export function createHistory({ view, ask }: Page) {
  const rows = signal<readonly HistoryRow[]>();
  const next = signal<number>();
  const busy = signal(false);
  const error = signal<string>();
  let isStale = false;

  const read = async (before?: number) => {
    if (busy.peek()) {
      isStale = true;
      return;
    }
    busy.value = true;
    try {
      const answer = await ask({ kind: 'history', ...(before !== undefined && { before }) });
      // A first page read again must not forget how far down the user has gone.
      if (before !== undefined || rows.peek() === undefined) next.value = answer.next;
      rows.value = merge(rows.peek() ?? [], answer.rows);
      error.value = undefined;
    } catch (problem) {
      error.value = problem instanceof Error ? problem.message : String(problem);
    } finally {
      busy.value = false;
    }
    if (isStale) {
      isStale = false;
      await read();
    }
  };

  const stop = effect(() => {
    void view.value?.cancellations;
    void read();
  });

  return {
    rows,
    next,
    busy,
    error,
    readMore: () => {
      if (next.value !== undefined) void read(next.value);
    },
    stop,
  };
}

function merge(known: readonly HistoryRow[], read: readonly HistoryRow[]): readonly HistoryRow[] {
  const byRow = new Map([...known, ...read].map((row) => [row.row, row]));
  return [...byRow.values()].toSorted((a, b) => b.row - a.row);
}
