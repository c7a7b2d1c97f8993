import type { AccountId } from '#lib/domain/account.ts';
import type { Act, CancellationId } from '#lib/domain/cancellation.ts';
import type { Order } from '#lib/domain/order.ts';
import { hasExpired } from '#lib/worker/vault/kept-key.ts';
import { afterSending } from './after-sending.ts';
import type { KeptOpen } from './vault-session.ts';

/** Clicks that come while the worker starts: they wait for their own path alone, and the rest waits for them. */
export interface FirstClicks {
  /**
   * Cancels a listed order. Undefined where the rest of the start has to be waited for: nothing has been done then.
   */
  take(
    accountId: AccountId,
    order: Order,
    act: Act,
  ): Promise<CancellationId | undefined> | undefined;
  /** From here on none is taken: the start is over, or something is asked for that must come before. */
  close(): void;
  /** Resolves when the requests of those that have come are out, or could not be sent so soon. */
  out(): Promise<void>;
}

/** `left`: undefined where the vault is locked. */
export function createFirstClicks(left: Promise<KeptOpen | undefined>): FirstClicks {
  left.catch(() => undefined);
  const taken = new Set<Promise<unknown>>();
  let isClosed = false;

  async function cancel(accountId: AccountId, order: Order, act: Act) {
    const open = await left.catch(() => undefined);
    if (isClosed || !open) return undefined;
    const { path, kept } = open;
    return path.cancel(
      accountId,
      order,
      act,
      () => isClosed || hasExpired(kept, kept.writtenAt, Date.now()),
    );
  }

  return {
    take(accountId, order, act) {
      if (isClosed) return undefined;
      const cancelling = cancel(accountId, order, act);
      taken.add(cancelling);
      return cancelling;
    },
    close: () => void (isClosed = true),
    async out() {
      for (const each of taken) await each.catch(() => undefined);
      if (taken.size > 0) await new Promise<void>((resolve) => void afterSending(resolve));
    },
  };
}
