import * as v from 'valibot';
import type { CancelReply, ReadReply } from '../../domain/reply.ts';
import { unreadable } from '../failure.ts';
import { parseJson } from '../json.ts';
import { optional } from '../orders.ts';
import type {
  BatchCall,
  BatchReply,
  Call,
  OpenOrdersReply,
  OrderName,
  TimeReply,
  WireReply,
  WireRequest,
} from '../venue.ts';
import { cancelError, readEnvelope } from './errors.ts';
import { closedOrder, openOrder, orderModel, readingOf } from './order.ts';

const headers = { 'Content-Type': 'application/json' };
/** How long after its time a request is still good, in milliseconds; one second unless given. */
const recvWindow = 20_000;

/** The second way, and the only one by client order id. `FULL`, since then the reply shows the order's end. */
export const cancel: Call<OrderName, CancelReply> = {
  request: (order, time) => cancelRequest([order], time),
  read: (reply) => {
    const batch = readBatch(reply, 1);
    return batch.kind === 'batch' ? (batch.replies[0] ?? unreadable(reply)) : batch;
  },
};

export const cancelBatch: BatchCall = {
  most: 8,
  oneSymbol: false,
  request: cancelRequest,
  read: (reply, names) => readBatch(reply, names.length, names),
};

function cancelRequest(names: readonly OrderName[], time: number): WireRequest {
  const orders = names.map((name) => ({
    marketCode: name.symbol,
    ...('orderId' in name ? { orderId: name.orderId } : {}),
  }));
  // A client order id is a number beyond 2^53: its digits are written into the text as they are.
  const texts = names.map((name, index) =>
    'clientOrderId' in name
      ? `{"marketCode":${JSON.stringify(name.symbol)},"clientOrderId":${digitsOf(name.clientOrderId)}}`
      : JSON.stringify(orders[index]),
  );
  return {
    method: 'DELETE',
    path: '/v3/orders/cancel',
    headers,
    body: `{"responseType":"FULL","timestamp":${time},"recvWindow":${recvWindow},"orders":[${texts.join(',')}]}`,
  };
}

/** Text that is no number is quoted, for the venue to refuse. */
function digitsOf(id: string): string {
  return /^\d+$/.test(id) ? id : JSON.stringify(id);
}

const element = v.object({
  orderId: v.nullish(v.string()),
  submitted: v.nullish(v.boolean()),
  notice: v.nullish(v.string()),
  code: v.nullish(v.string()),
  message: v.nullish(v.string()),
});

/** HTTP 200 and `success` say nothing of the orders: each element is judged by itself. */
function readBatch(
  reply: WireReply,
  count: number,
  names: readonly { readonly orderId: string }[] = [],
): BatchReply {
  const body = readEnvelope(reply);
  if ('kind' in body) {
    return body.kind === 'refused' && body.reason === 'invalid-request'
      ? { kind: 'batch', replies: Array.from({ length: count }, () => body) }
      : body;
  }
  const elements = v.safeParse(v.array(v.unknown()), body.data);
  if (!elements.success) return unreadable(reply);
  const replies = elements.output.map((each) => ({
    id: idOf(each),
    reply: readElement(reply, each),
  }));
  const missing = { kind: 'unknown', words: 'the reply leaves this order out' } as const;
  return {
    kind: 'batch',
    replies: Array.from({ length: count }, (_, index) => {
      const wanted = names[index]?.orderId;
      const named = replies.find(({ id }) => id !== undefined && id === wanted);
      return (wanted === undefined ? replies[index] : named)?.reply ?? missing;
    }),
  };
}

function idOf(value: unknown): string | undefined {
  const parsed = v.safeParse(element, value);
  return parsed.success ? (parsed.output.orderId ?? undefined) : undefined;
}

function readElement(reply: WireReply, value: unknown): CancelReply {
  const parsed = v.safeParse(element, value);
  if (!parsed.success) return unreadable(reply);
  const { code, message, submitted, notice } = parsed.output;
  if (code) return cancelError(reply.status, code, message ?? undefined);
  const model = v.safeParse(orderModel, value);
  if (notice === 'OrderClosed' && model.success && model.output.status.startsWith('CANCELED')) {
    const { filled, quantity } = closedOrder(model.output);
    return {
      kind: 'cancelled',
      ...optional('filled', filled),
      ...optional('quantity', quantity),
      words: model.output.status,
    };
  }
  return submitted === true ? { kind: 'accepted', words: 'submitted' } : unreadable(reply);
}

/** Codes by which an order that is not there is told; the documents do not say which it is. */
const notFound: ReadonlySet<string> = new Set(['20001', '40001', '40035', '100005']);

export const readOrder: Call<OrderName, ReadReply> = {
  request: (order) => ({
    ...get('/v3/orders/status'),
    query:
      'orderId' in order
        ? `orderId=${encodeURIComponent(order.orderId)}`
        : `clientOrderId=${encodeURIComponent(order.clientOrderId)}`,
  }),
  read(reply) {
    const body = readEnvelope(reply);
    if ('kind' in body) {
      return isNotFound(reply)
        ? { kind: 'read', reading: { status: 'not-found', words: body.words } }
        : body;
    }
    const model = v.safeParse(
      v.union([
        orderModel,
        v.pipe(
          v.tuple([orderModel]),
          v.transform(([one]) => one),
        ),
      ]),
      body.data,
    );
    if (model.success) return { kind: 'read', reading: readingOf(model.output) };
    return isNothing(body.data)
      ? { kind: 'read', reading: { status: 'not-found', words: 'no such order' } }
      : unreadable(reply);
  },
};

/** All at once: no pages are documented. */
export const listOpenOrders: Call<string | undefined, OpenOrdersReply> = {
  request: () => get('/v3/orders/working'),
  read(reply) {
    const body = readEnvelope(reply);
    // An older answer to "no orders".
    if ('kind' in body) return isNoResult(reply) ? { kind: 'page', orders: [] } : body;
    const models = v.safeParse(v.array(orderModel), body.data ?? []);
    return models.success
      ? { kind: 'page', orders: models.output.map(openOrder) }
      : unreadable(reply);
  },
};

/** There is no call for the time: any answer bears the header `Date`, to the second. */
export const readTime: Call<undefined, TimeReply> = {
  request: () => ({ method: 'GET', path: '/v3/account', headers: {} }),
  read(reply) {
    if (reply.date !== undefined) return { kind: 'time', time: reply.date, resolution: 1000 };
    const body = readEnvelope(reply);
    return 'kind' in body ? body : unreadable(reply);
  },
};

const coded = v.object({ code: v.string() });

function isNotFound(reply: WireReply): boolean {
  return notFound.has(codeOf(reply));
}

function isNoResult(reply: WireReply): boolean {
  return codeOf(reply) === '40001';
}

function codeOf(reply: WireReply): string {
  const parsed = v.safeParse(coded, parseJson(reply.text));
  return parsed.success ? parsed.output.code.replace(/^-/, '') : '';
}

function isNothing(data: unknown): boolean {
  return data === null || data === undefined || (Array.isArray(data) && data.length === 0);
}

function get(path: string): WireRequest {
  return { method: 'GET', path, headers };
}
