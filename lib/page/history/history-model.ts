import { batch, effect, signal } from '@preact/signals';
import type { HistoryRow } from '#lib/protocol/messages.ts';
import type { Page } from '#lib/page/page.ts';
import { joinPages } from './history-pages.ts';

/** A word that is being typed is sought once. */
const typingPause = 150;
/** While cancellations get on, the first page is read again no more often than this. */
const readingPause = 500;

/**
 * The history as far as it has been read, or what of it was sought; its first page is read again whenever a
 * cancellation gets on. There is never more than one request under way.
 */
export function createHistory({ view, ask }: Pick<Page, 'view' | 'ask'>) {
  const text = signal('');
  const rows = signal<readonly HistoryRow[]>();
  const next = signal<number>();
  /** The text of which `rows` are what was found. */
  const found = signal('');
  const busy = signal(false);
  const error = signal<string>();

  let isStopped = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  /** When the first page is to be read next, and when it was last; Unix milliseconds. */
  let due = Infinity;
  let lastRead = -Infinity;

  const read = async (before?: number) => {
    const sought = text.peek().trim();
    if (before === undefined) {
      due = Infinity;
      lastRead = Date.now();
    }
    busy.value = true;
    try {
      const page = await ask({
        kind: 'history',
        ...(before !== undefined && { before }),
        ...(sought !== '' && { text: sought }),
      });
      // What was sought meanwhile is asked for next: this answer is not to it.
      if (isStopped || sought !== text.peek().trim()) return;
      batch(() => {
        const isSame = sought === found.peek();
        const known = isSame && rows.peek();
        const joined = joinPages(
          known ? { rows: known, next: next.peek() } : undefined,
          page,
          before,
        );
        rows.value = joined.rows;
        next.value = joined.next;
        found.value = sought;
        error.value = undefined;
      });
    } catch (problem) {
      if (!isStopped) error.value = problem instanceof Error ? problem.message : String(problem);
    } finally {
      busy.value = false;
      if (due < Infinity) plan(due);
    }
  };

  /** Reads the first page at that time, or when what is under way has ended. */
  const plan = (at: number) => {
    due = at;
    clearTimeout(timer);
    if (isStopped || busy.peek()) return;
    timer = setTimeout(() => void read(), Math.max(0, at - Date.now()));
  };

  const unfollow = effect(() => {
    void view.value?.cancellations;
    plan(Math.min(due, Math.max(Date.now(), lastRead + readingPause)));
  });

  return {
    text,
    rows,
    next,
    found,
    busy,
    error,
    setText: (typed: string) => {
      text.value = typed;
      plan(Date.now() + typingPause);
    },
    readMore: () => {
      if (busy.peek() || text.peek().trim() !== found.peek()) return;
      if (next.value !== undefined) void read(next.value);
    },
    stop: () => {
      isStopped = true;
      clearTimeout(timer);
      unfollow();
    },
  };
}
