import {
  requestCancellation,
  type Cancellation,
  type CancellationId,
} from '../domain/cancellation.ts';
import { advance } from '../domain/cancellation-steps.ts';
import type { Order } from '../domain/order.ts';
import type { CancelAccount } from './cancel-account.ts';
import { readOnce } from './steps.ts';

/**
 * The trigger orders that went with a cancelled order, each proven by reading it: those that were cancelled since the
 * parent's cancellation was asked for. What reads otherwise, or cannot be read, is left alone.
 */
export async function findCascade(
  account: CancelAccount,
  parent: Cancellation,
  candidates: readonly Order[],
): Promise<Cancellation[]> {
  const read = await Promise.all(candidates.map((order) => readAttached(account, parent, order)));
  return read.filter((cancellation) => cancellation !== undefined);
}

async function readAttached(
  account: CancelAccount,
  { ref, order: parent, at }: Cancellation,
  order: Order,
): Promise<Cancellation | undefined> {
  const own = { accountId: ref.accountId, orderId: order.id, symbol: order.symbol };
  const id = crypto.randomUUID() as CancellationId;
  const wish = requestCancellation(id, own, order, at.requested);
  const end = advance(wish, await readOnce(account, wish), Date.now());
  const { next: _, ...ended } = end;
  // Cancelled before, filled or still open: not by its parent.
  if (end.state !== 'cancelled' || parent === undefined) return undefined;
  return { ...ended, parent: parent.id, words: `cancelled with its parent order ${parent.id}` };
}
