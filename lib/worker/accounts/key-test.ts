import type { KeyTest } from '#lib/domain/account.ts';
import type { CancelAccount } from '#lib/worker/lanes/connected-account.ts';
import { optional } from '#lib/venues/order-schema.ts';
import { remarkOf } from '#lib/domain/remark.ts';
import { troubleReason } from '#lib/domain/reply.ts';

/**
 * Tries a key by reading the open orders, which changes nothing and needs what listing needs (on BtcTurk the very right
 * that cancelling needs). The clock is read first, so that a wrong one is told from a wrong key; then what the key may do, where the
 * venue tells.
 */
export async function testKey({ client, reader }: CancelAccount): Promise<KeyTest> {
  await client.measureClock();
  const reply = await reader.list();
  const rights = reply.kind === 'orders' ? await reader.rights() : undefined;
  const at = Date.now();
  if (reply.kind === 'orders') {
    const { orders, unreadable } = reply;
    const told = { ...optional('unreadable', unreadable), ...optional('rights', rights) };
    return { at, result: { ok: true, openOrders: orders.length, ...told } };
  }
  const reason = troubleReason(reply);
  return { at, result: { ok: false, reason, ...remarkOf(reply) } };
}
