import type { OrderId } from '#lib/domain/order.ts';
import type { CancelReply } from '#lib/domain/reply.ts';
import { bounds } from '#lib/venues/bounds.ts';
import type { SocketMessage, SocketProtocol } from '#lib/venues/socket-protocol.ts';
import type { BatchName, Signer } from '#lib/venues/wire.ts';
import type { Socket, Transport } from './transport.ts';

/** One account's connection to its venue's WebSocket: opened when it is needed, kept while it lasts. */
export interface SocketSession {
  /**
   * Sends one cancel for all the orders. A promise for each, in their order; undefined where no connection can be
   * had, and then nothing was sent.
   */
  cancel(names: readonly BatchName[]): Promise<readonly Promise<CancelReply>[] | undefined>;
  /** Who is told what the venue tells without being asked. */
  follow(listener: (news: SocketNews) => void): void;
  close(): void;
}

export type SocketNews = Extract<SocketMessage, { kind: 'push' | 'late-failure' }>;

/** How long opening and logging in may take, and how long a reply, in milliseconds. */
const openingPatience = 3000;
const replyPatience = 5000;

interface Connection {
  readonly socket: Socket;
  /** Whether it has come to be open and logged in. */
  readonly ready: Promise<boolean>;
  readonly waiting: Map<string, Waiting>;
  /** How many messages have come. */
  heard: number;
}

/** The orders of one cancel that have not been replied to, by their ids. */
type Waiting = Map<OrderId, PromiseWithResolvers<CancelReply>>;

const silence: CancelReply = { kind: 'unknown', note: { code: 'socket-silent' } };
const cut: CancelReply = { kind: 'unknown', note: { code: 'socket-closed' } };

interface SessionWorld {
  readonly transport: Pick<Transport, 'openSocket'>;
  readonly signer: () => Signer;
  /** The venue's clock, in Unix milliseconds. */
  readonly venueNow: () => number;
}

export function createSocketSession(
  protocol: SocketProtocol,
  base: string,
  { transport, signer, venueNow }: SessionWorld,
): SocketSession {
  let current: Connection | undefined;
  let tell: ((news: SocketNews) => void) | undefined;
  let tags = 0;

  function open(): Connection {
    const socket = transport.openSocket(base.replace(/^http/, 'ws') + protocol.path, {
      onOpen: () => void logIn().catch(giveUp),
      onMessage: hear,
      onClose,
    });
    const { promise: ready, resolve } = Promise.withResolvers<boolean>();
    const connection: Connection = { socket, ready, waiting: new Map(), heard: 0 };
    const keepAlive = setInterval(() => {
      if (socket.isOpen()) socket.send(protocol.ping.text);
    }, protocol.ping.every);
    const timer = setTimeout(giveUp, openingPatience);

    function giveUp(): void {
      resolve(false);
      drop(connection);
    }

    // On opening or on the first message, whichever is first: the documents have both.
    let login: Promise<void> | undefined;
    const logIn = () => (login ??= protocol.login(signer()).then((text) => socket.send(text)));

    function hear(data: unknown): void {
      connection.heard++;
      void logIn().catch(giveUp);
      // Longer than any message, or no text: whatever it says, it is not known.
      if (typeof data !== 'string' || isTooLong(data)) return;
      const message = protocol.read(data, venueNow());
      if (message.kind === 'login') {
        clearTimeout(timer);
        if (message.failure) return giveUp();
        socket.send(protocol.subscribe);
        resolve(true);
      } else {
        receive(connection, message);
      }
    }

    function onClose(): void {
      clearInterval(keepAlive);
      clearTimeout(timer);
      giveUp();
      for (const orders of connection.waiting.values()) {
        for (const { resolve: answer } of orders.values()) answer(cut);
      }
      connection.waiting.clear();
    }

    return connection;
  }

  /** It may be long in closing; by then another may have taken its place. */
  function drop(connection: Connection): void {
    if (current === connection) current = undefined;
    connection.socket.close();
  }

  function receive({ waiting }: Connection, message: SocketMessage): void {
    if (message.kind === 'push' || message.kind === 'late-failure') tell?.(message);
    if (message.kind !== 'reply') return;
    const orders = waiting.get(message.tag);
    const named = message.orderId === undefined ? [...(orders?.keys() ?? [])] : [message.orderId];
    for (const id of named) {
      orders?.get(id)?.resolve(message.reply);
      orders?.delete(id);
    }
    if (orders?.size === 0) waiting.delete(message.tag);
  }

  return {
    async cancel(names) {
      let connection: Connection;
      try {
        connection = current ??= open();
      } catch {
        return undefined;
      }
      if (!(await connection.ready) || !connection.socket.isOpen()) {
        return undefined;
      }
      const tag = `c${++tags}`;
      const orders: Waiting = new Map();
      connection.waiting.set(tag, orders);
      const replies = names.map(({ orderId }) => {
        const reply = orders.get(orderId) ?? Promise.withResolvers<CancelReply>();
        orders.set(orderId, reply);
        return reply.promise;
      });
      const { heard } = connection;
      connection.socket.send(protocol.cancel(names, tag));
      const timer = setTimeout(() => {
        for (const { resolve } of orders.values()) resolve(silence);
        connection.waiting.delete(tag);
        // Nothing at all has come: it may be dead, and the next cancel shall not wait for it too.
        if (connection.heard === heard) drop(connection);
      }, replyPatience);
      void Promise.all(replies).then(() => clearTimeout(timer));
      return replies;
    },
    follow(listener) {
      tell = listener;
    },
    close() {
      if (current) drop(current);
    },
  };
}

/** By its bytes, which are one to three for each of JavaScript's characters: most need not be counted. */
function isTooLong(text: string): boolean {
  if (text.length * 3 <= bounds.frame) return false;
  return text.length > bounds.frame || new TextEncoder().encode(text).length > bounds.frame;
}
