/** What a request asks of a venue, whichever address it has there. */
export const operations = [
  'cancel',
  'cancel-batch',
  'cancel-all',
  'open-orders',
  'order',
  'balances',
  'time',
  /** What a stream is entered by: a listen key, a ticket. */
  'pass',
  /** What the key may do. */
  'rights',
  'connect',
  'login',
  'subscribe',
] as const;

export type Operation = (typeof operations)[number];
