import { numberText, tryParseRawJson } from './json.ts';
import type { Reply } from './reply.ts';

/** How an order can be shown that no document has: what servers under stress, migrations and bugs have sent. */
export const oddities = [
  /** `null` in its place. */
  'null',
  /** Its id is null. */
  'no-id',
  'no-amounts',
  /** `""`, and `0,5`, in place of each amount. */
  'empty-amounts',
  'comma-amounts',
  'no-status',
  'no-symbol',
  /** An id of more than 128 signs; with one that turns the direction of writing; a symbol with one. */
  'long-id',
  'unseen-id',
  'unseen-symbol',
] as const;
export type Oddity = (typeof oddities)[number];

export type OddFault = {
  kind: 'odd-orders';
  oddity: Oddity;
  /** All orders unless given. */
  orderIds?: readonly string[] | undefined;
};

/** The fields by the names that the venues' documents have for them. */
const ids = new Set(['id', 'order_no', 'orderId']);
const statuses = new Set(['status', 'order_status']);
const symbols = new Set(['pairSymbol', 'pairSymbolNormalized', 'symbol', 'pair', 'marketCode']);
const amounts = new Set([
  'amount',
  'quantity',
  'leftAmount',
  'qty',
  'outstand_qty',
  'execute_qty',
  'remainQuantity',
  'matchedQuantity',
  'totalQuantity',
  'cumulativeMatchedQuantity',
  'vol',
  'vol_exec',
  'requested_amount',
  'executed_amount',
  'remaining_amount',
  'origQty',
  'executedQty',
]);

type Field = readonly [name: string, value: unknown];

/** Kraken's lists are objects that have each order by its id. */
const isNamedOrder = (name: string): boolean => /^O[A-Z\d]{5}-[A-Z\d]{5}-[A-Z\d]{6}$/.test(name);

/** The reply with these orders shown oddly; what else it holds keeps every digit. */
export function withOddOrders(reply: Reply, { oddity, orderIds }: OddFault): Reply {
  const body = tryParseRawJson(reply.body ?? '');
  return body === undefined ? reply : { ...reply, body: JSON.stringify(bend(body)) };

  function bend(value: unknown): unknown {
    if (Array.isArray(value)) return value.map(bend);
    if (typeof value !== 'object' || value === null || numberText(value) !== undefined)
      return value;
    const fields = Object.entries(value);
    if (fields.every(([name]) => isNamedOrder(name)) && fields.length > 0) {
      return Object.fromEntries(fields.map(([name, each]) => bendMember(name, each)));
    }
    const id = fields.find(([name]) => ids.has(name))?.[1];
    const text = numberText(id) ?? (typeof id === 'string' ? id : undefined);
    const isMeant = text !== undefined && (orderIds?.includes(text) ?? true);
    if (!isMeant) return Object.fromEntries(fields.map(([name, each]) => [name, bend(each)]));
    return oddity === 'null' ? null : Object.fromEntries(fields.flatMap(oddField));
  }

  /** An order that has its id as its name, and other fields within one of them. */
  function bendMember(name: string, value: unknown): Field {
    const isMeant = orderIds?.includes(name) ?? true;
    if (!isMeant) return [name, value];
    const odd = {
      'no-id': '',
      'long-id': `${name}${'x'.repeat(129)}`,
      'unseen-id': `\u202e${name}`,
    };
    const within = (each: unknown): unknown =>
      typeof each === 'object' && each !== null && numberText(each) === undefined
        ? Object.fromEntries(
            Object.entries(each)
              .flatMap(oddField)
              .map(([key, inner]) => [key, within(inner)]),
          )
        : each;
    const isOfId = oddity === 'no-id' || oddity === 'long-id' || oddity === 'unseen-id';
    return isOfId ? [odd[oddity], value] : [name, oddity === 'null' ? null : within(value)];
  }

  function oddField([name, value]: Field): Field[] {
    switch (oddity) {
      case 'no-id':
        return [[name, ids.has(name) ? null : value]];
      case 'long-id':
        return [
          [name, ids.has(name) ? `${numberText(value) ?? String(value)}${'x'.repeat(129)}` : value],
        ];
      case 'unseen-id':
        return [[name, ids.has(name) ? `\u202e${numberText(value) ?? String(value)}` : value]];
      case 'unseen-symbol':
        return [[name, symbols.has(name) ? `\u202e${String(value)}` : value]];
      case 'no-status':
        return statuses.has(name) ? [] : [[name, value]];
      case 'no-symbol':
        return symbols.has(name) ? [] : [[name, value]];
      case 'no-amounts':
        return amounts.has(name) ? [] : [[name, value]];
      case 'empty-amounts':
        return [[name, amounts.has(name) ? '' : value]];
      case 'comma-amounts':
        return [[name, amounts.has(name) ? '0,5' : value]];
      case 'null':
        return [];
    }
  }
}
