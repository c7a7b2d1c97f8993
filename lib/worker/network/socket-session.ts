import type { OrderId } from '#lib/domain/order.ts';
import type { CancelReply } from '#lib/domain/reply.ts';
import type { SocketMessage, SocketProtocol } from '#lib/venues/socket-protocol.ts';
import type { BatchName } from '#lib/venues/wire.ts';
import { openConnection, type Connection, type ConnectionNeeds } from './connection.ts';

/** Cancels over an account's connection to its venue's WebSocket: opened when it is needed, kept while it lasts. */
export interface SocketSession {
  /**
   * Sends one cancel for all the orders, which it asks for once the connection is open and logged in, right before they go out: that may
   * have taken long. A promise for each, in their order; undefined where no connection can be had, and then nothing was sent.
   */
  cancel(choose: () => readonly BatchName[]): Promise<readonly Promise<CancelReply>[] | undefined>;
  /** Opens it ahead of need; whether it has come to be open and logged in. */
  open(): Promise<boolean>;
  /** Who is told what the venue tells without being asked. */
  follow(listener: (told: LateFailure) => void): void;
  /** Who hears all that comes, and that it has ended. */
  listen(listener: SocketListener): void;
  /** Closes it, unless a cancel waits for it or for its reply. */
  rest(): void;
  close(): void;
}

export type LateFailure = Extract<SocketMessage, { kind: 'late-failure' }>;

interface SocketListener {
  readonly onText: (text: string) => void;
  readonly onOver: () => void;
}

/** How long a reply may take, in milliseconds. */
const replyPatience = 5000;

/** The orders of one cancel that have not been replied to, by their ids. */
type Waiting = Map<OrderId, PromiseWithResolvers<CancelReply>>;

/** A connection, and what waits for replies on it by the tags of the cancels. */
interface Open {
  readonly connection: Connection;
  readonly waiting: Map<string, Waiting>;
}

const silence: CancelReply = { kind: 'unknown', note: { code: 'socket-silent' } };
const cut: CancelReply = { kind: 'unknown', note: { code: 'socket-closed' } };

export function createSocketSession(
  protocol: SocketProtocol,
  base: string,
  needs: ConnectionNeeds,
): SocketSession {
  let current: Open | undefined;
  let tell: ((told: LateFailure) => void) | undefined;
  let listener: SocketListener | undefined;
  let tags = 0;
  /** How many cancels wait for it to be open. */
  let arriving = 0;

  function open(): Open {
    const waiting = new Map<string, Waiting>();
    const connection = openConnection(protocol, base, needs, {
      onText: (text) => listener?.onText(text),
      onMessage: (message) => receive(waiting, message),
      onClose() {
        for (const orders of waiting.values()) answerAll(orders, cut);
        waiting.clear();
        if (current?.waiting === waiting) listener?.onOver();
      },
    });
    return { connection, waiting };
  }

  function receive(waiting: Map<string, Waiting>, message: SocketMessage): void {
    if (message.kind === 'late-failure') tell?.(message);
    if (message.kind !== 'reply') return;
    const orders = waiting.get(message.tag);
    const named = message.orderId === undefined ? [...(orders?.keys() ?? [])] : [message.orderId];
    for (const id of named) {
      orders?.get(id)?.resolve(message.reply);
      orders?.delete(id);
    }
    if (orders?.size === 0) waiting.delete(message.tag);
  }

  /** Undefined where the browser forbids it. */
  function usable(): Open | undefined {
    try {
      // One that is long in closing has no place here any more.
      if (!current || current.connection.isOver()) current = open();
      return current;
    } catch {
      return undefined;
    }
  }

  return {
    async cancel(choose) {
      const used = usable();
      if (!used) return undefined;
      const { connection, waiting } = used;
      arriving++;
      const isReady = await connection.ready;
      arriving--;
      if (!isReady || !connection.isOpen()) return undefined;
      const names = choose();
      if (names.length === 0) return [];
      const tag = `c${++tags}`;
      const orders: Waiting = new Map();
      waiting.set(tag, orders);
      const replies = names.map(({ orderId }) => {
        const reply = orders.get(orderId) ?? Promise.withResolvers<CancelReply>();
        orders.set(orderId, reply);
        return reply.promise;
      });
      const heardBefore = connection.heard();
      connection.send(protocol.cancel(names, tag));
      const timer = setTimeout(() => {
        answerAll(orders, silence);
        waiting.delete(tag);
        // Nothing at all has come: it may be dead, and the next cancel shall not wait for it too.
        if (connection.heard() === heardBefore) connection.close();
      }, replyPatience);
      void Promise.all(replies).then(() => clearTimeout(timer));
      return replies;
    },
    async open() {
      return (await usable()?.connection.ready) ?? false;
    },
    follow(told) {
      tell = told;
    },
    listen(to) {
      listener = to;
    },
    rest() {
      if (arriving === 0 && current?.waiting.size === 0) current.connection.close();
    },
    close: () => current?.connection.close(),
  };
}

function answerAll(orders: Waiting, reply: CancelReply): void {
  for (const { resolve } of orders.values()) resolve(reply);
}
