import type { Failure } from '#lib/domain/reply.ts';
import type { Order } from '#lib/domain/order.ts';
import type { CancelReply } from '#lib/domain/reply.ts';
import { mine } from '#tests/unit/worker/cancel/cancel-world.ts';
import { openOrder, sweepWorld, type SweepScript } from './sweep-world.ts';

/** A “Cancel all” that has begun, in few words. */

export const refused: CancelReply = { kind: 'refused', reason: 'no-right', said: ['FORBIDDEN'] };
export const plain = (...ids: string[]) => ids.map((id) => openOrder(id));
export const numbered = (count: number) =>
  plain(...Array.from({ length: count }, (_, index) => `n${index}`));

/** A world with these orders, as read a moment ago, and a life in it. */
export function begun(
  script: SweepScript = {},
  orders: readonly Order[] = plain('a', 'b', 'c'),
  age = 100,
) {
  const world = sweepWorld(script);
  world.place(mine, ...orders);
  world.readBefore(age);
  return { ...world, ...world.live() };
}

export const down: Failure = { kind: 'unknown', note: { code: 'http', status: 503 } };
