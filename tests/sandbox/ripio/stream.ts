import { tryParseJson } from '#tests/sandbox/shared/json.ts';
import type { BookOrder } from '#tests/sandbox/shared/order-book.ts';
import { PushLine } from '#tests/sandbox/shared/push-line.ts';
import { StreamFaults } from '#tests/sandbox/shared/stream-faults.ts';
import { answerMessage } from '#tests/sandbox/shared/websocket-message.ts';
import { VenueSockets, type SocketConnection } from '#tests/sandbox/shared/websocket.ts';
import { pushedOrder } from './order-object.ts';
import { errors, type RipioError } from './replies.ts';
import type { Desk } from './settings.ts';

const path = '/';
const topic = 'order_status';

/** In the envelope of the REST API: what the stream's looks like is not documented. */
const refusal = (error: RipioError): string => errors[error].body ?? '';

/** The WebSocket Stream of fact sheet 2.8, with the one topic that tells of orders. */
export function openStream(desk: Desk): VenueSockets {
  const { book, clock, faults, limits, requests, settings, tickets, timers } = desk;
  const trouble = new StreamFaults();
  const line = new PushLine(trouble);
  const numbers = new WeakMap<SocketConnection, number>();
  let usersNumber = 1_058_457_077;

  const message = (id: number, body: object, timestamp = clock.now()): string =>
    JSON.stringify({ id, topic, timestamp, body });

  function nextNumber(connection: SocketConnection): number {
    if (settings.numbersFrom === 'user') return usersNumber;
    const number = (numbers.get(connection) ?? 0) + 1;
    numbers.set(connection, number);
    return number;
  }

  onOrders(book, (order) => {
    usersNumber += 1;
    const body = pushedOrder(order, settings.openStatus);
    const at = clock.now();
    line.push(order, (connection) => message(nextNumber(connection), body, at));
  });

  function acknowledgement(): string {
    return JSON.stringify(
      settings.acknowledges === 'echo'
        ? { method: 'subscribe', topics: [topic] }
        : { status: 200, message: 'subscribed' },
    );
  }

  function welcome(): object | undefined {
    const newest = book
      .all()
      .reduce<BookOrder | undefined>(
        (last, order) => (last && last.updatedAt > order.updatedAt ? last : order),
        undefined,
      );
    if (settings.welcome === 'none') return undefined;
    return settings.welcome === 'last-order' && newest
      ? pushedOrder(newest, settings.openStatus)
      : {};
  }

  /** Its acknowledgement, after which the welcome comes; undefined where the connection ends instead. */
  function subscribe(ticket: unknown, connection: SocketConnection): string {
    if (trouble.refusesLogin() || typeof ticket !== 'string' || !tickets.take(ticket)) {
      if (settings.wrongTicket === 'close') connection.close(1008, 'ticket');
      return refusal('Invalid token');
    }
    const body = welcome();
    // In the turn after the acknowledgement's, which is sent when this has returned.
    queueMicrotask(() => {
      if (body) connection.send(message(-1, body));
      line.join(connection);
    });
    return acknowledgement();
  }

  return new VenueSockets(
    {
      path,
      connected: (connection) => connection.closeAfter(settings.idleMs),
      closed: (connection) => line.leave(connection),
      received(connection, text) {
        connection.closeAfter(settings.idleMs);
        const { method, topics, ticket } = readRequest(text);
        const asksForOrders = Array.isArray(topics) && topics.includes(topic);
        const isSubscription = method === 'subscribe' && asksForOrders;
        const end = requests.receiveMessage(connection, text, {
          venue: 'ripio',
          operation: isSubscription ? 'subscribe' : undefined,
        });
        if (isSubscription) {
          const work = {
            operation: 'subscribe',
            orderNames: [],
            act: () => subscribe(ticket, connection),
            refusal,
            tooFast: () => refusal('42900'),
          } as const;
          void answerMessage(work, connection, { faults, limits, timers }).then(end);
          return;
        }
        const reply = other(connection, method, asksForOrders);
        if (reply !== undefined) connection.send(reply);
        end({ outcome: reply === undefined ? 'pending' : 'answered', status: undefined, reply });
      },
    },
    trouble,
  );

  function other(connection: SocketConnection, method: unknown, asksForOrders: boolean) {
    if (method === 'ping') return settings.pongs ? JSON.stringify({ method: 'pong' }) : undefined;
    if (method !== 'unsubscribe' || !asksForOrders) return refusal('40000');
    line.leave(connection);
    return JSON.stringify({ method, topics: [topic] });
  }
}

function readRequest(text: string): Readonly<Record<string, unknown>> {
  const parsed = tryParseJson(text);
  return typeof parsed === 'object' && parsed !== null ? { ...parsed } : {};
}

/** Created, executed, canceled, changed. Of what the venue itself ends nothing is documented. */
function onOrders(book: Desk['book'], tell: (order: BookOrder) => void): void {
  const known = new Map<string, number>();
  book.onChange((order) => {
    const isNew = known.get(order.id) !== order.sequence;
    known.set(order.id, order.sequence);
    if (order.isForeign || order.status === 'rejected' || order.status === 'expired') return;
    // One that is placed as ended had ended before.
    if (!isNew || order.status === 'open') tell(order);
  });
}
