import * as v from 'valibot';
import type { OrderReading } from '#lib/domain/order.ts';
import type { CancelReply } from '#lib/domain/reply.ts';
import { isZero } from '#lib/domain/decimal.ts';
import { bytesToBase64 } from '#lib/domain/base64.ts';
import { saying } from '#lib/venues/failure.ts';
import { parseJson } from '#lib/venues/json.ts';
import { orderId, readElements } from '#lib/venues/order-schema.ts';
import type { SocketMessage, SocketProtocol } from '#lib/venues/socket-protocol.ts';
import type { WireReply } from '#lib/venues/wire.ts';
import { cancelError, failure, socketReply } from './errors.ts';
import { closedOrder, isCancelled, orderModel, type OrderModel } from './order.ts';

/** Cancels over the authenticated WebSocket; the order channel tells the end. Source: OX.FUN API documents. */
export const socket: SocketProtocol = {
  path: '/v2/websocket',
  /** Bare text, at least once a minute; the answer is bare text too. */
  ping: { text: 'ping', every: 25_000 },
  /** By the length of a message. */
  most: 20,

  async login({ apiKey, timestamp, hmac }) {
    const signature = bytesToBase64(await hmac(`${timestamp}GET/auth/self/verify`));
    return JSON.stringify({
      op: 'login',
      tag: 'login',
      data: { apiKey, timestamp: String(timestamp), signature },
    });
  },

  subscribe: JSON.stringify({ op: 'subscribe', tag: 'orders', args: ['order:all'] }),

  /** Ids go as text, which clients of the venue do: numbers would be rounded beyond 2^53. */
  cancel(names, tag) {
    const orders = names.map((name) => ({ marketCode: name.symbol, orderId: name.orderId }));
    return JSON.stringify(
      orders.length === 1
        ? { op: 'cancelorder', tag, data: orders[0] }
        : { op: 'cancelorders', tag, dataArray: orders },
    );
  },

  read(text, receivedAt) {
    const message = v.safeParse(messageSchema, parseJson(text));
    if (!message.success) return { kind: 'other' };
    const { event, table, data } = message.output;
    const wire = socketReply(receivedAt);
    if (table === 'order') return readPush(data);
    switch (event) {
      case 'login':
        return readLogin(message.output, wire);
      case 'cancelorder':
      case 'cancelorders':
        return readReply(message.output, wire);
      case 'CANCEL':
        return readLateFailure(message.output, wire);
      default:
        return { kind: 'other' };
    }
  },
};

const messageSchema = v.object({
  event: v.nullish(v.string()),
  table: v.nullish(v.string()),
  success: v.nullish(v.boolean()),
  submitted: v.nullish(v.boolean()),
  tag: v.nullish(v.string()),
  code: v.nullish(v.string()),
  message: v.nullish(v.string()),
  data: v.optional(v.unknown()),
});
type Message = v.InferOutput<typeof messageSchema>;

function readLogin({ success, code, message }: Message, wire: WireReply): SocketMessage {
  // Logged in already: as good as logged in.
  if (success === true || code === '20005') return { kind: 'login' };
  return { kind: 'login', failure: failure(wire, code ?? '', message ?? undefined) };
}

const named = v.object({ orderId });
/** An order is named by an id that cannot be read: which one it is, is not known. */
const oddlyNamed = v.object({ orderId: v.pipe(v.string(), v.nonEmpty()) });

function readReply(
  { tag, submitted, code, message, data }: Message,
  wire: WireReply,
): SocketMessage {
  if (!tag) return { kind: 'other' };
  const name = v.safeParse(named, data);
  if (!name.success && v.is(oddlyNamed, data)) return { kind: 'other' };
  const reply = readSubmitted(wire, submitted ?? undefined, code ?? '', message ?? undefined);
  return { kind: 'reply', tag, ...(name.success && { orderId: name.output.orderId }), reply };
}

/** What says neither that it was handed on nor that it was not may be either. */
function readSubmitted(
  wire: WireReply,
  submitted: boolean | undefined,
  code: string,
  message: string | undefined,
): CancelReply {
  if (submitted === true) return { kind: 'accepted', ...saying('submitted') };
  if (submitted === false || code !== '') return cancelError(wire, code, message);
  return { kind: 'unknown', note: { code: 'without-submitted' } };
}

/** The notice of a cancel-all bears the same name: it has no order and `submitted: true`. */
function readLateFailure(
  { submitted, code, message, data }: Message,
  wire: WireReply,
): SocketMessage {
  const name = v.safeParse(named, data);
  if (submitted !== false || !name.success) return { kind: 'other' };
  const reply = cancelError(wire, code ?? '', message ?? undefined);
  return { kind: 'late-failure', orderId: name.output.orderId, reply };
}

const pushed = v.intersect([orderModel, v.object({ notice: v.nullish(v.string()) })]);

function readPush(data: unknown): SocketMessage {
  const [order] = readElements(pushed, data)?.models ?? [];
  const reading = order && readNotice(order, order.notice ?? '');
  return order && reading ? { kind: 'push', orderId: order.orderId, reading } : { kind: 'other' };
}

/** Only what ends an order: a part filled changes nothing for its cancellation. */
function readNotice(order: OrderModel, notice: string): OrderReading | undefined {
  const { status, remainQuantity } = order;
  const isFilled =
    status.toUpperCase() === 'FILLED' && (remainQuantity === undefined || isZero(remainQuantity));
  switch (notice) {
    case 'OrderClosed':
      if (isCancelled(order)) return { status: 'cancelled', order: closedOrder(order) };
      return isFilled ? { status: 'filled', order: closedOrder(order) } : undefined;
    case 'OrderMatched':
      return isFilled ? { status: 'filled', order: closedOrder(order) } : undefined;
    default:
      return undefined;
  }
}
