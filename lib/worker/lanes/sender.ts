import { orderIdKey } from '#lib/domain/order-key.ts';
import type { CancelReply } from '#lib/domain/reply.ts';
import type { AccountClient } from '#lib/worker/network/account-client.ts';
import type { BatchName, OrderName } from '#lib/venues/wire.ts';
import { withdrawn as leftQueue, type Lane, type Leave } from './lane.ts';
import { takeRequest, cancelKindOf, batchRulesOf } from './batches.ts';

/**
 * An account's cancels on their way out. They wait here until the lane lets one request go; what is put into it is decided
 * only then, so that an urgent cancel overtakes all others, and what has come together goes together.
 */
export interface CancelSender {
  /** Never rejects. A cancel whose `signal` is aborted while it waits is not sent, and answered as unknown. */
  send(name: OrderName, how?: SendOptions): Promise<CancelReply>;
}

export interface SendOptions {
  /** Goes before those that are not; asked anew each time. */
  readonly isUrgent?: () => boolean;
  /** Goes behind all others, and leaves some of the venue's limits to them; asked anew each time. */
  readonly isRepeat?: () => boolean;
  /** Others may follow in the same turn: wait for them. */
  readonly gather?: boolean;
  /** Among others that are as urgent, the lower goes first. */
  readonly rank?: number;
  /** To be cancelled as one of every order, if all of that group are waiting when it comes to be sent. */
  readonly group?: () => EveryGroup | undefined;
  readonly signal?: AbortSignal;
  /** The user wants it sent whatever the venue has asked; asked anew each time. */
  readonly isForced?: () => boolean;
  /** Called before it is decided what goes next, and once more where a connection was waited for: what is too late can be taken back. */
  readonly onTurn?: () => void;
  /** Called right before the request is handed to the network. */
  readonly onSend?: () => void;
}

/** Orders that are every open one of the account, or of a symbol, by a reading. */
export interface EveryGroup {
  readonly symbol?: string;
  readonly size: number;
  /** When the reading was asked for, Unix ms: an old one does not tell what else is there by now. */
  readonly readAt: number;
  /** Ids that the venue says it has cancelled although they were not in the group. */
  readonly onOthers: (ids: readonly string[]) => void;
}

interface Waiting extends SendOptions {
  readonly name: OrderName;
  readonly symbol?: string;
  readonly answer: (reply: CancelReply) => void;
  /** When it was last taken to be sent, the user wanted that whatever the venue has asked. */
  wasForced?: boolean;
  /** It was refused among others for their number: it is the same sending still. */
  isAgain?: true;
}

/** How old the reading may be by which “every order” is the same as these, in milliseconds. */
const freshness = 3000;

const leftOut: CancelReply = { kind: 'unknown', note: { code: 'left-out' } };
const withdrawn: CancelReply = { kind: 'unknown', note: { code: 'withdrawn' } };

