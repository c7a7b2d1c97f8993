import { compare, type Decimal } from '#lib/domain/decimal.ts';
import { isAtMarketPrice, type Order, type OrderId } from '#lib/domain/order.ts';
import { inBatches, type BatchRules, type CancelRequest } from '#lib/worker/lanes/batches.ts';

/** From so many orders on, cancelling every one is cheaper: it wants the list read first. */
const fewestForEvery = 3;

/**
 * The cheapest requests that cancel the chosen ones of the open orders and no other, in the order in which they should go.
 * `open` must be all there are. `every`: whether the venue can cancel every order, and whatever else it may find there
 * (placed since) is meant too: of the account, of single symbols, or not at all. `taken`: the open orders that this takes.
 */
export function planCancels(
  open: readonly Order[],
  chosen: ReadonlySet<OrderId>,
  rules: BatchRules,
  every: EveryScope,
  taken: readonly Order[] = open,
): CancelRequest[] {
  const chosenOrders = open.filter(({ id }) => chosen.has(id));
  const wanted = likeliestToFillFirst(chosenOrders, open);
  const groups = every === 'none' ? [] : groupsOfEvery(taken, wanted, every);
  const inGroups = new Set(groups.flatMap(({ orders }) => orders));
  const rest = wanted.filter((order) => !inGroups.has(order));
  return [...groups, ...inBatches(rest, rules)];
}

export type EveryScope = 'account' | 'symbol' | 'none';

/** The account's orders where all are wanted; else those of each symbol of which all are. */
function groupsOfEvery(
  taken: readonly Order[],
  wanted: readonly Order[],
  scope: EveryScope,
): Extract<CancelRequest, { kind: 'every' }>[] {
  const isTaken = new Set(taken);
  const fitting = wanted.filter((order) => isTaken.has(order));
  if (scope === 'account' && fitting.length === taken.length && fitting.length >= fewestForEvery) {
    return [{ kind: 'every', orders: fitting }];
  }
  const all = Map.groupBy(taken, ({ symbol }) => symbol);
  return [...Map.groupBy(fitting, ({ symbol }) => symbol)]
    .filter(([symbol, orders]) => orders.length === all.get(symbol)?.length)
    .filter(([symbol, orders]) => symbol !== '' && orders.length >= fewestForEvery)
    .map(([symbol, orders]) => ({ kind: 'every', symbol, orders }));
}

/**
 * What is likeliest to fill next comes first. The market lies between one's own best buy and best sell of a symbol: where
 * both are open, orders come by their distance from the middle of the two; orders at market price come before all.
 * The others come newest first, and those without a time last.
 */
export function likeliestToFillFirst(
  orders: readonly Order[],
  open: readonly Order[] = orders,
): Order[] {
  const bySymbol = Map.groupBy(open, ({ symbol }) => symbol);
  const middles = new Map([...bySymbol].map(([symbol, all]) => [symbol, middleOf(all)]));
  const distances = new Map(
    orders.map((order) => [order, distanceOf(order, middles.get(order.symbol))]),
  );
  const distance = (order: Order) => distances.get(order) ?? Infinity;
  return orders.toSorted((a, b) => {
    const [near, far] = [distance(a), distance(b)];
    return near === far ? (b.createdAt ?? 0) - (a.createdAt ?? 0) : near - far;
  });
}

/** Numbers are good enough to sort by; undefined where one side is missing. */
function middleOf(orders: readonly Order[]): number | undefined {
  const prices = (side: Order['side']) =>
    orders
      .filter((order) => order.side === side && !order.protective)
      .flatMap(({ price }): Decimal[] => (price === undefined ? [] : [price]))
      .toSorted(compare);
  const bestBuy = prices('buy').at(-1);
  const bestSell = prices('sell')[0];
  return bestBuy === undefined || bestSell === undefined
    ? undefined
    : (Number(bestBuy) + Number(bestSell)) / 2;
}

function distanceOf(order: Order, middle: number | undefined): number {
  const waitsFor = order.stopPrice ?? order.price;
  if (waitsFor === undefined) return isAtMarketPrice(order) ? 0 : Infinity;
  return middle === undefined ? Infinity : Math.abs(Number(waitsFor) - middle) / middle;
}
