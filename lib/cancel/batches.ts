import type { CancelReply, Failure } from '../domain/reply.ts';
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
  const { cancel, cancelBatch } = client.venue;
  let waiting: Waiting[] = [];

  function flush(): void {
    const ready = waiting;
    waiting = [];
    for (const batch of partition(ready)) void sendBatch(batch);
  }

  /** As few requests as the venue's rules allow. */
  function partition(ready: readonly Waiting[]): Waiting[][] {
    const { most = 1, oneSymbol = false } = cancelBatch ?? {};
    const groups = Map.groupBy(ready, ({ name }) => (oneSymbol ? name.symbol : undefined));
    return [...groups.values()].flatMap((group) =>
      Array.from({ length: Math.ceil(group.length / most) }, (_, index) =>
        group.slice(index * most, (index + 1) * most),
      ),
    );
  }

  async function sendBatch(batch: readonly Waiting[]): Promise<void> {
    const [first] = batch;
    if (first === undefined) return;
    if (batch.length === 1 || cancelBatch === undefined) {
      first.answer(await client.call(cancel, first.name));
      return;
    }
    const names = batch.map(({ name }) => name);
    const reply = await client.call(cancelBatch, names);
    for (const [index, { answer }] of batch.entries()) answer(replyAt(reply, index));
  }

  return {
    send(name) {
      // By client order id a reply to a batch could not be told apart; such cancels go alone.
      if (cancelBatch === undefined || !('orderId' in name)) return client.call(cancel, name);
      return new Promise((resolve) => {
        if (waiting.length === 0) setTimeout(flush);
        waiting.push({ name, answer: resolve });
      });
    },
  };
}

function replyAt(
  reply: { readonly kind: 'batch'; readonly replies: readonly CancelReply[] } | Failure,
  index: number,
): CancelReply {
  if (reply.kind !== 'batch') return reply;
  return reply.replies[index] ?? { kind: 'unknown', words: 'the reply leaves this order out' };
}
