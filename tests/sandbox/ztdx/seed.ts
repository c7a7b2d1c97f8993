import type { NewOrder } from '#tests/sandbox/shared/order-book.ts';
import type { OrderSettings } from './order-object.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** Nine open orders, five of which protect, and four that have ended. Binance's ids beyond 2^53 are of ETHUSDT (fact sheet 2.10). */
const orders: readonly (NewOrder & { id: string })[] = [
  {
    id: '2254221001',
    symbol: 'BTCUSDT',
    side: 'buy',
    price: '70168.52',
    quantity: '0.35',
    filled: '0.12',
    ageMs: 4 * day,
    clientOrderId: 'swing-btc',
  },
  {
    id: '2254221002',
    symbol: 'BTCUSDT',
    side: 'sell',
    method: 'take-profit-market',
    price: '0',
    stopPrice: '81500',
    quantity: '0.35',
    ageMs: 4 * day,
    reduceOnly: true,
    parentId: '2254221001',
  },
  {
    id: '2254221003',
    symbol: 'BTCUSDT',
    side: 'sell',
    method: 'stop-market',
    price: '0',
    stopPrice: '66200',
    quantity: '0.35',
    ageMs: 4 * day,
    reduceOnly: true,
    parentId: '2254221001',
  },
  {
    id: '8389765512345678901',
    symbol: 'ETHUSDT',
    side: 'buy',
    price: '2315.4',
    quantity: '6.5',
    ageMs: 28 * hour,
  },
  {
    id: '8389765512345678902',
    symbol: 'ETHUSDT',
    side: 'buy',
    price: '2298.15',
    quantity: '4',
    ageMs: 27 * hour,
    clientOrderId: 'eth-ladder-2',
  },
  {
    id: '8389765512345678903',
    symbol: 'ETHUSDT',
    side: 'sell',
    method: 'stop-market',
    price: '0',
    stopPrice: '2180',
    quantity: '3.2',
    ageMs: 9 * hour,
    reduceOnly: true,
    clientOrderId: 'eth-guard',
  },
  {
    id: '2254221007',
    symbol: 'SOLUSDT',
    side: 'sell',
    method: 'trailing-stop-market',
    price: '0',
    stopPrice: '164.2',
    quantity: '85',
    ageMs: 3 * hour,
    reduceOnly: true,
  },
  {
    id: '2254221008',
    symbol: 'SOLUSDT',
    side: 'sell',
    price: '171.35',
    quantity: '40',
    ageMs: 42 * minute,
    reduceOnly: true,
    clientOrderId: 'sol-exit',
  },
  {
    id: '2254221009',
    symbol: 'XRPUSDT',
    side: 'buy',
    price: '2.0815',
    quantity: '5200',
    ageMs: 7 * minute,
  },
  {
    id: '2254220901',
    symbol: 'BTCUSDT',
    side: 'buy',
    price: '69010',
    quantity: '0.2',
    filled: '0.2',
    ageMs: 5 * day,
  },
  {
    id: '2254220902',
    symbol: 'BTCUSDT',
    side: 'sell',
    method: 'take-profit-market',
    price: '0',
    stopPrice: '74000',
    quantity: '0.2',
    status: 'expired',
    ageMs: 5 * day,
    reduceOnly: true,
    parentId: '2254220901',
  },
  {
    id: '2254220903',
    symbol: 'XRPUSDT',
    side: 'buy',
    price: '1.98',
    quantity: '3000',
    status: 'cancelled',
    ageMs: 2 * day,
  },
  {
    id: '8389765512345678890',
    symbol: 'ETHUSDT',
    side: 'sell',
    price: '2555',
    quantity: '2',
    filled: '0.75',
    status: 'cancelled',
    ageMs: 30 * hour,
  },
];

/** The same id as a UUID: its last twelve digits end one. */
const uuid = (id: string): string => `3fa42833-9508-4061-8d80-${id.slice(-12).padStart(12, '0')}`;

const withUuids = orders.map(({ id, parentId, ...order }): NewOrder => ({
  id: uuid(id),
  parentId: parentId && uuid(parentId),
  ...order,
}));

export function seed(idForm: OrderSettings['idForm']): readonly NewOrder[] {
  return idForm === 'digits' ? orders : withUuids;
}
