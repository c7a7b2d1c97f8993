import { afterEach, describe, expect, test } from 'vitest';
import type { BinanceOptions } from '#tests/sandbox/binance/binance.ts';
import type { Fault } from '#tests/sandbox/shared/faults.ts';
import type { NewOrder } from '#tests/sandbox/shared/order-book.ts';
import { cancel, oco, order, oto, read, remove, start, stopAll, symbol } from './binance-world.ts';

afterEach(stopAll);

const open: NewOrder = { ...order, id: '7', clientOrderId: 'mine' };

describe('one order', () => {
  test('is cancelled when the reply says so, and bears another client order id then', async () => {
    const venue = await start({}, { ...open, filled: '0.1' });
    const { json } = await cancel(venue, '7');
    const { updatedAt } = await venue.book.waitFor('7', 'cancelled');
    expect(json).toMatchObject({
      orderId: 7,
      orderListId: -1,
      origClientOrderId: 'mine',
      status: 'CANCELED',
      executedQty: '0.10000000',
      transactTime: updatedAt,
    });
    const { clientOrderId } = json as { clientOrderId: string };
    expect(clientOrderId).toMatch(/^[A-Za-z\d]{22}$/);
    const named = (own: string) => read(venue, `order${symbol}&origClientOrderId=${own}`);
    expect((await named(clientOrderId)).json).toMatchObject({ orderId: 7, status: 'CANCELED' });
    expect((await named('mine')).json).toMatchObject({ code: -2013 });
    venue.settings.oldClientId = 'found';
    expect((await named('mine')).json).toMatchObject({ orderId: 7, clientOrderId });
  });

  test('bears the cancel’s own id where one was given', async () => {
    const venue = await start({}, open);
    const path = `order${symbol}&origClientOrderId=mine&newClientOrderId=pulled-1`;
    expect((await remove(venue, path)).json).toMatchObject({
      orderId: 7,
      clientOrderId: 'pulled-1',
      origClientOrderId: 'mine',
    });
  });

  test.each<[string, NewOrder, string, number]>([
    ['filled', { ...open, filled: order.quantity }, 'orderId=7', -2011],
    ['cancelled', { ...open, status: 'cancelled' }, 'orderId=7', -2011],
    ['somebody else’s', { ...open, isForeign: true }, 'orderId=7', -2011],
    ['of another symbol', { ...open, symbol: 'ETHUSDT' }, 'orderId=7', -2011],
    ['not there', open, 'orderId=8', -2011],
    ['named by an empty id beside its own', open, 'orderId=7&origClientOrderId=', -1105],
    ['another one’s client id', open, 'orderId=7&origClientOrderId=other', -2039],
    ['not named', open, 'recvWindow=5000', -1102],
  ])('that is %s', async (_, placed, name, code) => {
    const venue = await start({}, placed);
    expect(await remove(venue, `order${symbol}&${name}`)).toMatchObject({
      status: 400,
      json: { code },
    });
  });

  test.each<[Fault<never>, object, string]>([
    [{ kind: 'accept-then-fill' }, { code: -2011 }, 'filled'],
    [{ kind: 'accept-then-fill', quantity: '0.2' }, { executedQty: '0.20000000' }, 'cancelled'],
    [{ kind: 'accept-then-cancel', delayMs: 5 }, { status: 'NEW' }, 'cancelled'],
    [{ kind: 'accept-and-forget' }, { status: 'NEW' }, 'open'],
  ])('%j', async (fault, json, status) => {
    const venue = await start({}, open);
    venue.faults.add('cancel', fault);
    expect((await cancel(venue, '7')).json).toMatchObject(json);
    await venue.book.waitFor('7', status as 'open');
  });
});

describe('an order list', () => {
  test.each([
    ['11', '12'],
    ['12', '11'],
  ])('goes whole with one leg, and is the reply: %s', async (leg, other) => {
    const venue = await start({}, ...oco);
    const { json } = await cancel(venue, leg);
    expect(json).toMatchObject({
      contingencyType: 'OCO',
      listOrderStatus: 'ALL_DONE',
      symbol: 'BTCUSDT',
      orders: [{ orderId: 11 }, { orderId: 12 }],
      orderReports: [
        { orderId: 11, status: 'CANCELED', origClientOrderId: 'oco-limit', type: 'LIMIT_MAKER' },
        { orderId: 12, status: 'CANCELED', origClientOrderId: 'oco-stop' },
      ],
    });
    expect(json).not.toHaveProperty('status');
    expect(venue.book.find(other)).toMatchObject({ status: 'cancelled' });
  });

  test.each<[BinanceOptions, string]>([
    [{}, 'expired'],
    [{ otherLeg: 'cancelled' }, 'cancelled'],
  ])('of which one leg fills ends: %j', async (options, status) => {
    const venue = await start(options, ...oco);
    venue.book.fill('11');
    expect(venue.book.find('11')).toMatchObject({ status: 'filled' });
    expect(venue.book.find('12')).toMatchObject({ status });
  });

  test('that waits is set free by the first order’s fill, and goes with its cancel', async () => {
    const venue = await start({}, ...oto);
    const status = async () => {
      const { json } = await read(venue, `order${symbol}&orderId=22`);
      return (json as { status: string }).status;
    };
    expect(await status()).toBe('PENDING_NEW');
    venue.book.fill('21', '0.1');
    expect(await status()).toBe('PENDING_NEW');
    venue.book.fill('21');
    expect(await status()).toBe('NEW');
    expect((await cancel(venue, '22')).json).toMatchObject({
      contingencyType: 'OTO',
      orderReports: [
        { orderId: 21, status: 'FILLED' },
        { orderId: 22, status: 'CANCELED' },
      ],
    });
  });
});

describe('all of a symbol', () => {
  const path = `openOrders${symbol}`;

  test('stops and lists too, each list once', async () => {
    const venue = await start(
      {},
      open,
      ...oco,
      { ...order, id: '30', method: 'stop-market', stopPrice: '62000' },
      { ...order, id: '31', symbol: 'ETHUSDT' },
      { ...order, id: '32', isForeign: true },
    );
    const { json } = await remove(venue, path);
    expect(json).toMatchObject([
      { orderId: 7, status: 'CANCELED' },
      { contingencyType: 'OCO', orderReports: [{ orderId: 11 }, { orderId: 12 }] },
      { orderId: 30, status: 'CANCELED', type: 'STOP_LOSS' },
    ]);
    expect(json).toHaveLength(3);
    expect(venue.book.open().map(({ id }) => id)).toEqual(['31', '32']);
  });

  test('leaves out what it is told to', async () => {
    const venue = await start({}, open, { ...order, id: '8' });
    venue.faults.add('cancel-all', { kind: 'leave-out', orderIds: ['8'] });
    expect((await remove(venue, path)).json).toMatchObject([{ orderId: 7 }]);
    expect(venue.book.open().map(({ id }) => id)).toEqual(['8']);
  });

  test.each<[BinanceOptions, object]>([
    [{}, { status: 400, json: { code: -2011 } }],
    [{ nothingToCancel: 'empty' }, { status: 200, json: [] }],
  ])('where nothing is open: %j', async (options, answered) => {
    expect(await remove(await start(options), path)).toMatchObject(answered);
  });

  test('wants a symbol', async () => {
    const venue = await start({}, open);
    expect(await remove(venue, 'openOrders')).toMatchObject({ json: { code: -1102 } });
    expect(await remove(venue, 'openOrders?symbol=')).toMatchObject({ json: { code: -1105 } });
    expect(venue.book.open()).toHaveLength(1);
  });
});
