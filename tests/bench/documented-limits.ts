/** What the venues' documents allow, written down here a second time: a bench must not believe the adapters. */

interface Limit {
  readonly most: number;
  readonly per: number;
}

interface VenueRule {
  /** Requests that cancel so many orders, spread evenly over so many symbols. */
  readonly requests: (orders: number) => number;
  readonly limits: readonly Limit[];
}

const rules: readonly VenueRule[] = [
  // BtcTurk (docs.btcturk.com, rate-limits): one by one.
  {
    requests: (orders) => orders,
    limits: [
      { most: 10, per: 1000 },
      { most: 300, per: 60_000 },
    ],
  },
  // Habit Trade: five in a batch; no number is told.
  { requests: (orders) => Math.ceil(orders / 5), limits: [] },
  // OX.FUN: twenty in a message on its WebSocket.
  { requests: (orders) => Math.ceil(orders / 20), limits: [{ most: 50, per: 1000 }] },
  // Ripio Trade: every order with one request.
  { requests: () => 1, limits: [{ most: 1, per: 1000 }] },
  // ZTDX: ten of one symbol in a batch, each a weight of one; four symbols.
  { requests: (orders) => 4 * Math.ceil(orders / 4 / 10), limits: [{ most: 2400, per: 60_000 }] },
];

/** From the first request until the last one that is needed may be sent, in ms, with so many orders on each venue. */
export function shortestTime(ordersOnEach: number): number {
  return Math.max(...rules.map(({ requests, limits }) => lastSent(requests(ordersOnEach), limits)));
}

/** In windows that start with their first request. */
function lastSent(requests: number, limits: readonly Limit[]): number {
  const windows = limits.map((limit) => ({ ...limit, from: 0, count: 0 }));
  let at = 0;
  for (let sent = 0; sent < requests; sent++) {
    for (const { from, per, count, most } of windows) {
      if (count >= most) at = Math.max(at, from + per);
    }
    for (const window of windows) {
      if (at >= window.from + window.per) {
        window.from = at;
        window.count = 0;
      }
      window.count++;
    }
  }
  return at;
}
