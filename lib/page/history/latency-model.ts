import { batch, computed, effect, signal } from '@preact/signals';
import type { Latencies } from '#lib/domain/latency.ts';
import type { Page } from '#lib/page/page.ts';
import { timeAxis, type Days, type TimeAxis } from './time-axis.ts';

/** While cancellations get on, their times are read again no more often than this: thousands of rows are opened for it. */
const readingPause = 5000;

/** The times as they were read last. */
export interface ShownLatencies {
  readonly days: Days;
  readonly axis: TimeAxis;
  readonly latencies: Latencies;
}

/** How long cancels took over the chosen days. There is never more than one request under way. */
export function createLatency({ view, ask }: Pick<Page, 'view' | 'ask'>) {
  const days = signal<Days>(7);
  const shown = signal<ShownLatencies>();
  const error = signal<string>();

  let isStopped = false;
  let isBusy = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  /** When to read next, and when it was read last; Unix milliseconds. */
  let due = Infinity;
  let lastRead = -Infinity;

  const read = async () => {
    const chosen = days.peek();
    lastRead = Date.now();
    due = Infinity;
    isBusy = true;
    const axis = timeAxis(chosen, lastRead);
    try {
      const latencies = await ask({ kind: 'latencies', from: axis.from });
      // Other days were chosen meanwhile: these are asked for next.
      if (isStopped || chosen !== days.peek()) return;
      batch(() => {
        shown.value = { days: chosen, axis, latencies };
        error.value = undefined;
      });
    } catch (problem) {
      if (!isStopped) error.value = problem instanceof Error ? problem.message : String(problem);
    } finally {
      isBusy = false;
      if (due < Infinity) plan(due);
    }
  };

  const plan = (at: number) => {
    due = at;
    clearTimeout(timer);
    if (isStopped || isBusy) return;
    timer = setTimeout(() => void read(), Math.max(0, at - Date.now()));
  };

  // Orders are read every few seconds: the view is another one then, and these are the same.
  const cancellations = computed(() => view.value?.cancellations);
  const unfollow = effect(() => {
    void cancellations.value;
    plan(Math.min(due, Math.max(Date.now(), lastRead + readingPause)));
  });

  return {
    days,
    shown,
    error,
    setDays: (chosen: Days) => {
      days.value = chosen;
      plan(Date.now());
    },
    stop: () => {
      isStopped = true;
      clearTimeout(timer);
      unfollow();
    },
  };
}
