import type { Failure, ReadReply } from '../domain/reply.ts';
import type { AccountClient } from '../venues/account-client.ts';
import {
  readFromList,
  readOpenOrders,
  type ListReader,
  type ReadOrders,
} from '../venues/open-orders.ts';
import type { BatchName, OrderName } from '../venues/venue.ts';
import type { Lane, Leave } from './lane.ts';
import { takeRequest } from './plan.ts';

/** An account's readings on their way out: each waits for the lane, and those that can be had together go together. */
export interface OrderReader {
  /** Reads one order, open or closed, by a request that is sent after this was called. */
  read(name: OrderName): Promise<ReadReply>;
  /** Reads all open orders; urgent where cancels wait for it. */
  list(isUrgent?: boolean): Promise<ReadOrders | Failure>;
}

interface Waiting {
  readonly name: OrderName;
  readonly symbol?: string;
  readonly answer: (reply: ReadReply) => void;
}

export function createOrderReader(client: AccountClient, lane: Lane): OrderReader {
  const { readOrder, readBatch } = client.venue;
  let waiting: Waiting[] = [];
  let isPumping = false;

  /** Every page of a list waits for the lane by itself. */
  const pages = (isUrgent: boolean): ListReader => ({
    venue: client.venue,
    async call(call, input) {
      const leave = await lane.enter('list', () => isUrgent);
      try {
        return heed(await client.call(call, input));
      } finally {
        leave();
      }
    },
  });

  /** Before the lane is left, so that nothing slips out in between. */
  function heed<Reply>(reply: Reply): Reply {
    const { retryAfter } = reply as { readonly retryAfter?: number };
    if (retryAfter !== undefined) lane.holdBack('read', retryAfter, Date.now());
    return reply;
  }

  async function pump(): Promise<void> {
    if (isPumping) return;
    isPumping = true;
    while (waiting.length > 0) {
      if (readOrder) {
        const leave = await lane.enter('read');
        void readNext(leave);
      } else {
        await readList();
      }
    }
    isPumping = false;
  }

  async function readNext(leave: Leave): Promise<void> {
    const [first] = waiting;
    if (!first) return leave(false);
    const rules = readBatch ?? { most: 1, oneSymbol: false };
    const { request } = takeRequest(waiting.filter(canGoTogether), rules);
    const together = canGoTogether(first) ? (request?.orders ?? [first]) : [first];
    waiting = waiting.filter((each) => !together.includes(each));
    if (together.length === 1 || !readBatch) await readSingle(first);
    else await readTogether(together);
    leave();
  }

  function canGoTogether({ name, symbol }: Waiting): boolean {
    return 'orderId' in name && !(readBatch?.oneSymbol && symbol === undefined);
  }

  async function readSingle({ name, answer }: Waiting): Promise<void> {
    if (readOrder) answer(heed(await client.call(readOrder, name)));
  }

  async function readTogether(orders: readonly Waiting[]): Promise<void> {
    if (!readBatch) return;
    const names = orders.map(({ name }) => name as BatchName);
    const reply = heed(await client.call(readBatch, names));
    for (const order of orders) {
      if (reply.kind !== 'readings') {
        order.answer(reply);
        continue;
      }
      const { orderId } = order.name as BatchName;
      const reading = reply.readings.get(orderId.toLowerCase());
      if (reading) order.answer({ kind: 'read', reading });
      // Left out is not “not found”: it is asked for by itself.
      else void lane.enter('read').then((leave) => readSingle(order).finally(leave));
    }
  }

  /** One reading of the list for all that wait. */
  async function readList(): Promise<void> {
    const sought = waiting;
    waiting = [];
    const replies = await readFromList(
      pages(false),
      sought.map(({ name }) => name),
    );
    for (const [index, { answer }] of sought.entries()) {
      answer(replies[index] ?? { kind: 'unknown', words: 'not read' });
    }
  }

  return {
    read(name) {
      return new Promise((resolve) => {
        const { symbol } = name;
        waiting.push({ name, answer: resolve, ...(symbol !== undefined && { symbol }) });
        if (isPumping) return;
        // What is to be read in the same turn is read together, where the venue can.
        if (readOrder && !readBatch) void pump();
        else if (waiting.length === 1) setTimeout(() => void pump(), 0);
      });
    },
    list: (isUrgent = false) => readOpenOrders(pages(isUrgent)),
  };
}
