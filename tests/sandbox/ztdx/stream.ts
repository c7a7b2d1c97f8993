import type { Faults } from '#tests/sandbox/shared/faults.ts';
import { tryParseJson } from '#tests/sandbox/shared/json.ts';
import type { OrderBook } from '#tests/sandbox/shared/order-book.ts';
import type { Operation } from '#tests/sandbox/shared/operation.ts';
import { PushLine } from '#tests/sandbox/shared/push-line.ts';
import type { RateLimits } from '#tests/sandbox/shared/rate-limits.ts';
import type { RequestLog } from '#tests/sandbox/shared/request-log.ts';
import { StreamFaults } from '#tests/sandbox/shared/stream-faults.ts';
import type { Timers } from '#tests/sandbox/shared/timers.ts';
import type { VenueClock } from '#tests/sandbox/shared/venue-clock.ts';
import { answerMessage, type MessageWork } from '#tests/sandbox/shared/websocket-message.ts';
import { VenueSockets, type SocketConnection } from '#tests/sandbox/shared/websocket.ts';
import { ListenKeys } from './listen-keys.ts';
import type { OrderSettings } from './order-object.ts';
import { orderPush, type OrderPush } from './order-push.ts';
import type { ZtdxError } from './replies.ts';

export interface StreamSettings extends OrderSettings {
  /** What a message of type `order` looks like: not documented. */
  orderPush: OrderPush;
  /** What becomes of a stream whose listen key is revoked: not documented. */
  revokedStream: 'closed' | 'mute';
}

interface Desk {
  readonly book: OrderBook;
  readonly clock: VenueClock;
  readonly faults: Faults<ZtdxError>;
  readonly limits: RateLimits;
  readonly requests: RequestLog;
  readonly timers: Timers;
  readonly settings: StreamSettings;
}

export interface Stream {
  readonly sockets: VenueSockets;
  readonly listenKeys: ListenKeys;
  /** Ends the listen key, and what was opened by it. */
  revoke(): void;
}

interface Session {
  /** By which it has been entered. */
  listenKey: string | undefined;
}

type Work = MessageWork<ZtdxError>;

const path = '/ws';

/** Both names of the third one are documented (fact sheet 2.9). */
const privateChannels = new Set(['orders', 'positions', 'balance', 'balances']);
const publicChannel = /^(?:ticker|orderbook|trades):[A-Z0-9]+$|^kline:[A-Z0-9]+:\w+$/;

/** The private stream of fact sheet 2.9: `/ws`, entered by a listen key. */
export function openStream(desk: Desk): Stream {
  const { book, clock, faults, limits, requests, settings, timers } = desk;
  const trouble = new StreamFaults();
  const line = new PushLine(trouble);
  const sessions = new Map<SocketConnection, Session>();
  const listenKeys = new ListenKeys(clock, (key) =>
    [...sessions.values()].some(({ listenKey }) => listenKey === key),
  );

  book.onChange((order, before) => {
    if (order.isForeign || (before === undefined && order.status !== 'open')) return;
    const text = orderPush(order, before?.filled ?? order.filled, settings.orderPush, settings);
    line.push(order, () => text);
  });

  function authWork(fields: Record<string, unknown>, session: Session): Work {
    return work('login', notEntered, () => {
      const { listenKey } = fields;
      const isLive = typeof listenKey === 'string' && listenKey === listenKeys.live;
      if (!isLive || trouble.refusesLogin()) return notEntered();
      session.listenKey = listenKey;
      return write('auth_result', { success: true });
    });
  }

  function subscribeWork(
    type: 'subscribe' | 'unsubscribe',
    channel: string,
    connection: SocketConnection,
    session: Session,
  ): Work {
    return work('subscribe', refusal, () => {
      if (!privateChannels.has(channel) && !publicChannel.test(channel))
        return failure('INVALID_CHANNEL', `Unknown channel: ${channel}`);
      if (type === 'unsubscribe') {
        if (channel === 'orders') line.leave(connection);
        return write('unsubscribed', { channel });
      }
      if (privateChannels.has(channel) && session.listenKey === undefined)
        return failure('UNAUTHORIZED', 'Authentication required');
      if (channel === 'orders') line.join(connection);
      return write('subscribed', { channel });
    });
  }

  function read(text: string, connection: SocketConnection, session: Session): Work | string {
    const parsed = tryParseJson(text);
    if (typeof parsed !== 'object' || parsed === null)
      return failure('INVALID_MESSAGE', 'Invalid JSON');
    const fields: Record<string, unknown> = { ...parsed };
    const { type, channel } = fields;
    switch (type) {
      case 'ping':
        return write('pong', {});
      case 'auth':
      case 'auth_token':
        return authWork(type === 'auth' ? fields : {}, session);
      case 'subscribe':
      case 'unsubscribe':
        return subscribeWork(type, typeof channel === 'string' ? channel : '', connection, session);
      default:
        return failure('INVALID_MESSAGE', 'Unknown message type');
    }
  }

  function received(connection: SocketConnection, text: string): void {
    const session = sessions.get(connection);
    if (!session) return;
    const next = read(text, connection, session);
    const end = requests.receiveMessage(connection, text, {
      venue: 'ztdx',
      operation: typeof next === 'string' ? undefined : next.operation,
    });
    if (typeof next !== 'string') {
      void answerMessage(next, connection, { faults, limits, timers }).then(end);
      return;
    }
    connection.send(next);
    end({ outcome: 'answered', status: undefined, reply: next });
  }

  const sockets = new VenueSockets(
    {
      path,
      connected: (connection) => void sessions.set(connection, { listenKey: undefined }),
      received,
      closed(connection) {
        sessions.delete(connection);
        line.leave(connection);
      },
    },
    trouble,
  );

  return {
    sockets,
    listenKeys,
    revoke() {
      const key = listenKeys.live;
      listenKeys.revoke();
      for (const [connection, session] of sessions) {
        if (key === undefined || session.listenKey !== key) continue;
        session.listenKey = undefined;
        line.leave(connection);
        if (settings.revokedStream === 'closed') connection.close();
      }
    },
  };
}

const write = (type: string, more: object): string => JSON.stringify({ type, ...more });

const notEntered = (): string =>
  write('auth_result', { success: false, message: 'Invalid or expired listenKey' });

/** `code` and `message`, as spot's pages have them; the codes but INVALID_CHANNEL are made up. */
const failure = (code: string, message: string): string => write('error', { code, message });

const refusal = (error: ZtdxError): string => failure(error, 'Refused');

const work = (
  operation: Operation,
  refuse: (error: ZtdxError) => string,
  act: () => string,
): Work => ({
  operation,
  orderNames: [],
  act,
  refusal: refuse,
  tooFast: () => failure('TOO_MANY_REQUESTS', 'Too many requests'),
});
