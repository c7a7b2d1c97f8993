import type { Order } from '#lib/domain/order.ts';
import type { Venue } from '#lib/venues/venue.ts';
import type { RequestKind } from '#lib/venues/limits.ts';

/** What the rules of batches look at. */
export interface Cancellable {
  readonly symbol?: string;
}

/** How many orders a venue takes at once, on the way that is used. */
export interface BatchRules {
  readonly most: number;
  readonly oneSymbol: boolean;
}

/** With which requests several orders are cancelled: pure. The sender sends by the same rules. */
export type CancelRequest<Named extends Cancellable = Order> =
  /** Every open order of the account, or of the symbol. */
  | { readonly kind: 'every'; readonly symbol?: string; readonly orders: readonly Named[] }
  | { readonly kind: 'batch'; readonly orders: readonly Named[] }
  | { readonly kind: 'single'; readonly orders: readonly [Named] };

export function batchRulesOf({ socket, cancelBatch }: Venue): BatchRules {
  if (socket) return { most: socket.most, oneSymbol: false };
  return cancelBatch ?? { most: 1, oneSymbol: false };
}

/** What a cancel is to the venue's limits. */
export function cancelKindOf({ socket }: Venue): RequestKind {
  return socket ? 'message' : 'cancel';
}

/** The request for the first of the orders, with as many of the others as may go with it, and what is left. */
export function takeRequest<Named extends Cancellable>(
  orders: readonly Named[],
  { most, oneSymbol }: BatchRules,
): { readonly request: CancelRequest<Named> | undefined; readonly others: readonly Named[] } {
  const [first] = orders;
  if (first === undefined) return { request: undefined, others: orders };
  const taken = new Set<Named>();
  for (const order of orders) {
    if (taken.size === most) break;
    if (!oneSymbol || order.symbol === first.symbol) taken.add(order);
  }
  return {
    request:
      taken.size === 1
        ? { kind: 'single', orders: [first] }
        : { kind: 'batch', orders: [...taken] },
    others: orders.filter((order) => !taken.has(order)),
  };
}

export function inBatches<Named extends Cancellable>(
  orders: readonly Named[],
  rules: BatchRules,
): CancelRequest<Named>[] {
  const requests: CancelRequest<Named>[] = [];
  for (let left = orders; left.length > 0;) {
    const { request, others } = takeRequest(left, rules);
    if (!request) break;
    requests.push(request);
    left = others;
  }
  return requests;
}
