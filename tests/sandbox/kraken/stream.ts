import { tryParseJson } from '#tests/sandbox/shared/json.ts';
import { PushLine } from '#tests/sandbox/shared/push-line.ts';
import { StreamFaults } from '#tests/sandbox/shared/stream-faults.ts';
import { answerMessage } from '#tests/sandbox/shared/websocket-message.ts';
import { VenueSockets, type SocketConnection } from '#tests/sandbox/shared/websocket.ts';
import type { Desk } from './settings.ts';
import { changeOf, wholeOrder } from './stream-messages.ts';

const path = '/v2';
const channel = 'executions';

type Fields = Readonly<Record<string, unknown>>;

/** WebSocket v2 with the one channel that tells of orders (fact sheet, "Stream"). */
export function openStream(desk: Desk): VenueSockets {
  const { book, faults, limits, requests, settings, timers, tokens, userrefs } = desk;
  const trouble = new StreamFaults();
  const line = new PushLine(trouble);
  /** Every message of the channel has the next number of its connection. */
  const numbers = new WeakMap<SocketConnection, number>();
  const beats = new Map<SocketConnection, NodeJS.Timeout>();

  function numbered(connection: SocketConnection, type: string, data: readonly object[]): string {
    const sequence = (numbers.get(connection) ?? 0) + 1;
    numbers.set(connection, sequence);
    return JSON.stringify({ channel, type, data, sequence });
  }

  book.onChange((order, before) => {
    if (order.isForeign || (!before && order.status !== 'open')) return;
    for (const data of changeOf(order, before, userrefs.get(order.id))) {
      line.push(order, (connection) => numbered(connection, 'update', [data]));
    }
  });

  const answer = (method: unknown, id: unknown, more: object): string => {
    const time = new Date(desk.clock.now()).toISOString();
    const tag = id === undefined ? {} : { req_id: id };
    return JSON.stringify({ method, ...tag, ...more, time_in: time, time_out: time });
  };
  const refusal = (method: unknown, id: unknown, error: string): string =>
    answer(method, id, { success: false, error });

  function subscribe(params: Fields, id: unknown, connection: SocketConnection): string {
    if (trouble.refusesLogin() || !tokens.isGood(params['token'])) {
      if (settings.wrongToken === 'close') connection.close(1008, 'token');
      return refusal('subscribe', id, 'EAPI:Invalid token');
    }
    const wantsOrders = params['snap_orders'] !== false;
    // In the turn after the acknowledgement's, which is sent when this has returned.
    queueMicrotask(() => {
      const open = wantsOrders ? book.open().filter(({ isForeign }) => !isForeign) : [];
      const data = open.map((order) => wholeOrder(order, 'new', userrefs.get(order.id)));
      connection.send(numbered(connection, 'snapshot', data));
      line.join(connection);
      const beat = setInterval(() => {
        connection.send('{"channel":"heartbeat"}');
      }, settings.heartbeatMs);
      beats.set(connection, beat);
    });
    return answer('subscribe', id, {
      result: { channel, snapshot: true, maxratecount: 60 },
      success: true,
    });
  }

  function leave(connection: SocketConnection): void {
    clearInterval(beats.get(connection));
    beats.delete(connection);
    line.leave(connection);
  }

  return new VenueSockets(
    {
      path,
      connected(connection) {
        const data = [{ system: 'online', api_version: 'v2', connection_id: 1, version: '2.0.0' }];
        connection.send(JSON.stringify({ channel: 'status', type: 'update', data }));
      },
      closed: leave,
      received(connection, text) {
        const { method, params, req_id: id } = fields(tryParseJson(text));
        const asked = fields(params);
        const isSubscription = method === 'subscribe' && asked['channel'] === channel;
        const end = requests.receiveMessage(connection, text, {
          venue: 'kraken',
          operation: isSubscription ? 'subscribe' : undefined,
        });
        if (isSubscription) {
          const work = {
            operation: 'subscribe',
            orderNames: [],
            act: () => subscribe(asked, id, connection),
            refusal: (error: string) => refusal(method, id, error),
            tooFast: () => refusal(method, id, 'Exceeded msg rate'),
          } as const;
          void answerMessage(work, connection, { faults, limits, timers }).then(end);
          return;
        }
        const reply = other(method, asked, id, connection);
        connection.send(reply);
        end({ outcome: 'answered', status: undefined, reply });
      },
    },
    trouble,
  );

  function other(method: unknown, asked: Fields, id: unknown, connection: SocketConnection) {
    if (method === 'ping') return answer('pong', id, {});
    if (method !== 'unsubscribe' || asked['channel'] !== channel) {
      return refusal(method, id, 'EGeneral:Invalid arguments');
    }
    leave(connection);
    return answer('unsubscribe', id, { result: { channel }, success: true });
  }
}

const fields = (value: unknown): Fields =>
  typeof value === 'object' && value !== null ? { ...value } : {};
