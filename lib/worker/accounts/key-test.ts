import type { KeyTest } from '#lib/domain/account.ts';
import type { CancelAccount } from '#lib/worker/lanes/connected-account.ts';
import { remarkOf } from '#lib/domain/remark.ts';
import { troubleReason } from '#lib/domain/reply.ts';

/**
 * Tries a key by reading the open orders, which changes nothing and needs what listing needs (on BtcTurk the very right
 * that cancelling needs). The clock is read first, so that a wrong one is told from a wrong key.
 */
export async function testKey({ client, reader }: CancelAccount): Promise<KeyTest> {
  await client.measureClock();
  const reply = await reader.list();
  const at = Date.now();
  if (reply.kind === 'orders') {
    const { orders, unreadable } = reply;
    const odd = unreadable === undefined ? {} : { unreadable };
    return { at, result: { ok: true, openOrders: orders.length, ...odd } };
  }
  const reason = troubleReason(reply);
  return { at, result: { ok: false, reason, ...remarkOf(reply) } };
}
