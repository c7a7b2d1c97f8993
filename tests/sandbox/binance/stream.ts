import type { Faults } from '#tests/sandbox/shared/faults.ts';
import { tryParseJson } from '#tests/sandbox/shared/json.ts';
import type { BookOrder, OrderBook } from '#tests/sandbox/shared/order-book.ts';
import type { Operation } from '#tests/sandbox/shared/operation.ts';
import { PushLine } from '#tests/sandbox/shared/push-line.ts';
import type { RateLimits } from '#tests/sandbox/shared/rate-limits.ts';
import type { RequestLog } from '#tests/sandbox/shared/request-log.ts';
import { StreamFaults } from '#tests/sandbox/shared/stream-faults.ts';
import type { Timers } from '#tests/sandbox/shared/timers.ts';
import type { VenueClock } from '#tests/sandbox/shared/venue-clock.ts';
import { answerMessage, type MessageWork } from '#tests/sandbox/shared/websocket-message.ts';
import { VenueSockets, type SocketConnection } from '#tests/sandbox/shared/websocket.ts';
import { signedParameters, type authorizer } from './authorize.ts';
import { executionReport } from './events.ts';
import { usedWeight } from './limits.ts';
import type { Names } from './order-object.ts';
import { errorOf, type BinanceError, type ErrorBody } from './replies.ts';

interface Desk {
  readonly book: OrderBook;
  readonly clock: VenueClock;
  readonly faults: Faults<BinanceError>;
  readonly limits: RateLimits;
  readonly requests: RequestLog;
  readonly timers: Timers;
  readonly authorize: ReturnType<typeof authorizer>;
}

export interface Stream {
  readonly sockets: VenueSockets;
  /** To all that are subscribed, of an order. */
  readonly push: (order: BookOrder, event: object) => void;
  /** From now on every change of the book is pushed. */
  readonly follow: (names: Names) => void;
  /** The subscriptions end, the connections stay: `eventStreamTerminated`. */
  readonly terminate: () => void;
  /** All are told that the server will shut down: `serverShutdown`, ten minutes before it does. */
  readonly shutDown: () => void;
}

type Message = Readonly<Record<string, unknown>>;
type Work = MessageWork<BinanceError>;

const path = '/ws-api/v3';
const weightLimit = 6000;

/** The WebSocket API of fact sheet 1.9, as far as the user's stream needs it; cancels over it are not served. */
export function openStream(desk: Desk): Stream {
  const { authorize, book, clock, faults, limits, requests, timers } = desk;
  const trouble = new StreamFaults();
  const line = new PushLine(trouble);
  /** The ids of subscriptions, by connection. */
  const subscriptions = new Map<SocketConnection, number>();
  let lastSubscription = -1;

  const event = (connection: SocketConnection, body: object): string =>
    JSON.stringify({ subscriptionId: subscriptions.get(connection), event: body });

  function reply(id: unknown, status: number, more: object, address: string): string {
    const rateLimits = [
      {
        rateLimitType: 'REQUEST_WEIGHT',
        interval: 'MINUTE',
        intervalNum: 1,
        limit: weightLimit,
        count: usedWeight(limits, address),
      },
    ];
    return JSON.stringify({ id, status, ...more, rateLimits });
  }

  function work(
    { id }: Message,
    address: string,
    operation: Operation,
    act: () => object | BinanceError,
  ): Work {
    const refuse = (name: BinanceError, data?: object): string => {
      const { status, error } = errorOf(name);
      const told: ErrorBody & { data?: object } = data ? { ...error, data } : error;
      return reply(id, status, { error: told }, address);
    };
    return {
      operation,
      orderNames: [],
      act() {
        const result = act();
        return typeof result === 'string' ? refuse(result) : reply(id, 200, { result }, address);
      },
      refusal: (error) => refuse(error),
      // A moment, not seconds (fact sheet 1.8).
      tooFast: () => refuse('-1003', { serverTime: clock.now(), retryAfter: clock.now() + 1000 }),
    };
  }

  function subscribe(message: Message, connection: SocketConnection): Work {
    const { address } = connection.request;
    return work(message, address, 'login', () => {
      const params = isRecord(message.params) ? message.params : {};
      const error = authorize(signedParameters(params, address), 'read');
      if (error) return error;
      if (trouble.refusesLogin()) return '-2015';
      const known = subscriptions.get(connection);
      const subscriptionId = known ?? ++lastSubscription;
      subscriptions.set(connection, subscriptionId);
      line.join(connection);
      return { subscriptionId };
    });
  }

  function leave(connection: SocketConnection): void {
    line.leave(connection);
    subscriptions.delete(connection);
  }

  function read(text: string, connection: SocketConnection): Work {
    const parsed = tryParseJson(text);
    const message: Message = isRecord(parsed) ? parsed : { id: null };
    const { address } = connection.request;
    switch (message.method) {
      case 'userDataStream.subscribe.signature':
        return subscribe(message, connection);
      case 'userDataStream.unsubscribe':
        return work(message, address, 'subscribe', () => {
          leave(connection);
          return {};
        });
      case 'ping':
        return work(message, address, 'time', () => ({}));
      case 'time':
        return work(message, address, 'time', () => ({ serverTime: clock.now() }));
      default:
        return work(message, address, 'subscribe', () => '-1100');
    }
  }

  function received(connection: SocketConnection, text: string): void {
    const next = read(text, connection);
    const end = requests.receiveMessage(connection, text, {
      venue: 'binance',
      operation: next.operation,
    });
    void answerMessage(next, connection, { faults, limits, timers }).then(end);
  }

  const sockets = new VenueSockets(
    {
      path,
      connected: (connection) => connection.pingEvery(20_000, 60_000),
      received,
      closed: leave,
    },
    trouble,
  );

  const push = (order: BookOrder, body: object): void =>
    line.push(order, (connection) => event(connection, body));

  return {
    sockets,
    push,
    follow(names) {
      book.onChange((order, before) => {
        if (order.isForeign || (before === undefined && order.status !== 'open')) return;
        push(order, executionReport(order, before, names));
      });
    },
    terminate() {
      for (const connection of subscriptions.keys()) {
        connection.send(event(connection, { e: 'eventStreamTerminated', E: clock.now() }));
        leave(connection);
      }
    },
    shutDown() {
      for (const connection of sockets.open)
        connection.send(JSON.stringify({ event: { e: 'serverShutdown', E: clock.now() } }));
    },
  };
}

const isRecord = (value: unknown): value is Message =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
