import * as v from 'valibot';
import { remarkOf } from '#lib/domain/remark.ts';
import type { CancelReply, ReadReply } from '#lib/domain/reply.ts';
import { saying, unreadable } from '#lib/venues/failure.ts';
import { parseJson } from '#lib/venues/json.ts';
import { joinPages } from '#lib/venues/list-pieces.ts';
import { optional, readElements as readList } from '#lib/venues/order-schema.ts';
import { get, named, some } from '#lib/venues/requests.ts';
import type { BatchCall, BatchReply, OpenOrdersReply, TimeReply } from '#lib/venues/venue.ts';
import type { Call } from '#lib/venues/call.ts';
import type { OrderName, WireReply, WireRequest } from '#lib/venues/wire.ts';
import {
  batchError,
  cancelError,
  envelope,
  normalise,
  readEnvelope,
  type Envelope,
} from './errors.ts';
import { closedOrder, isCancelled, openOrder, orderModel, readingOf } from './order.ts';

const headers = { 'Content-Type': 'application/json' };
/** How long after its time a request is still good, in milliseconds; one second unless given. */
const recvWindow = 20_000;

/** The second way, and the only one by client order id. `FULL`, since then the reply shows the order's end. */
export const cancel: Call<OrderName, CancelReply> = {
  request: (order, time) => cancelRequest([order], time),
  read(reply, order) {
    const body = readEnvelope(reply, cancelError);
    if ('kind' in body) return body;
    return readElements(reply, body.data, [order])?.[0] ?? unreadable(reply);
  },
};

export const cancelBatch: BatchCall = {
  most: 8,
  oneSymbol: false,
  request: cancelRequest,
  read(reply, names): BatchReply {
    const body = readEnvelope(reply, batchError);
    if ('kind' in body) return body;
    const replies = readElements(reply, body.data, names);
    return replies ? { kind: 'batch', replies } : unreadable(reply);
  },
};

function cancelRequest(names: readonly OrderName[], time: number): WireRequest {
  const texts = some(names).map((name) => {
    const market = JSON.stringify(named(name.symbol));
    // A client order id is a number beyond 2^53: its digits are written into the text as they are.
    return 'clientOrderId' in name
      ? `{"marketCode":${market},"clientOrderId":${digitsOf(named(name.clientOrderId))}}`
      : `{"marketCode":${market},"orderId":${JSON.stringify(named(name.orderId))}}`;
  });
  return {
    method: 'DELETE',
    path: '/v3/orders/cancel',
    headers,
    body: `{"responseType":"FULL","timestamp":${time},"recvWindow":${recvWindow},"orders":[${texts.join(',')}]}`,
  };
}

/** Text that is no number of JSON is quoted, for the venue to refuse. */
function digitsOf(id: string): string {
  return /^[1-9]\d*$/.test(id) ? id : JSON.stringify(id);
}

const element = v.object({
  orderId: v.nullish(v.string()),
  clientOrderId: v.nullish(v.string()),
  submitted: v.nullish(v.boolean()),
  notice: v.nullish(v.string()),
  code: v.nullish(v.string()),
  message: v.nullish(v.string()),
});

/**
 * The reply to each of the orders: HTTP 200 and `success` say nothing of them, each element is judged by itself. They
 * are told apart by their ids; only of a single one no id is asked.
 */
function readElements(
  reply: WireReply,
  data: unknown,
  names: readonly OrderName[],
): readonly CancelReply[] | undefined {
  if (!Array.isArray(data)) return undefined;
  const elements = data.map((value: unknown) => {
    const parsed = v.safeParse(element, value);
    return { value, told: parsed.success ? parsed.output : {} };
  });
  const isSingle = names.length === 1 && elements.length === 1;
  return names.map((name) => {
    const found = elements.find(({ told }) => {
      const [id, wanted] =
        'orderId' in name ? [told.orderId, name.orderId] : [told.clientOrderId, name.clientOrderId];
      return id ? id === wanted : isSingle;
    });
    return found ? readElement(reply, found.value) : leftOut;
  });
}

