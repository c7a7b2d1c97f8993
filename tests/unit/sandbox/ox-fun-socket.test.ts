import { afterEach, describe, expect, test, vi } from 'vitest';
import { messages, type OxFunError } from '#tests/sandbox/ox-fun/replies.ts';
import { loginMessage } from './ox-fun-client.ts';
import {
  batch,
  cancelMessage,
  connect,
  id,
  join,
  key,
  marketCode,
  order,
  secret,
  start,
  stopAll,
} from './ox-fun-world.ts';

afterEach(() => {
  vi.useRealTimers();
  return stopAll();
});

const pushed = (text: string): Record<string, unknown> =>
  (JSON.parse(text) as { data: Record<string, unknown>[] }).data[0] ?? {};

describe('the socket', () => {
  test.each([true, false])('greets with a nonce: %s', async (greets) => {
    const socket = await connect(await start({ greets }));
    socket.send('ping');
    await socket.hears('pong');
    expect(socket.told.at(-1)).toBe('pong');
    expect(socket.told.length).toBe(greets ? 2 : 1);
    if (greets) expect(JSON.parse(socket.told[0] ?? '')).toHaveProperty('nonce');
  });

  test.each<[unknown, OxFunError, object?]>([
    ['{"op":', '20009', { success: false }],
    [{ op: 'placeorder', tag: 1 }, '20003', { event: 'placeorder', tag: '1' }],
    [{ ...cancelMessage(), tag: 'x'.repeat(32) }, '20034', { event: 'cancelorder' }],
    [{ ...cancelMessage(), data: { marketCode } }, '20010', { tag: '456', submitted: false }],
    [{ ...cancelMessage(), data: { orderId: id } }, '20011', { data: { orderId: id } }],
    [{ ...cancelMessage(), data: { marketCode: 'NO-SUCH', orderId: id } }, '20015'],
    [{ ...cancelMessage(), data: { marketCode: 'OX-USDT', orderId: id } }, '100005'],
    [cancelMessage('12x'), '20019', { data: { marketCode, orderId: '12x' } }],
    [cancelMessage('3330802124194931674'), '100005', { message: 'Open order not found with id' }],
    [cancelMessage('66'), '100006'],
    [{ op: 'cancelorders', tag: 1 }, '20002', { event: 'cancelorder' }],
    [batch(...Array.from({ length: 21 }, () => '5')), '20027'],
    [{ op: 'subscribe', tag: 1, args: ['order::BTC-USDT'] }, '20002', { success: false }],
  ])('%o: %s', async (message, code, more = {}) => {
    const venue = await start({}, order, { ...order, id: '66', isForeign: true });
    const socket = await join(venue);
    socket.send(message as object | string);
    const told: unknown = JSON.parse(await socket.hears(`"code":"${code}"`));
    expect(told).toMatchObject({ message: messages[code], timestamp: expect.any(String), ...more });
    expect(venue.book.find(id)?.status).toBe('open');
  });

  test.each([cancelMessage(), { op: 'subscribe', tag: 456, args: ['order:all'] }])(
    'before login %o is refused',
    async (message) => {
      const socket = await connect(await start({}, order));
      expect(await socket.asks(message)).toMatchObject({ code: '20026' });
    },
  );

  test.each(['filled', 'cancelled'] as const)(
    'an order that is %s is not found',
    async (status) => {
      const venue = await start({}, order);
      if (status === 'filled') venue.book.fill(id);
      else venue.book.cancel(id);
      expect(await (await join(venue)).asks(cancelMessage())).toMatchObject({ code: '100005' });
    },
  );

  test.each([
    ['text', JSON.stringify(cancelMessage()), undefined],
    [
      'a number',
      `{"op":"cancelorder","tag":456,"data":{"marketCode":"${marketCode}","orderId":${id}}}`,
      '1',
    ],
  ])(
    'cancels by an id that is %s, then says so on every order channel',
    async (_, message, clientOrderId) => {
      const venue = await start({}, { ...order, clientOrderId, filled: '0.2' });
      const [asking, other] = [await join(venue), await join(venue, 'order:OX-USDT')];
      asking.send(message);
      expect(JSON.parse(await asking.hears('cancelorder'))).toEqual({
        event: 'cancelorder',
        submitted: true,
        tag: '456',
        timestamp: expect.stringMatching(/^\d{13}$/),
        data: { marketCode, ...(clientOrderId && { clientOrderId }), orderId: id },
      });
      for (const socket of [asking, other])
        expect(pushed(await socket.hears('OrderClosed'))).toEqual({
          notice: 'OrderClosed',
          accountId: '106490',
          clientOrderId: clientOrderId ?? '0',
          orderId: id,
          price: '42600',
          limitPrice: '42600',
          quantity: '0.5',
          remainQuantity: '0.3',
          amount: '0',
          displayQuantity: '0.5',
          side: 'BUY',
          status: 'CANCELED_BY_USER',
          marketCode,
          timeInForce: 'GTC',
          timestamp: expect.stringMatching(/^\d{13}$/),
          orderType: 'LIMIT',
          isTriggered: 'false',
          triggerType: 'NONE',
        });
      const reply = asking.told.findIndex((text) => text.includes('cancelorder'));
      expect(reply).toBeLessThan(asking.told.findIndex((text) => text.includes('OrderClosed')));
    },
  );

  test('a socket that is not logged in, or not subscribed, hears of no order', async () => {
    const venue = await start({}, order);
    const [stranger, loggedIn, last] = [
      await connect(venue),
      await connect(venue),
      await join(venue),
    ];
    await loggedIn.asks(loginMessage({ ...venue, key, secret }));
    venue.book.cancel(id);
    await last.hears('OrderClosed');
    for (const socket of [stranger, loggedIn]) {
      socket.send('ping');
      await socket.hears('pong');
      expect(socket.told.join()).not.toContain('OrderClosed');
    }
  });

  test('a batch is answered one by one, all with its tag', async () => {
    const venue = await start({}, order, { ...order, id: '5' });
    const socket = await join(venue);
    socket.send(batch(id, '6', '5'));
    for (const orderId of [id, '6', '5'])
      expect(JSON.parse(await socket.hears('"tag":"7"', `"orderId":"${orderId}"`))).toMatchObject({
        event: 'cancelorder',
        submitted: orderId !== '6',
      });
    await Promise.all([id, '5'].map((one) => venue.book.waitFor(one, 'cancelled')));
    expect(venue.requests.of('cancel')).toMatchObject([
      { method: 'WS', orderId: `${id},6,5`, outcome: 'answered' },
    ]);
  });

  test.each([
    [false, '20010'],
    [true, undefined],
  ])('takes a client order id: %s', async (socketTakesClientOrderId, code) => {
    const clientOrderId = '9223372036854775807';
    const venue = await start({ socketTakesClientOrderId }, { ...order, clientOrderId });
    const socket = await join(venue);
    const message = cancelMessage(undefined, { data: { marketCode, clientOrderId } });
    expect((await socket.asks(message))['code']).toBe(code);
  });

  test.each<[unknown, OxFunError]>([
    ['x', '20014'],
    ['9223372036854775808', '20014'],
    [0, '20008'],
  ])('client order id %s: %s', async (clientOrderId, code) => {
    const socket = await join(await start({ socketTakesClientOrderId: true }));
    const message = cancelMessage(undefined, { data: { marketCode, clientOrderId } });
    expect(await socket.asks(message)).toMatchObject({ code });
  });

  test('of two cancels sent fast the second fails late, its ids as exact numbers', async () => {
    // Else a slow machine might send the second only when the first is done.
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const venue = await start(
      { cancelDelayMs: 20 },
      { ...order, clientOrderId: '18014398509481985' },
    );
    const socket = await join(venue);
    for (const tag of [1, 2])
      expect(await socket.asks(cancelMessage(id, { tag }))).toMatchObject({ submitted: true });
    vi.advanceTimersByTime(20);
    const failed = await socket.hears('100004');
    expect(failed).toContain(`"orderId":${id}`);
    expect(failed).toContain('"clientOrderId":18014398509481985');
    expect(JSON.parse(failed)).toMatchObject({
      event: 'CANCEL',
      submitted: false,
      message: expect.stringMatching(/REJECT_CANCEL_ORDER_ID_NOT_FOUND$/),
      timestamp: '0',
    });
  });

  test('closes when no ping comes', async () => {
    const socket = await connect(await start({ idleMs: 5 }));
    expect(await socket.closed).toBe(1001);
  });

  test.each([
    [{ loggedIn: false }, 1],
    [{ loggedIn: true }, 49],
  ])('too many messages, %o: %d are served', async ({ loggedIn }, served) => {
    const venue = await start({ limits: true });
    const socket = await (loggedIn ? join(venue) : connect(venue));
    for (let turn = 0; turn <= served; turn++) socket.send(cancelMessage(id, { tag: `t${turn}` }));
    expect(JSON.parse(await socket.hears('20007'))).toMatchObject({
      event: 'cancelorder',
      submitted: false,
      tag: `t${served}`,
    });
    expect(socket.told.join()).toContain(`"tag":"t${served - 1}"`);
  });
});
