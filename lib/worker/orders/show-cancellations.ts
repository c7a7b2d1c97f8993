import type { Cancellation, CancellationId } from '#lib/domain/cancellation.ts';
import { hasEnded, leavesTheBook, standingOf } from '#lib/domain/standing.ts';
import { afterSending } from '#lib/worker/after-sending.ts';
import type { CancellationStore } from '#lib/worker/store/cancellations.ts';
import type { Publisher } from '#lib/worker/publish/publisher.ts';
import type { OpenOrders } from './open-orders.ts';

/** How cancellations come to the screen. */
interface ShownCancellations {
  show(cancellation: Cancellation): void;
  /** What the canceller has told: what is before the sending is shown after it. */
  showSoon(cancellation: Cancellation): void;
  /** Looks up what the last life may have left on the screen as unfinished, and tells of each. */
  catchUp(onFound: (cancellation: Cancellation) => void): Promise<void>;
}

export function showCancellations(
  publisher: Publisher,
  openOrders: OpenOrders,
  journal: Pick<CancellationStore, 'page'>,
): ShownCancellations {
  let soon: Cancellation[] = [];
  /** What the canceller has told of since this life began; until the view has caught up. */
  let heard: Set<CancellationId> | undefined = new Set();

  function show(cancellation: Cancellation): void {
    publisher.setCancellation(cancellation);
    if (leavesTheBook(cancellation)) openOrders.takeOut(cancellation);
  }

  function showNow(): void {
    const shown = soon;
    soon = [];
    for (const cancellation of shown) show(cancellation);
  }

  return {
    show,
    /** Nothing shall compete with the request that is about to go out. */
    showSoon(cancellation) {
      heard?.add(cancellation.id);
      const standing = standingOf(cancellation);
      if (standing === 'requested' || standing === 'sent') {
        if (soon.push(cancellation) === 1) afterSending(showNow);
        return;
      }
      showNow();
      show(cancellation);
    },
    /** The last life may have ended between the journal and the screen: what the view calls unfinished may have ended. */
    async catchUp(onFound) {
      const known = heard;
      heard = undefined;
      const stale = new Set(
        Object.values(publisher.view.cancellations)
          .filter((cancellation) => !hasEnded(cancellation) && !known?.has(cancellation.id))
          .map(({ id }) => id),
      );
      if (stale.size === 0) return;
      const rows = await journal.page(stale.size, undefined, ({ id }) => stale.has(id));
      for (const { cancellation } of rows) {
        if (!cancellation) continue;
        show(cancellation);
        onFound(cancellation);
      }
    },
  };
}
