import type { Order } from '#lib/domain/order.ts';
import type { Group, Row } from './rows.ts';

export type IdKind = 'order-id' | 'client-order-id';

/** Whether one of the orders bears the id as it was typed. Order ids that differ in case alone name one order. */
export function isListed(orders: readonly Order[], idKind: IdKind, typed: string): boolean {
  const id = typed.trim();
  return orders.some((order) =>
    idKind === 'order-id'
      ? order.id.toLowerCase() === id.toLowerCase()
      : order.clientOrderId === id,
  );
}

/**
 * The groups with only the rows that fit every word of `text`. A word is found in the ids, the symbol, the side and
 * the account's label. Rows keep their order. A group in trouble stays: the order sought may be one it cannot show.
 */
export function findRows(groups: readonly Group[], text: string): readonly Group[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return groups;
  return groups
    .map((group) => {
      const fits = (row: Row) => words.every((word) => isIn(row, group.account.label, word));
      return { ...group, rows: group.rows.filter(fits), waiting: group.waiting.filter(fits) };
    })
    .filter(({ rows, waiting, reading }) => rows.length + waiting.length > 0 || reading?.trouble);
}

function isIn({ ref, order }: Row, label: string, word: string): boolean {
  const texts = [
    ref.orderId,
    ref.clientOrderId,
    order?.id,
    order?.clientOrderId,
    order?.symbol,
    order?.side,
    label,
  ];
  return (
    texts.some((text) => text?.toLowerCase().includes(word)) ||
    (order !== undefined && plain(word) !== '' && plain(order.symbol).includes(plain(word)))
  );
}

/** A symbol as people type it: `BTC_TRY`, `btc/try` and `BTC-TRY` are the same. */
function plain(symbol: string): string {
  return symbol.toLowerCase().replace(/[_\-/]/g, '');
}
