import type { OrderBook } from '#tests/sandbox/shared/order-book.ts';
import { PushLine } from '#tests/sandbox/shared/push-line.ts';
import type { Reply } from '#tests/sandbox/shared/reply.ts';
import type { RequestLog } from '#tests/sandbox/shared/request-log.ts';
import { StreamFaults } from '#tests/sandbox/shared/stream-faults.ts';
import type { Timers } from '#tests/sandbox/shared/timers.ts';
import type { VenueClock } from '#tests/sandbox/shared/venue-clock.ts';
import type { VenueRequest } from '#tests/sandbox/shared/venue.ts';
import { VenueSockets, type SocketConnection } from '#tests/sandbox/shared/websocket.ts';
import { streamPath, type HabitTradeRight } from './authorize.ts';
import { pushedOrder, type PushSettings } from './order-object.ts';
import type { Errors } from './replies.ts';

export interface StreamSettings extends PushSettings {
  /** From one heartbeat to the next. */
  heartbeatMs: number;
}

interface Desk {
  readonly book: OrderBook;
  readonly clock: VenueClock;
  readonly requests: RequestLog;
  readonly timers: Timers;
  readonly settings: StreamSettings;
  readonly errors: () => Errors;
  readonly authorize: (request: VenueRequest, right: HabitTradeRight) => Reply | undefined;
}

/**
 * The private stream of fact sheet 3.3: proven by the headers of its handshake, running as soon as it is open. A client says
 * nothing on it.
 */
export function openStream(desk: Desk): VenueSockets {
  const { authorize, book, clock, errors, requests, settings, timers } = desk;
  const trouble = new StreamFaults();
  const line = new PushLine(trouble);
  const open = new Set<SocketConnection>();

  book.onChange((order, before) => {
    if (order.isForeign || (before === undefined && order.status !== 'open')) return;
    const text = JSON.stringify({ type: 'order', data: pushedOrder(order, settings) });
    line.push(order, () => text);
  });

  function beat(connection: SocketConnection): void {
    timers.after(settings.heartbeatMs, () => {
      if (!open.has(connection)) return;
      connection.send(JSON.stringify({ type: 'heartbeat', data: { timestamp: clock.now() } }));
      beat(connection);
    });
  }

  return new VenueSockets(
    {
      path: streamPath,
      refuses(request) {
        const refusal = authorize(request, 'read');
        return refusal ?? (trouble.refusesLogin() ? errors()['unknown-key'] : undefined);
      },
      connected(connection) {
        open.add(connection);
        line.join(connection);
        beat(connection);
      },
      received(connection, text) {
        requests.receiveMessage(connection, text, { venue: 'habit-trade', operation: undefined });
      },
      closed(connection) {
        open.delete(connection);
        line.leave(connection);
      },
    },
    trouble,
  );
}
