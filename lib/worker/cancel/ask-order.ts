import type { OrderAnswer } from '#lib/domain/lookup.ts';
import type { ClientOrderId, IdKind, OrderId } from '#lib/domain/order.ts';
import { remarkOf } from '#lib/domain/remark.ts';
import { troubleReason } from '#lib/domain/reply.ts';
import type { CancelAccount } from '#lib/worker/lanes/connected-account.ts';
import { readOrder } from './steps.ts';

/**
 * Asks a venue for the order that an id from a text may name, as each of the kinds of id that it may be, until one is
 * known there. Only reads: nothing is sent that could cancel.
 */
export async function askOrder(
  account: CancelAccount,
  id: string,
  kinds: readonly IdKind[],
  symbol?: string,
): Promise<OrderAnswer> {
  const { needsSymbol, takesClientOrderId } = account.client.venue;
  let answer: OrderAnswer = {
    kind: 'failed',
    reason: 'invalid-request',
    note: { code: 'no-such-id' },
  };
  for (const idKind of kinds) {
    if (idKind === 'client-order-id' && !takesClientOrderId) continue;
    if (needsSymbol && symbol === undefined) return { kind: 'symbol-needed', idKind };
    const known = symbol === undefined ? {} : { symbol };
    const name =
      idKind === 'order-id'
        ? { orderId: id as OrderId, ...known }
        : { clientOrderId: id as ClientOrderId, ...known };
    const reply = await readOrder(account, name);
    if (reply.kind !== 'read') {
      return { kind: 'failed', reason: troubleReason(reply), ...remarkOf(reply) };
    }
    answer = { kind: 'read', idKind, reading: reply.reading };
    if (reply.reading.status !== 'not-found') break;
  }
  return answer;
}
