import * as v from 'valibot';
import type { CancelReply } from '#lib/domain/reply.ts';
import { saying } from '#lib/venues/failure.ts';
import { named, some } from '#lib/venues/requests.ts';
import type { SocketMessage, SocketProtocol } from '#lib/venues/socket-protocol.ts';
import type { WireReply } from '#lib/venues/wire.ts';
import { cancelError, failure, socketReply } from './errors.ts';
import {
  isLoggedIn,
  login,
  named as namedOrder,
  parseMessage,
  path,
  ping,
  subscribe,
  type Message,
} from './messages.ts';

/** Cancels over the authenticated WebSocket; what becomes of orders is read by `feed.ts`. Source: OX.FUN API documents. */
export const socket: SocketProtocol = {
  path,
  ping,
  /** By the length of a message. */
  most: 20,
  login,
  subscribe,

  /** Ids go as text, which clients of the venue do: numbers would be rounded beyond 2^53. */
  cancel(names, tag) {
    const orders = some(names).map((name) => ({
      marketCode: named(name.symbol),
      orderId: named(name.orderId),
    }));
    return JSON.stringify(
      orders.length === 1
        ? { op: 'cancelorder', tag, data: orders[0] }
        : { op: 'cancelorders', tag, dataArray: orders },
    );
  },

  read(text, receivedAt) {
    const message = parseMessage(text);
    if (!message) return { kind: 'other' };
    const wire = socketReply(receivedAt);
    switch (message.event) {
      case 'login':
        return readLogin(message, wire);
      case 'cancelorder':
      case 'cancelorders':
        return readReply(message, wire);
      case 'CANCEL':
        return readLateFailure(message, wire);
      default:
        return { kind: 'other' };
    }
  },
};

function readLogin(told: Message, wire: WireReply): SocketMessage {
  if (isLoggedIn(told)) return { kind: 'login' };
  const { code, message } = told;
  return { kind: 'login', failure: failure(wire, code ?? '', message ?? undefined) };
}

/** An order is named by an id that cannot be read: which one it is, is not known. */
const oddlyNamed = v.object({ orderId: v.pipe(v.string(), v.nonEmpty()) });

function readReply(
  { tag, submitted, code, message, data }: Message,
  wire: WireReply,
): SocketMessage {
  if (!tag) return { kind: 'other' };
  const name = v.safeParse(namedOrder, data);
  if (!name.success && v.is(oddlyNamed, data)) return { kind: 'other' };
  const reply = readSubmitted(wire, submitted ?? undefined, code ?? '', message ?? undefined);
  return { kind: 'reply', tag, ...(name.success && { orderId: name.output.orderId }), reply };
}

/** A refusal has a code. What says neither that it was handed on nor why it was not may be either. */
function readSubmitted(
  wire: WireReply,
  submitted: boolean | undefined,
  code: string,
  message: string | undefined,
): CancelReply {
  if (submitted === true) return { kind: 'accepted', ...saying('submitted') };
  if (code !== '') return cancelError(wire, code, message);
  return { kind: 'unknown', note: { code: 'without-submitted' } };
}

/** The notice of a cancel-all bears the same name: it has no order and `submitted: true`. */
function readLateFailure(
  { submitted, code, message, data }: Message,
  wire: WireReply,
): SocketMessage {
  const name = v.safeParse(namedOrder, data);
  if (submitted !== false || !name.success) return { kind: 'other' };
  const reply = cancelError(wire, code ?? '', message ?? undefined);
  return { kind: 'late-failure', orderId: name.output.orderId, reply };
}
