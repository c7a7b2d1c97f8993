import type { AccountId } from '#lib/domain/account.ts';
import type { OrderId } from '#lib/domain/order.ts';
import { readOrder } from '#lib/worker/cancel/steps.ts';
import type { OrderTold } from '#lib/worker/cancel/canceller-contract.ts';
import type { CancelAccount } from '#lib/worker/lanes/connected-account.ts';
import type { Consequence } from './book.ts';
import { createLookAgain, type LookAgain } from './look-again.ts';
import type { OpenOrders } from './open-orders.ts';

/** Does what follows from what a venue tells by itself. */
export interface HearOrders {
  follow(id: AccountId, consequence: Consequence): void;
  /** Reads all that is open: what was told may not be all that happened. */
  lookAgain(id: AccountId): void;
  /** Nothing more is read of the account. */
  drop(id: AccountId): void;
  stop(): void;
}

interface HearNeeds {
  readonly account: (id: AccountId) => CancelAccount | undefined;
  readonly openOrders: OpenOrders;
  /** An end is proven. */
  readonly onEnd: (id: AccountId, told: OrderTold) => void;
  /** The order has left its venue's book, which proves no end: a changed one leaves it too. */
  readonly onLeft: (id: AccountId, orderId: OrderId) => void;
}

export function hearOrders({ account, openOrders, onEnd, onLeft }: HearNeeds): HearOrders {
  const looks = new Map<AccountId, LookAgain>();

  function looksOf(id: AccountId): LookAgain {
    const own =
      looks.get(id) ??
      createLookAgain({ readOne: (orderId) => readOne(id, orderId), readAll: () => readAll(id) });
    looks.set(id, own);
    return own;
  }

  async function readAll(id: AccountId): Promise<boolean> {
    const found = account(id);
    return found !== undefined && 'orders' in (await openOrders.read(id, found, false));
  }

  /** By itself, which tells how it ended. */
  async function readOne(id: AccountId, orderId: OrderId): Promise<boolean> {
    const found = account(id);
    const symbol = openOrders.find({ accountId: id, orderId })?.symbol;
    if (!found || (found.client.venue.needsSymbol && !symbol)) return readAll(id);
    const askedAt = Date.now();
    const reply = await readOrder(found, { orderId, ...(symbol && { symbol }) });
    if (reply.kind === 'read') openOrders.take(id, orderId, reply.reading, askedAt);
    return reply.kind === 'read';
  }

  return {
    follow(id, consequence) {
      switch (consequence.kind) {
        case 'ended':
          if (consequence.isCertain) onEnd(id, consequence);
          return;
        case 'look':
          return looksOf(id).look(consequence.orderId);
        case 'settle':
          if (consequence.orderId !== undefined) onLeft(id, consequence.orderId);
          setTimeout(() => openOrders.settle(id), consequence.at - Date.now());
      }
    },
    lookAgain: (id) => looksOf(id).look(),
    drop(id) {
      looks.get(id)?.stop();
      looks.delete(id);
    },
    stop() {
      for (const each of looks.values()) each.stop();
    },
  };
}
