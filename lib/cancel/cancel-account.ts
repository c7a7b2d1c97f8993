import type { AccountClient } from '../venues/account-client.ts';
import type { CancelSender } from './batches.ts';
import type { Lane } from './lane.ts';

/** What cancelling needs of an account. */
export interface CancelAccount {
  readonly client: AccountClient;
  readonly lane: Lane;
  readonly sender: CancelSender;
}
