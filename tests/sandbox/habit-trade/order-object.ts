import { compare, multiply } from '#tests/sandbox/shared/decimal.ts';
import { exactNumber } from '#tests/sandbox/shared/json.ts';
import { remaining, type BookOrder } from '#tests/sandbox/shared/order-book.ts';

/** The codes of `order_status` that no page tells; `new` and `can` are known. */
interface StatusWords {
  partlyFilled: string;
  filled: string;
  rejected: string;
  expired: string;
}

export interface OrderSettings {
  statusWords: StatusWords;
  /** Of create_time and update_time: seconds in the samples. */
  timeUnit: 's' | 'ms';
}

export interface PushSettings extends OrderSettings {
  /** Of a push: those of the page's example, or of its table, which has no amounts but `qty`. */
  pushFields: 'example' | 'table';
}

export const defaultStatusWords: StatusWords = {
  partlyFilled: 'pfil',
  filled: 'fil',
  rejected: 'rej',
  expired: 'exp',
};

const names: Readonly<Record<string, string>> = {
  '00700': 'TENCENT',
  '09988': 'BABA-W',
  AAPL: 'APPLE INC',
  NVDA: 'NVIDIA CORP',
};

/** hkex and nasdaq are the page's; how crypto is called is not documented. */
function market(symbol: string): { market: string; currency: string } {
  if (/^\d+$/.test(symbol)) return { market: 'hkex', currency: 'HKD' };
  const [, quote] = symbol.split('-');
  return quote ? { market: 'crypto', currency: quote } : { market: 'nasdaq', currency: 'USD' };
}

export const marketOf = (order: BookOrder): string => market(order.symbol).market;

function status(order: BookOrder, words: StatusWords): string {
  if (order.statusWord) return order.statusWord;
  if (order.status === 'cancelled') return 'can';
  if (order.status !== 'open') return words[order.status];
  return compare(order.filled, '0') > 0 ? words.partlyFilled : 'new';
}

function orderType({ method }: BookOrder, exchange: string): string {
  if (method === 'limit') return exchange === 'hkex' ? 'enhanced_limit_order' : 'limit_order';
  return `${method.replaceAll('-', '_')}_order`;
}

/** The fields of the page's push and of the list: ids are text, decimals JSON numbers (page habit-trade-cancel-order; fact sheet 3.6). */
export function orderObject(order: BookOrder, { statusWords, timeUnit }: OrderSettings) {
  const { market: exchange, currency } = market(order.symbol);
  const isExecuted = compare(order.filled, '0') > 0;
  const time = (ms: number): number => (timeUnit === 's' ? Math.floor(ms / 1000) : ms);
  return {
    market: exchange,
    order_type: orderType(order, exchange),
    symbol: order.symbol,
    name: names[order.symbol] ?? order.symbol,
    order_side: order.side,
    account_code: '80114138',
    order_no: order.id,
    order_status: status(order, statusWords),
    price: exactNumber(order.price),
    qty: exactNumber(order.quantity),
    outstand_qty: exactNumber(order.status === 'open' ? remaining(order) : '0'),
    execute_qty: exactNumber(order.filled),
    execute_price: exactNumber(isExecuted ? order.price : '0'),
    execute_amount: exactNumber(multiply(order.price, order.filled)),
    charge: 0,
    charge_base_currency: currency,
    base_currency: currency,
    trigger_price: exactNumber(order.stopPrice ?? '0'),
    reference_id: order.clientOrderId ?? '',
    portfolio_id: '',
    reject_reason: order.reason ?? '',
    update_time: time(order.updatedAt),
    create_time: time(order.createdAt),
  };
}

/** What a push bears of these (page habit-trade-cancel-order). */
export function pushedOrder(order: BookOrder, settings: PushSettings): object {
  const {
    execute_price: _price,
    trigger_price: _trigger,
    ...example
  } = orderObject(order, settings);
  if (settings.pushFields === 'example') return example;
  const {
    outstand_qty: _left,
    execute_qty: _executed,
    execute_amount: _amount,
    charge: _charge,
    charge_base_currency: _currency,
    base_currency: _base,
    reject_reason: _reason,
    ...table
  } = example;
  return table;
}
