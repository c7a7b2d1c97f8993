import type { OrderId } from '#lib/domain/order.ts';
import { orderIdKey } from '#lib/domain/order-key.ts';

/** Readings that pushes ask for: those of a moment together, and never one right after the other. */
export interface LookAgain {
  /** At this order; at all of them where none is named. */
  look(orderId?: OrderId): void;
  stop(): void;
}

export interface LookNeeds {
  /** Each of both resolves with whether the venue has told. */
  readonly readOne: (id: OrderId) => Promise<boolean>;
  readonly readAll: () => Promise<boolean>;
}

/** What happens to an order is often told in several messages: so long they are waited for, in milliseconds. */
const gathering = 50;
/** Between two readings. */
const rest = 1000;
/** The same where the venue could not be asked: the longer, the more often. */
const longestRest = 60_000;
/** Of more orders all are read: one request then costs less. */
const mostSingles = 8;

export function createLookAgain({ readOne, readAll }: LookNeeds): LookAgain {
  let singles = new Map<string, OrderId>();
  let isAll = false;
  let isReading = false;
  let isStopped = false;
  let failures = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function later(pause: number): void {
    if (isReading || isStopped) return;
    timer ??= setTimeout(() => void read(), pause);
  }

  async function read(): Promise<void> {
    timer = undefined;
    const ids = [...singles.values()];
    const isList = isAll || ids.length > mostSingles;
    singles = new Map();
    isAll = false;
    isReading = true;
    const reading = isList ? [readAll()] : ids.map(readOne);
    const told = await Promise.all(reading).catch(() => [false]);
    isReading = false;
    const hasFailed = told.includes(false);
    failures = hasFailed ? failures + 1 : 0;
    if (hasFailed) isAll = true;
    if (isStopped) return;
    if (isAll || singles.size > 0) later(Math.min(rest * 2 ** failures, longestRest));
    else timer = setTimeout(rested, rest);
  }

  /** Only what comes until then has to wait. */
  function rested(): void {
    timer = undefined;
    if (isAll || singles.size > 0) void read();
  }

  return {
    look(orderId) {
      // Beyond that the list is read, whichever they are.
      if (orderId === undefined || singles.size > mostSingles) isAll = true;
      else singles.set(orderIdKey(orderId), orderId);
      later(gathering);
    },
    stop() {
      isStopped = true;
      clearTimeout(timer);
    },
  };
}
