import type { KeyRight } from '#lib/domain/account.ts';
import { orderIdKey } from '#lib/domain/order-key.ts';
import type { Failure, ReadReply } from '#lib/domain/reply.ts';
import type { AccountClient } from '#lib/worker/network/account-client.ts';
import {
  readFromList,
  readOpenOrders,
  type ListReader,
  type OnPart,
  type ReadOrders,
} from '#lib/worker/network/list-pages.ts';
import type { BatchName, OrderName } from '#lib/venues/wire.ts';
import type { Lane, Leave } from './lane.ts';
import { takeRequest } from './batches.ts';

/** An account's readings on their way out: each waits for the lane, and those that can be had together go together. */
export interface OrderReader {
  /** Reads one order, open or closed, by a request that is sent after this was called. */
  read(name: OrderName): Promise<ReadReply>;
  /** What the key may do; undefined where the venue does not tell, or not now. */
  rights(): Promise<readonly KeyRight[] | undefined>;
  /** Reads all open orders; urgent where cancels wait for it. */
  list(isUrgent?: boolean, onPart?: OnPart): Promise<ReadOrders | Failure>;
}

interface Waiting {
  readonly name: OrderName;
  readonly symbol?: string;
  readonly answer: (reply: ReadReply) => void;
}

export function createOrderReader(client: AccountClient, lane: Lane): OrderReader {
  const { readOrder, readBatch, readRights } = client.venue;
  let waiting: Waiting[] = [];
  let isPumping = false;

  /** Every page of a list waits for the lane by itself. */
  const pages = (isUrgent: boolean): ListReader => ({
    venue: client.venue,
    async call(call, input) {
      const leave = await lane.enter('list', () => isUrgent);
      let isAnswered = false;
      try {
        const reply = await client.call(call, input);
        isAnswered = heed(reply);
        return reply;
      } finally {
        leave(true, isAnswered);
      }
    },
  });

  /** Before the lane is left, so that nothing slips out in between. Whether the venue has answered. */
  function heed(reply: unknown): boolean {
    const { kind, retryAfter } = reply as { readonly kind: string; readonly retryAfter?: number };
    if (retryAfter === undefined) return kind !== 'unknown';
    lane.holdBack('read', retryAfter, Date.now());
    return false;
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
    const isAnswered =
      together.length === 1 || !readBatch ? await readSingle(first) : await readTogether(together);
    leave(true, isAnswered);
  }

  function canGoTogether({ name, symbol }: Waiting): boolean {
    return 'orderId' in name && !(readBatch?.oneSymbol && symbol === undefined);
  }

  async function readSingle({ name, answer }: Waiting): Promise<boolean> {
    if (!readOrder) return false;
    const reply = await client.call(readOrder, name);
    const isAnswered = heed(reply);
    answer(reply);
    return isAnswered;
  }

  async function readTogether(orders: readonly Waiting[]): Promise<boolean> {
    if (!readBatch) return false;
    const names = orders.map(({ name }) => name as BatchName);
    const reply = await client.call(readBatch, names);
    const isAnswered = heed(reply);
    for (const order of orders) {
      if (reply.kind !== 'readings') {
        order.answer(reply);
        continue;
      }
      const { orderId } = order.name as BatchName;
      const reading = reply.readings.get(orderIdKey(orderId));
      if (reading) order.answer({ kind: 'read', reading });
      // Left out is not “not found”: it is asked for by itself.
      else void lane.enter('read').then(async (leave) => leave(true, await readSingle(order)));
    }
    return isAnswered;
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
      answer(replies[index] ?? { kind: 'unknown', note: { code: 'not-read' } });
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
    async rights() {
      if (!readRights) return undefined;
      const leave = await lane.enter('read');
      const reply = await client.call(readRights, undefined);
      leave(true, heed(reply));
      return reply.kind === 'rights' ? reply.rights : undefined;
    },
    list: (isUrgent = false, onPart) => readOpenOrders(pages(isUrgent), onPart),
  };
}
