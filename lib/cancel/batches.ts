import type { CancelReply } from '../domain/reply.ts';
import type { AccountClient } from '../venues/account-client.ts';
import type { BatchName, OrderName } from '../venues/venue.ts';

/** Sends cancels, together where several are ready in the same moment and the venue takes batches. */
export interface CancelSender {
  send(name: OrderName): Promise<CancelReply>;
}

interface Waiting {
  readonly name: BatchName;
  readonly answer: (reply: CancelReply) => void;
}

/**
 * Each order is told its own reply. What becomes of a request as a whole (refused, no answer) is told to each of its
 * orders, and each settles it for itself.
 */
export function createCancelSender(client: AccountClient): CancelSender {
  const { socket } = client;
  const { cancel, cancelBatch, socket: protocol } = client.venue;
  let waiting: Waiting[] = [];

  function flush(): void {
    const ready = waiting;
    waiting = [];
    if (socket && protocol) {
      for (const batch of split(ready, protocol.most)) void sendBySocket(batch);
    } else {
      sendByRequest(ready);
    }
  }

  async function sendBySocket(batch: readonly Waiting[]): Promise<void> {
    const replies = await socket?.cancel(batch.map(({ name }) => name));
    // No socket can be had: nothing was sent, and the second way is taken.
    if (replies === undefined) return sendByRequest(batch);
    for (const [index, { answer }] of batch.entries()) {
      void (replies[index] ?? Promise.resolve(leftOut)).then(answer);
    }
  }

  /** With as few requests as the venue's rules allow. */
  function sendByRequest(ready: readonly Waiting[]): void {
    const { most = 1, oneSymbol = false } = cancelBatch ?? {};
    const groups = Map.groupBy(ready, ({ name }) => (oneSymbol ? name.symbol : undefined));
    for (const group of groups.values()) {
      for (const batch of split(group, most)) void sendRequest(batch);
    }
  }

  async function sendRequest(batch: readonly Waiting[]): Promise<void> {
    const [first, ...others] = batch;
    if (first === undefined) return;
    if (others.length === 0 || cancelBatch === undefined) {
      first.answer(await client.call(cancel, first.name));
      return;
    }
    const names = batch.map(({ name }) => name);
    const reply = await client.call(cancelBatch, names);
    for (const [index, { answer }] of batch.entries()) {
      answer(reply.kind === 'batch' ? (reply.replies[index] ?? leftOut) : reply);
    }
  }

  return {
    send(name) {
      // By client order id a reply to a batch could not be told apart; such cancels go alone.
      const goesAlone = !('orderId' in name) || (cancelBatch === undefined && socket === undefined);
      if (goesAlone) return client.call(cancel, name);
      return new Promise((resolve) => {
        if (waiting.length === 0) setTimeout(flush);
        waiting.push({ name, answer: resolve });
      });
    },
  };
}

const leftOut: CancelReply = { kind: 'unknown', words: 'the reply leaves this order out' };

function split<T>(all: readonly T[], most: number): (readonly T[])[] {
  return Array.from({ length: Math.ceil(all.length / most) }, (_, index) =>
    all.slice(index * most, (index + 1) * most),
  );
}
