import { multiply, padded, subtract } from '#tests/sandbox/shared/decimal.ts';
import { exactNumber } from '#tests/sandbox/shared/json.ts';
import { remaining, type BookOrder } from '#tests/sandbox/shared/order-book.ts';
import { normalized, pairSymbol } from './order-object.ts';

/** Frames are `[type, object]`, and the object repeats the type (wsfeed-pdf, docs models; fact sheet 1.8). */
const frame = (type: number, fields: object): string => JSON.stringify([type, { type, ...fields }]);

/** As in users' reports (broker-api-docs#394, #555). */
export const greeting = frame(991, { current: '6.0.0', min: '2.3.0' });

/** `id` is some number of the user's, 0 where the login is refused (broker-api-docs#436, #555). */
export const loginResult = (refusal?: string): string =>
  frame(114, {
    id: refusal === undefined ? userId : 0,
    ok: refusal === undefined,
    message: refusal ?? null,
  });

const userId = 5_869_906;

/** Every pair has a number; which one is not documented. */
const pairId = (symbol: string): number =>
  Buffer.from(pairSymbol(symbol)).reduce((sum, byte) => sum + byte, 0);

/** 0 limit, 1 market, 2 stop limit (wsfeed-pdf), 3 stop market (inferred). */
const methods: readonly string[] = ['limit', 'market', 'stop-limit', 'stop-market'];
const methodOf = (order: BookOrder): number => Math.max(methods.indexOf(order.method), 0);

/** The fields of 451, 452 and 453: neither a time nor a stop price among them (broker-api-docs#592, #604). */
function orderFields(order: BookOrder, left: string, write: (amount: string) => string): object {
  return {
    pairId: pairId(order.symbol),
    symbol: pairSymbol(order.symbol),
    id: exactNumber(order.id),
    method: methodOf(order),
    userId,
    orderType: order.side === 'buy' ? 0 : 1,
    price: write(order.price),
    amount: write(order.quantity),
    numLeft: write(left),
    denomLeft: multiply(order.price, left),
    newOrderClientId: order.clientOrderId,
  };
}

const asItIs = (amount: string): string => amount;

export const inserted = (order: BookOrder): string =>
  frame(451, orderFields(order, remaining(order), asItIs));

/** Its decimals have sixteen places, other than those of 451. */
export const deleted = (order: BookOrder, left: string): string =>
  frame(
    452,
    orderFields(order, left, (amount) => padded(amount, 16)),
  );

export const updated = (order: BookOrder): string =>
  frame(453, orderFields(order, remaining(order), asItIs));

/** In the manual's form of 2019, or as users see it since (broker-api-docs#283, #452; BtcTurkApiCore OrderMatched.cs). */
export function matched(
  order: BookOrder,
  filledBefore: string,
  model: '2019' | '2024',
  now: number,
): string {
  const { id, price, quantity, clientOrderId } = order;
  const left = remaining(order);
  const amounts = {
    amount: padded(subtract(order.filled, filledBefore), 10),
    price: padded(price, 10),
  };
  return frame(441, {
    id: exactNumber(id),
    user: userId,
    isBid: order.side === 'buy',
    method: methodOf(order),
    pair: pairId(order.symbol),
    symbol: pairSymbol(order.symbol),
    ...(model === '2019'
      ? {
          numTotal: quantity,
          numLeft: left,
          denomTotal: multiply(price, quantity),
          denomLeft: multiply(price, left),
          ...amounts,
        }
      : { ...amounts, clientId: clientOrderId, timestamp: String(now) }),
  });
}

/** Its object does not repeat the type; what is sold is negative (broker-api-docs#591). */
export function traded(order: BookOrder, filledBefore: string, now: number): string {
  const amount = subtract(order.filled, filledBefore);
  const signed = order.side === 'buy' ? amount : `-${amount}`;
  const [numeratorSymbol, denominatorSymbol] = normalized(order.symbol).split('_');
  return JSON.stringify([
    423,
    {
      id: exactNumber(`${order.sequence}${now}`),
      orderId: exactNumber(order.id),
      timestamp: now,
      numeratorSymbol,
      denominatorSymbol,
      amount: signed,
      fee: '0',
      tax: '0',
      price: order.price,
      orderType: order.side,
      orderClientId: order.clientOrderId,
      preciseAmount: exactNumber(signed),
    },
  ]);
}
