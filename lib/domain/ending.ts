import type { Cancellation, EndState } from './cancellation.ts';
import type { ClosedOrder } from './order.ts';
import { remarkOf, type Remark } from './remark.ts';

/** How a cancellation ends: what is written down then, and what of its way is forgotten. */

/** What is true of a cancellation only until its end. */
export const passing = [
  'next',
  'lapsing',
  'claim',
  'shownOpen',
  'trouble',
  'contradiction',
] as const;

export function end(
  cancellation: Cancellation,
  state: EndState,
  now: number,
  order: Pick<ClosedOrder, 'filled' | 'quantity'> = {},
): Cancellation {
  const quantity = order.quantity ?? cancellation.order?.quantity;
  return {
    ...without(state === 'refused' ? cancellation : without(cancellation, 'reason'), ...passing),
    state,
    at: { ...cancellation.at, ended: now },
    ...(order.filled !== undefined && { filled: order.filled }),
    ...(quantity !== undefined && { quantity }),
  };
}

/** What was heard now takes the place of what was heard before. */
export function heard(cancellation: Cancellation, remark: Remark): Cancellation {
  return { ...without(cancellation, 'said', 'note'), ...remarkOf(remark) };
}

export function without<Key extends keyof Cancellation, From extends Partial<Cancellation>>(
  cancellation: From,
  ...keys: Key[]
): Omit<From, Key> {
  const copy: Partial<From> = { ...cancellation };
  for (const key of keys) delete copy[key];
  return copy as Omit<From, Key>;
}

/** Nothing more is sent; the order is open. */
export function stop(cancellation: Cancellation, now: number): Cancellation {
  return {
    ...without(cancellation, ...passing, 'stopping'),
    at: { ...cancellation.at, ended: now },
    stopped: true,
  };
}
