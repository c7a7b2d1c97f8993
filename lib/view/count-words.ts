/** `no open orders`, `1 open order`, `8 open orders`. */
export function countWords(openOrders: number): string {
  return openOrders === 0
    ? 'no open orders'
    : openOrders === 1
      ? '1 open order'
      : `${openOrders} open orders`;
}
