import type { AccountId } from '#lib/domain/account.ts';
import { cancelKindOf, type CancelRequest } from '#lib/worker/lanes/batches.ts';
import type { CancelAllPlan } from '#lib/protocol/messages.ts';
import type { OpenAccounts } from '#lib/worker/accounts/open-accounts.ts';

/** What a “Cancel all” would do now, and how long it would take. `planOf`: the requests for an account. */
export function estimateCancelAll(
  accounts: OpenAccounts,
  planOf: (id: AccountId) => readonly CancelRequest[],
): CancelAllPlan {
  const plans = [...accounts.entries()].map(([accountId, { client, lane }]) => {
    const requests = planOf(accountId);
    const kind = cancelKindOf(client.venue);
    const kinds = requests.map((request) => (request.kind === 'every' ? 'cancel' : kind));
    const orders = requests.reduce((sum, request) => sum + request.orders.length, 0);
    return { accountId, orders, estimate: lane.estimate(kinds) };
  });
  const [slowest] = plans.toSorted((a, b) => b.estimate.milliseconds - a.estimate.milliseconds);
  const { milliseconds = 0, limit } = slowest?.estimate ?? {};
  const accountId = milliseconds > 0 ? slowest?.accountId : undefined;
  return {
    orders: plans.reduce((sum, { orders }) => sum + orders, 0),
    milliseconds,
    ...(accountId && { slowest: { accountId, ...(limit && { limit }) } }),
  };
}
