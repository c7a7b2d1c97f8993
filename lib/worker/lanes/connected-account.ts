import type { CancelReply } from '#lib/domain/reply.ts';
import type { AccountClient } from '#lib/worker/network/account-client.ts';
import type { Lane } from './lane.ts';
import { createOrderReader, type OrderReader } from './reader.ts';
import { createCancelSender, type CancelSender } from './sender.ts';

/** What cancelling needs of an account. */
export interface CancelAccount {
  readonly client: AccountClient;
  readonly lane: Lane;
  readonly sender: CancelSender;
  readonly reader: OrderReader;
}

/** `onCancelReply` is told what the venue answers to each cancel. */
export function createCancelAccount(
  client: AccountClient,
  lane: Lane,
  onCancelReply: (reply: CancelReply) => void = () => undefined,
): CancelAccount {
  const reader = createOrderReader(client, lane);
  lane.onDoubt(() => void reader.list(true));
  const inner = createCancelSender(client, lane);
  const sender: CancelSender = {
    async send(name, how) {
      const reply = await inner.send(name, how);
      onCancelReply(reply);
      return reply;
    },
  };
  return { client, lane, sender, reader };
}
