import { batch, computed, effect, signal } from '@preact/signals';
import type { HistoryRow } from '#lib/protocol/messages.ts';
import type { Page } from '#lib/page/page.ts';
import { joinPages, type HistoryPages } from './history-pages.ts';

/** A word that is being typed is sought once. */
const typingPause = 150;
/** While cancellations get on, the first page is read again no more often than this. */
const readingPause = 500;
/** A search goes on by itself until it has found so many more. */
const pageSize = 50;

/**
 * The history as far as it has been read, or what of it was sought; its first page is read again whenever a
 * cancellation gets on. There is never more than one request under way, and none of them takes long: in a search each looks
 * through a stretch of rows, and the next one follows by itself, unless something else is sought by then.
 */
export function createHistory({ view, ask }: Pick<Page, 'view' | 'ask'>) {
  const text = signal('');
  const rows = signal<readonly HistoryRow[]>();
  const next = signal<number>();
  /** A search goes on by itself; and back to which time it has come. */
  const isSearching = signal(false);
  const searchedTo = signal<number>();
  /** The text of which `rows` are what was found. */
  const found = signal('');
  const busy = signal(false);
  const error = signal<string>();

  let isStopped = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  /** When the first page is to be read next, and when it was last; Unix milliseconds. */
  let due = Infinity;
  let lastRead = -Infinity;
  let known: HistoryPages | undefined;
  /** A search rests when it has found so many. */
  let wanted = pageSize;

  const read = async (before?: number) => {
    const sought = text.peek().trim();
    clearTimeout(timer);
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
      if (!isStopped && sought === text.peek().trim()) take(page, sought, before);
    } catch (problem) {
      if (!isStopped) error.value = problem instanceof Error ? problem.message : String(problem);
      isSearching.value = false;
    }
    goOn();
  };

  const take = (page: HistoryPages, sought: string, before: number | undefined) =>
    batch(() => {
      const isSame = sought === found.peek();
      if (!isSame) wanted = pageSize;
      known = joinPages(isSame ? known : undefined, page, before);
      rows.value = known.rows;
      next.value = known.next;
      searchedTo.value = known.searchedTo;
      isSearching.value = sought !== '' && known.next !== undefined && known.rows.length < wanted;
      found.value = sought;
      error.value = undefined;
    });

  const goOn = () => {
    const isSought = isSearching.peek() && text.peek().trim() === found.peek();
    if (isSought && !isStopped && due > Date.now()) {
      void read(next.peek());
      return;
    }
    busy.value = false;
    if (due < Infinity) plan(due);
  };

  /** Reads the first page at that time, or when what is under way has ended. */
  const plan = (at: number) => {
    due = at;
    clearTimeout(timer);
    if (isStopped || busy.peek()) return;
    timer = setTimeout(() => void read(), Math.max(0, at - Date.now()));
  };

  // Orders are read every few seconds: the view is another one then, and these are the same.
  const cancellations = computed(() => view.value?.cancellations);
  const unfollow = effect(() => {
    void cancellations.value;
    plan(Math.min(due, Math.max(Date.now(), lastRead + readingPause)));
  });

  return {
    text,
    rows,
    next,
    isSearching,
    searchedTo,
    found,
    busy,
    error,
    setText: (typed: string) => {
      text.value = typed;
      plan(Date.now() + typingPause);
    },
    readMore: () => {
      if (busy.peek() || text.peek().trim() !== found.peek()) return;
      wanted = (rows.value?.length ?? 0) + pageSize;
      if (next.value !== undefined) void read(next.value);
    },
    stop: () => {
      isStopped = true;
      clearTimeout(timer);
      unfollow();
    },
  };
}