export function createCancelSender(client: AccountClient, lane: Lane): CancelSender {
  const { venue, socket } = client;
  const rules = batchRulesOf(venue);
  /** How many are named together: fewer, where so many have been refused by a limit that counts each. */
  let together = rules.most;
  const kind = cancelKindOf(venue);
  const canGather = rules.most > 1 || venue.cancelEvery !== undefined;
  /** By rank. */
  let waiting: Waiting[] = [];
  let isPumping = false;
  let isGathering = false;

  const isUrgent = () => waiting.some((each) => each.isUrgent?.());
  const isRepeat = () => waiting.every((each) => each.isRepeat?.());
  const isForced = () => waiting.some(isForcedStill);
  const isWithdrawn = () => waiting.length === 0;

  async function pump(): Promise<void> {
    if (isPumping) return;
    isPumping = true;
    while (waiting.length > 0) {
      const leave = await lane.enter(kind, isUrgent, { isRepeat, isForced, isWithdrawn });
      if (leave === leftQueue) continue;
      const sent = dispatch();
      if (sent) void sent(leave);
      else leave(false);
    }
    isPumping = false;
  }

  /** Takes the next request out of what waits; undefined where nothing waits any more. */
  function dispatch(): ((leave: Leave) => Promise<void>) | undefined {
    waiting[0]?.onTurn?.();
    const {
      forced = [],
      first: before = [],
      then = [],
      last = [],
    } = Object.groupBy(waiting, placeOf);
    const inOrder = [...forced, ...before, ...then, ...last];
    const [first] = inOrder;
    if (!first) return undefined;
    const group = first.group?.();
    const { cancelEvery } = venue;
    if (group && cancelEvery && Date.now() - group.readAt < freshness) {
      const members = waiting.filter((each) => each.group?.() === group);
      if (members.length === group.size) {
        return take(members, (leave: Leave) => sendEvery(cancelEvery, group, members, leave));
      }
    }
    if (!('orderId' in first.name))
      return take([first], (leave: Leave) => sendSingle(first, leave));
    // By client order id a reply to a batch could not be told apart; such cancels go alone.
    const { request } = takeRequest(
      inOrder.filter(({ name }) => 'orderId' in name),
      { ...rules, most: together },
    );
    const orders = request?.orders ?? [first];
    return take(orders, (leave: Leave) =>
      socket ? sendBySocket(orders, leave) : sendBatch(orders, leave),
    );
  }

  function take<Result>(taken: readonly Waiting[], result: Result): Result {
    const gone = new Set(taken);
    waiting = waiting.filter((each) => !gone.has(each));
    for (const order of taken) {
      order.wasForced = isForcedStill(order);
      if (!order.isAgain) order.onSend?.();
    }
    return result;
  }

  async function sendEvery(
    cancelEvery: NonNullable<typeof venue.cancelEvery>,
    { symbol, onOthers }: EveryGroup,
    orders: readonly Waiting[],
    leave: Leave,
  ): Promise<void> {
    const reply = await client.call(cancelEvery, symbol);
    leave(true, heed(reply));
    if (reply.kind !== 'every') return answerAll(orders, reply);
    const others = new Map(reply.replies);
    for (const { name, answer } of orders) {
      const id = 'orderId' in name ? orderIdKey(name.orderId) : '';
      answer(reply.replies.get(id) ?? leftOut);
      others.delete(id);
    }
    const cancelled = [...others].filter(([, { kind: said }]) => said !== 'claimed');
    if (cancelled.length > 0) onOthers(cancelled.map(([id]) => id));
  }

  async function sendBySocket(orders: readonly Waiting[], leave: Leave): Promise<void> {
    let meant = orders;
    const replies = await socket?.cancel(() => {
      orders[0]?.onTurn?.();
      meant = orders.filter(({ signal }) => !signal?.aborted);
      return meant.map(batchName);
    });
    if (replies === undefined) {
      // No socket can be had: nothing was sent, and the second way is taken.
      leave();
      await sendByRequests(orders);
      return;
    }
    answerAll(
      orders.filter((order) => !meant.includes(order)),
      withdrawn,
    );
    for (const [index, { answer }] of meant.entries()) {
      void (replies[index] ?? Promise.resolve(leftOut)).then(answer);
    }
    const heeded = (await Promise.all(replies)).map(heed);
    leave(meant.length > 0, heeded.every(Boolean));
  }

  /** What was taken back meanwhile is not sent. */
  async function sendByRequests(orders: readonly Waiting[]): Promise<void> {
    const { most = 1, oneSymbol = false } = venue.cancelBatch ?? {};
    let left = orders;
    while (left.length > 0) {
      const these = left;
      const leave = await lane.enter('cancel', () => these.some((each) => each.isUrgent?.()), {
        isForced: () => these.some((each) => each.wasForced || each.isForced?.()),
        isWithdrawn: () => these.every((each) => each.signal?.aborted),
      });
      if (leave !== leftQueue) left[0]?.onTurn?.();
      const { gone = [], meant = [] } = Object.groupBy(left, ({ signal }) =>
        signal?.aborted ? 'gone' : 'meant',
      );
      answerAll(gone, withdrawn);
      const { request, others } = takeRequest(meant, { most, oneSymbol });
      left = others;
      if (request) void sendBatch(request.orders, leave);
      else leave(false);
    }
  }

  async function sendBatch(orders: readonly Waiting[], leave: Leave): Promise<void> {
    const { cancelBatch } = venue;
    const [first] = orders;
    if (first && (orders.length === 1 || !cancelBatch)) return sendSingle(first, leave);
    if (!cancelBatch) return leave();
    const reply = await client.call(cancelBatch, orders.map(batchName));
    if (reply.kind === 'rate-limited' && reply.ofOrders) {
      together = Math.min(together, Math.ceil(orders.length / 2));
      leave();
      return putBack(orders);
    }
    const isAnswered = heed(reply);
    leave(true, isAnswered);
    if (isAnswered) pass(orders.length);
    if (reply.kind !== 'batch') return answerAll(orders, reply);
    for (const [index, { answer }] of orders.entries()) answer(reply.replies[index] ?? leftOut);
  }

  async function sendSingle({ name, answer }: Waiting, leave: Leave): Promise<void> {
    const reply = await client.call(venue.cancel, name);
    const isAnswered = heed(reply);
    leave(true, isAnswered);
    if (isAnswered) pass(1);
    answer(reply);
  }

  /** Fewer of them may pass, and nothing has been done with any: they go again at once. */
  function putBack(orders: readonly Waiting[]): void {
    const { gone = [], meant = [] } = Object.groupBy(orders, ({ signal }) =>
      signal?.aborted ? 'gone' : 'meant',
    );
    answerAll(gone, withdrawn);
    for (const order of meant) {
      order.isAgain = true;
      insert(order);
    }
    void pump();
  }

  /** As many as might go together have passed: more may. */
  function pass(count: number): void {
    if (count >= together) together = Math.min(rules.most, together * 2);
  }

  /** Before the lane is left, so that nothing slips out in between. Whether the venue has answered. */
  function heed(reply: { readonly kind: string; readonly retryAfter?: number }): boolean {
    if (reply.retryAfter === undefined) return reply.kind !== 'unknown';
    lane.holdBack('cancel', reply.retryAfter, Date.now());
    return false;
  }

  function insert(order: Waiting): void {
    const { rank = 0 } = order;
    const place = waiting.findLastIndex((each) => (each.rank ?? 0) <= rank);
    waiting.splice(place + 1, 0, order);
  }

  return {
    send(name, how = {}) {
      return new Promise((resolve) => {
        const { symbol } = name;
        const order: Waiting = {
          ...how,
          name,
          answer: resolve,
          ...(symbol !== undefined && { symbol }),
        };
        if (how.signal?.aborted) return resolve(withdrawn);
        how.signal?.addEventListener('abort', () => {
          const place = waiting.indexOf(order);
          if (place >= 0) {
            waiting.splice(place, 1);
            resolve(withdrawn);
          }
          // None is left that the lane waits for, or that was under way to a second way out.
          if (waiting.length === 0) lane.look();
        });
        // To look is to ask all that wait: of thousands that come together each would ask all the others.
        const isAhead = how.isUrgent?.() || how.isForced?.() || (isRepeat() && !how.isRepeat?.());
        insert(order);
        if (isAhead) lane.look();
        if (!how.gather || !canGather) void pump();
        else if (!isGathering && !isPumping) {
          isGathering = true;
          setTimeout(() => {
            isGathering = false;
            void pump();
          }, 0);
        }
      });
    },
  };
}

/** What the lane lets go for the user's word alone must be what the user meant. */
function placeOf(order: Waiting): 'forced' | 'first' | 'then' | 'last' {
  const { isUrgent, isRepeat } = order;
  if (isForcedStill(order)) return 'forced';
  if (isUrgent?.()) return 'first';
  return isRepeat?.() ? 'last' : 'then';
}

function isForcedStill({ isForced, isAgain, wasForced }: Waiting): boolean {
  return (isForced?.() || (isAgain && wasForced)) ?? false;
}

/** What becomes of a request as a whole (refused, no answer) is told to each of its orders, and each settles it. */
function answerAll(orders: readonly Waiting[], reply: CancelReply): void {
  for (const { answer } of orders) answer(reply);
}

function batchName({ name }: Waiting): BatchName {
  if (!('orderId' in name)) throw new TypeError('a batch names orders by the venue’s id');
  return name;
}