const leftOut: CancelReply = { kind: 'unknown', note: { code: 'left-out' } };

function readElement(reply: WireReply, value: unknown): CancelReply {
  const parsed = v.safeParse(element, value);
  if (!parsed.success) return unreadable(reply);
  const { code, message, submitted, notice } = parsed.output;
  if (code && submitted !== true) return cancelError(reply, code, message ?? undefined);
  if (submitted !== true) return unreadable(reply);
  const model = v.safeParse(orderModel, value);
  if (notice !== 'OrderClosed' || !model.success || !isCancelled(model.output)) {
    return { kind: 'accepted', ...saying('submitted') };
  }
  const { filled, quantity } = closedOrder(model.output);
  return {
    kind: 'cancelled',
    ...optional('filled', filled),
    ...optional('quantity', quantity),
    ...saying(model.output.status),
  };
}

export const readOrder: Call<OrderName, ReadReply> = {
  request: (order) =>
    get('/v3/orders/status', {
      query:
        'orderId' in order ? { orderId: order.orderId } : { clientOrderId: order.clientOrderId },
      headers,
    }),
  read(reply) {
    const body = readEnvelope(reply);
    if ('kind' in body) {
      return isNotFound(reply)
        ? { kind: 'read', reading: { status: 'not-found', ...remarkOf(body) } }
        : body;
    }
    const model = v.safeParse(
      v.union([
        orderModel,
        v.pipe(
          v.strictTuple([orderModel]),
          v.transform(([one]) => one),
        ),
      ]),
      body.data,
    );
    // Without a status it tells nothing of what has become of the order.
    if (model.success && model.output.status !== '') {
      return { kind: 'read', reading: readingOf(model.output) };
    }
    return isNothing(body.data)
      ? { kind: 'read', reading: { status: 'not-found', note: { code: 'without-order' } } }
      : unreadable(reply);
  },
};

/** All at once: no pages are documented. */
export const listOpenOrders: Call<string | undefined, OpenOrdersReply> = {
  join: joinPages,
  request: () => get('/v3/orders/working', { headers }),
  read(reply) {
    const body = readEnvelope(reply);
    // An older answer to "no orders".
    if ('kind' in body) {
      return reply.status < 300 && isNoResult(reply) ? { kind: 'page', orders: [] } : body;
    }
    const list = readList(orderModel, body.data);
    if (!list) return unreadable(reply);
    return {
      kind: 'page',
      orders: list.models.map(openOrder),
      ...optional('unreadable', list.unreadable || undefined),
    };
  },
};

/** There is no call for the time: any answer bears the header `Date`, to the second. */
export const readTime: Call<undefined, TimeReply> = {
  request: () => get('/v3/account'),
  read(reply) {
    if (reply.date !== undefined) return { kind: 'time', time: reply.date, resolution: 1000 };
    const body = readEnvelope(reply);
    return 'kind' in body ? body : unreadable(reply);
  },
};

/** Codes by which an open order that is not there is told. */
const notFound: ReadonlySet<string> = new Set(['40035', '100005']);
/** Codes of other failures too: CoinFLEX told "no result" and "result not found" by them. */
const ambiguous: ReadonlySet<string> = new Set(['20001', '40001']);

/** The documents do not say how an order that is not there is told: any known way counts, but no failure inside. */
function isNotFound(reply: WireReply): boolean {
  return reply.status < 500 && (notFound.has(codeOf(reply)) || isNoResult(reply));
}

function isNoResult(reply: WireReply): boolean {
  const { message } = codedOf(reply);
  return ambiguous.has(codeOf(reply)) && /no result|not found/i.test(message ?? '');
}

function codeOf(reply: WireReply): string {
  return normalise(codedOf(reply).code ?? '');
}

function codedOf(reply: WireReply): Partial<Envelope> {
  const parsed = v.safeParse(envelope, parseJson(reply.text));
  return parsed.success ? parsed.output : {};
}

function isNothing(data: unknown): boolean {
  return data === null || data === undefined || (Array.isArray(data) && data.length === 0);
}
