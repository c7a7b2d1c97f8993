import type { OrderId } from '../domain/order.ts';
import type { CancelReply } from '../domain/reply.ts';
import type { BatchName, Signer, SocketMessage, SocketProtocol } from './venue.ts';

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
  readonly socket: WebSocket;
  readonly waiting: Map<string, Waiting>;
}

/** The orders of one cancel that have not been replied to, by their ids. */
type Waiting = Map<OrderId, (reply: CancelReply) => void>;

const silence: CancelReply = { kind: 'unknown', words: 'no reply on the WebSocket' };
const cut: CancelReply = { kind: 'unknown', words: 'the WebSocket closed before a reply' };

export function createSocketSession(
  protocol: SocketProtocol,
  base: string,
  signer: () => Signer,
): SocketSession {
  let current: Promise<Connection | undefined> | undefined;
  let tell: ((news: SocketNews) => void) | undefined;
  let tags = 0;

  function connect(): Promise<Connection | undefined> {
    current ??= open().then((connection) => {
      if (!connection) current = undefined;
      return connection;
    });
    return current;
  }

  /** Undefined where it cannot be opened or the login is refused. */
  function open(): Promise<Connection | undefined> {
    const { promise, resolve } = Promise.withResolvers<Connection | undefined>();
    const socket = new WebSocket(base.replace(/^http/, 'ws') + protocol.path);
    const connection: Connection = { socket, waiting: new Map() };
    const keepAlive = setInterval(() => {
      if (socket.readyState === WebSocket.OPEN) socket.send(protocol.ping.text);
    }, protocol.ping.every);
    const timer = setTimeout(giveUp, openingPatience);

    function giveUp(): void {
      resolve(undefined);
      socket.close();
    }

    // On opening or on the first message, whichever is first: the documents have both.
    let login: Promise<void> | undefined;
    const logIn = () => (login ??= protocol.login(signer()).then((text) => socket.send(text)));
    socket.addEventListener('open', () => void logIn().catch(giveUp));
    socket.addEventListener('message', ({ data }) => {
      void logIn().catch(giveUp);
      const message = protocol.read(String(data));
      if (message.kind === 'login') {
        clearTimeout(timer);
        if (message.failure) return giveUp();
        socket.send(protocol.subscribe);
        resolve(connection);
      } else {
        receive(connection, message);
      }
    });
    socket.addEventListener('close', () => {
      clearInterval(keepAlive);
      clearTimeout(timer);
      current = undefined;
      resolve(undefined);
      for (const orders of connection.waiting.values()) {
        for (const answer of orders.values()) answer(cut);
      }
      connection.waiting.clear();
    });
    return promise;
  }

  function receive({ waiting }: Connection, message: SocketMessage): void {
    if (message.kind === 'push' || message.kind === 'late-failure') tell?.(message);
    if (message.kind !== 'reply') return;
    const orders = waiting.get(message.tag);
    const named = message.orderId === undefined ? [...(orders?.keys() ?? [])] : [message.orderId];
    for (const id of named) {
      orders?.get(id)?.(message.reply);
      orders?.delete(id);
    }
    if (orders?.size === 0) waiting.delete(message.tag);
  }

  return {
    async cancel(names) {
      const connection = await connect();
      if (connection?.socket.readyState !== WebSocket.OPEN) return undefined;
      const tag = `c${++tags}`;
      const orders: Waiting = new Map();
      connection.waiting.set(tag, orders);
      const replies = names.map(({ orderId }) => {
        const { promise, resolve } = Promise.withResolvers<CancelReply>();
        orders.set(orderId, resolve);
        return promise;
      });
      connection.socket.send(protocol.cancel(names, tag));
      setTimeout(() => {
        for (const answer of orders.values()) answer(silence);
        connection.waiting.delete(tag);
      }, replyPatience);
      return replies;
    },
    follow(listener) {
      tell = listener;
    },
    close() {
      void current?.then((connection) => connection?.socket.close());
    },
  };
}
