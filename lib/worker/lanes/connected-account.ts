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

export function createCancelAccount(client: AccountClient, lane: Lane): CancelAccount {
  const reader = createOrderReader(client, lane);
  lane.onDoubt(() => void reader.list(true));
  return { client, lane, sender: createCancelSender(client, lane), reader };
}
