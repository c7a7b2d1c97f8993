import * as v from 'valibot';
import { bytesToBase64 } from '#lib/domain/base64.ts';
import { compare, isZero, type Decimal } from '#lib/domain/decimal.ts';
import type { Order, Side } from '#lib/domain/order.ts';
import { asksToWait, rateLimited, saying } from '#lib/venues/failure.ts';
import type { Feed, FeedFrame, FeedNews } from '#lib/venues/feed.ts';
import { other, step } from '#lib/venues/feed-frames.ts';
import { openNews } from '#lib/venues/feed-news.ts';
import { parseJson } from '#lib/venues/json.ts';
import {
  clientOrderId,
  difference,
  optional,
  optionalDecimal,
  orderId,
  symbolText,
  textOr,
  unlessZero,
} from '#lib/venues/order-schema.ts';
import type { Signer } from '#lib/venues/wire.ts';
import { unauthorizedReason } from './errors.ts';

/**
 * The private messages of the WebSocket: no subscription is needed, and there is nothing to keep it alive. Frames are
 * `[type, object]`. Sources: docs.btcturk.com, Websocket Feed; BTCTrader/broker-api-docs as named.
 */
export const feed: Feed = {
  path: '/',
  // The documents' samples sign a constant, support's own library another one; a user says that the first stopped (#607).
  greetings: [[login(3000)], [login(15_000)]],

  read(text) {
    const frame = v.safeParse(frameSchema, parseJson(text));
    if (!frame.success) return other;
    const [type, fields] = frame.output;
    // The object repeats the type, but for 423 (#591).
    if (fields['type'] !== undefined && fields['type'] !== type) return other;
    switch (type) {
      case '114':
        return readLogin(fields);
      case '423':
        return news(look(fields['orderId']));
      case '441':
        // It may not say what is left, and was seen with more than was ordered (#283, #341): no proof of a fill.
        return news(look(fields['id']));
      case '451':
      case '453':
        return news(readOpen(fields));
      case '452':
        return news(readRemoved(fields));
      default:
        return other;
    }
  },
};

type Fields = Readonly<Record<string, unknown>>;

const frameSchema = v.looseTuple([v.string(), v.record(v.string(), v.unknown())]);
function login(nonce: number) {
  return async ({ apiKey, timestamp, sign }: Signer): Promise<string> => {
    const signature = bytesToBase64(await sign(`${apiKey}${nonce}`));
    return JSON.stringify([114, { type: 114, publicKey: apiKey, timestamp, nonce, signature }]);
  };
}

const loginResult = v.object({ ok: v.boolean(), message: textOr('') });

function readLogin(fields: Fields): FeedFrame {
  const result = v.safeParse(loginResult, fields);
  if (!result.success) return other;
  const { ok, message } = result.output;
  if (ok) return step;
  const heard = { ...saying(message), note: { code: 'socket' } } as const;
  const reply = { status: 0, text: message };
  if (message === 'TOO_MANY_REQUESTS' || asksToWait(reply, message)) {
    return { kind: 'refused', failure: rateLimited(reply, { limit: 60_000 }, heard) };
  }
  if (/invalid nonce/i.test(message)) {
    return { kind: 'refused', failure: { kind: 'invalid-time', ...heard } };
  }
  const reason = unauthorizedReason(message);
  return { kind: 'refused', failure: { kind: 'refused', reason, ...heard } };
}

function news(one: FeedNews): FeedFrame {
  return { kind: 'news', news: [one] };
}

/** An id is a positive number; users have seen 0 (#503), by which no order can be meant. */
const ownId = v.pipe(
  orderId,
  v.check((id) => /^[1-9]\d*$/.test(id)),
);

function look(id: unknown): FeedNews {
  const known = v.safeParse(ownId, id);
  return { kind: 'look', ...(known.success && { orderId: known.output }) };
}

/** Neither a time nor a stop price is among them (#592, #604). */
const pushed = v.object({
  id: ownId,
  newOrderClientId: clientOrderId,
  symbol: symbolText,
  orderType: textOr(''),
  method: textOr(''),
  price: optionalDecimal,
  amount: optionalDecimal,
  numLeft: optionalDecimal,
});

/** By the numbers of the manual, in the words of the REST API; the last is inferred. Of any other nothing is known. */
const types = new Map([
  ['0', 'limit'],
  ['1', 'market'],
  ['2', 'stoplimit'],
  ['3', 'stopmarket'],
]);
const sides = new Map<string, Side>([
  ['0', 'buy'],
  ['1', 'sell'],
]);

function readOpen(fields: Fields): FeedNews {
  const model = v.safeParse(pushed, fields);
  const type = model.success ? types.get(model.output.method) : undefined;
  if (!model.success || type === undefined) return look(fields['id']);
  const { id, newOrderClientId, symbol, orderType, price, amount, numLeft } = model.output;
  if (numLeft !== undefined && !isLeftOf(amount, numLeft)) return look(id);
  const order: Order = {
    id: id,
    ...optional('clientOrderId', newOrderClientId),
    symbol,
    ...optional('side', sides.get(orderType)),
    type,
    ...optional('price', unlessZero(price)),
    ...optional('quantity', amount),
    ...optional('remaining', numLeft),
    protective: type.startsWith('stop'),
  };
  return openNews(order, undefined);
}

/**
 * Of a cancel it is the documented result (Recent changes, April 2024), but a change is told by it too, and a fill may be: with
 * nothing left, or nothing said of that, only a reading tells.
 */
function readRemoved(fields: Fields): FeedNews {
  const model = v.safeParse(pushed, fields);
  if (!model.success) return look(fields['id']);
  const { id, amount, numLeft } = model.output;
  if (numLeft === undefined || !isLeftOf(amount, numLeft)) return look(id);
  const order = {
    id: id,
    ...optional('quantity', amount),
    ...optional('filled', difference(amount, numLeft)),
  };
  return { kind: 'removed', reading: { status: 'cancelled', order } };
}

/** More than nothing, and no more than the whole. */
function isLeftOf(whole: Decimal | undefined, left: Decimal): boolean {
  const isMore = !isZero(left) && !left.startsWith('-');
  return isMore && (whole === undefined || compare(left, whole) <= 0);
}
