import type { Publisher } from '#lib/worker/publish/publisher.ts';
import { countUnfinished } from '#lib/worker/store/cancellations.ts';
import { setUnfinishedAlarm } from '#lib/worker/browser/alarms.ts';
import type { Unlocked } from './unlocked.ts';

/** How long cancellations in flight may go on after a lock, in milliseconds. */
const finishingTime = 60_000;
/** By then the journal has what has just happened, in milliseconds. */
const countingPause = 250;

/** What goes on after a lock, and what pages are told of it. */
export interface AfterLock {
  /** What is in flight goes on, until nothing is or its time is over. */
  finish(unlocked: Unlocked): void;
  /** What still goes on, if anything: it is no longer over when nothing is in flight. */
  takeUp(): Unlocked | undefined;
  /** Shows how many cancellations wait for the next unlock. */
  showWaiting(): Promise<void>;
  /** A cancellation has come to another state: their number follows. */
  note(): void;
}

/** Locked, but going on until nothing is in flight or its time is over. */
interface Finishing {
  readonly unlocked: Unlocked;
  readonly timer: ReturnType<typeof setTimeout>;
}

export function createAfterLock(publisher: Publisher): AfterLock {
  let finishing: Finishing | undefined;
  let isCountDue = false;

  /** The journal knows how many there are, over the worker's death too. */
  async function showWaiting(): Promise<void> {
    const count = await countUnfinished().catch(() => 0);
    if (publisher.view.vault.state !== 'locked') return;
    const waiting = { count, isChecking: finishing !== undefined };
    publisher.set('vault', { state: 'locked', ...(count > 0 && { waiting }) });
  }

  return {
    finish(unlocked) {
      unlocked.streams.shut();
      const stop = () => {
        clearTimeout(own.timer);
        // Unlocked again in the meantime: it goes on.
        if (finishing !== own) return;
        finishing = undefined;
        unlocked.stop();
        setUnfinishedAlarm(false);
        publisher.clear();
        void showWaiting();
      };
      const own: Finishing = { unlocked, timer: setTimeout(stop, finishingTime) };
      finishing = own;
      void unlocked.idle().then(stop);
    },
    takeUp() {
      const taken = finishing;
      finishing = undefined;
      clearTimeout(taken?.timer);
      return taken?.unlocked;
    },
    showWaiting,
    note() {
      if (!finishing || isCountDue) return;
      isCountDue = true;
      setTimeout(() => {
        isCountDue = false;
        void showWaiting();
      }, countingPause);
    },
  };
}
