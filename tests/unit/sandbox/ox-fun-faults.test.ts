import { afterEach, describe, expect, test } from 'vitest';
import { messages, type OxFunError } from '#tests/sandbox/ox-fun/replies.ts';
import { loginMessage } from './ox-fun-client.ts';
import {
  batch,
  cancel,
  cancelMessage,
  connect,
  id,
  join,
  key,
  marketCode,
  open,
  order,
  running,
  secret,
  start,
  stopAll,
} from './ox-fun-world.ts';
import { send } from './signed-requests.ts';

afterEach(stopAll);

const isPush = (text: string): boolean => /"table"|"event":"CANCEL"/.test(text);

describe('faults of a socket', () => {
  test.each(Object.keys(messages) as OxFunError[])('refused with %s', async (error) => {
    const venue = await start({}, order);
    const socket = await join(venue);
    venue.faults.add('cancel', { kind: 'refuse', error });
    expect(await socket.asks(cancelMessage())).toEqual({
      event: 'cancelorder',
      submitted: false,
      tag: '456',
      message: messages[error],
      code: error,
      timestamp: expect.any(String),
      data: { marketCode, orderId: id },
    });
    expect(await socket.asks(cancelMessage(id, { tag: 2 }))).toMatchObject({ submitted: true });
  });

  test.each([
    [{ kind: 'drop', when: 'before-acting' }, 1006, 'open'],
    [{ kind: 'drop', when: 'after-acting' }, 1006, 'cancelled'],
    [{ kind: 'close' }, 1000, 'open'],
    [{ kind: 'close', code: 1011, when: 'after-acting' }, 1011, 'cancelled'],
  ] as const)('%o: closed with %d, the order is %s', async (fault, code, status) => {
    const venue = await start({}, order);
    const [socket, other] = [await join(venue), await join(venue)];
    venue.faults.add('cancel', fault);
    socket.send(cancelMessage());
    expect(await socket.closed).toBe(code);
    expect(socket.told.join()).not.toContain('cancelorder');
    if (status === 'cancelled') await other.hears('OrderClosed');
    expect(venue.book.find(id)?.status).toBe(status);
    expect(venue.requests.of('cancel')).toMatchObject([{ outcome: 'dropped', orderId: id }]);
  });

  test.each([
    [{ kind: 'garbage' }, '{"succ', 'open'],
    [{ kind: 'garbage', when: 'after-acting' }, '{"succ', 'cancelled'],
    [{ kind: 'empty', when: 'after-acting' }, '', 'cancelled'],
    [{ kind: 'deep', depth: 3 }, '[[[]]]', 'open'],
    [{ kind: 'deep', depth: 1, when: 'after-acting' }, '[]', 'cancelled'],
    [{ kind: 'no-reply' }, undefined, 'open'],
    [{ kind: 'no-reply', when: 'after-acting' }, undefined, 'cancelled'],
  ] as const)('%o: told %o, the order is %s', async (fault, told, status) => {
    const venue = await start({ greets: false }, order);
    const socket = await join(venue);
    const before = socket.told.length;
    venue.faults.add('cancel', fault);
    socket.send(cancelMessage());
    if (status === 'cancelled') await socket.hears('OrderClosed');
    socket.send('ping');
    await socket.hears('pong');
    const replies = socket.told.slice(before).filter((text) => !/OrderClosed|pong/.test(text));
    expect(replies).toEqual(told === undefined ? [] : [told]);
    expect(venue.book.find(id)?.status).toBe(status);
    expect(venue.requests.of('cancel')).toMatchObject([
      { outcome: told === undefined ? 'pending' : 'answered' },
    ]);
  });

  test('a huge reply is the one earned, and white space', async () => {
    const venue = await start({ greets: false }, order);
    const socket = await join(venue);
    venue.faults.add('cancel', { kind: 'huge', bytes: 300_000 });
    socket.send(cancelMessage());
    await socket.hears('cancelorder');
    const reply = socket.told.find((text) => text.includes('cancelorder')) ?? '';
    expect(reply).toHaveLength(300_000);
    expect(JSON.parse(reply)).toMatchObject({ submitted: true });
    await venue.book.waitFor(id, 'cancelled');
  });

  test.each([
    [{ kind: 'accept-then-fill', delayMs: 0 }, ['"FILLED"', '100004'], 'filled'],
    [{ kind: 'accept-then-fill', quantity: '0.2' }, ['PARTIAL_FILL', 'OrderClosed'], 'cancelled'],
    [{ kind: 'accept-then-cancel', delayMs: 1 }, ['OrderClosed'], 'cancelled'],
    [{ kind: 'accept-and-forget' }, [], 'open'],
    [{ kind: 'late-failure', delayMs: 0 }, ['100004'], 'open'],
    [{ kind: 'push-before-reply' }, ['OrderClosed'], 'cancelled'],
    [{ kind: 'duplicate-push' }, ['OrderClosed', 'OrderClosed'], 'cancelled'],
    [{ kind: 'out-of-order-push' }, ['OrderClosed', 'OrderOpened'], 'cancelled'],
    [{ kind: 'lost-push' }, [], 'cancelled'],
  ] as const)('%o: submitted, then %o, the order is %s', async (fault, pushes, status) => {
    const venue = await start({}, order);
    const socket = await join(venue);
    venue.faults.add('cancel', fault);
    expect(await socket.asks(cancelMessage())).toMatchObject({ submitted: true });
    for (const push of pushes) await socket.hears(push);
    await venue.book.waitFor(id, status);
    socket.send('ping');
    await socket.hears('pong');
    const told = socket.told.filter((text) => isPush(text));
    expect(told.length).toBe(pushes.length);
    for (const [turn, push] of pushes.entries()) expect(told[turn]).toContain(push);
    const [reply, push] = [
      socket.told.findIndex((text) => text.includes('cancelorder')),
      socket.told.findIndex((text) => isPush(text)),
    ];
    if (push !== -1) expect(push < reply).toBe(fault.kind === 'push-before-reply');
  });

  test('half a batch is refused', async () => {
    const venue = await start({}, order, { ...order, id: '5' });
    const socket = await join(venue);
    venue.faults.add('cancel', { kind: 'refuse', error: '20032' }, { orderId: '5' });
    socket.send(batch(id, '5'));
    expect(await socket.hears('cancelorder', id)).toContain('"submitted":true');
    expect(await socket.hears('cancelorder', '"5"')).toContain('20032');
  });

  test('held, it lets others pass, and the order can fill meanwhile', async () => {
    const venue = await start({}, order, { ...order, id: '5' });
    const socket = await join(venue);
    const hold = venue.faults.hold('cancel', { orderId: id });
    socket.send(cancelMessage());
    await hold.arrived;
    expect(await socket.asks(cancelMessage('5', { tag: 2 }))).toMatchObject({ submitted: true });
    venue.book.fill(id);
    hold.release();
    expect(JSON.parse(await socket.hears('"456"'))).toMatchObject({ code: '100005' });
  });

  test('a rate limit asked for lasts, on this socket', async () => {
    const venue = await start({}, order);
    const socket = await join(venue);
    venue.faults.add('cancel', { kind: 'rate-limit', seconds: 7 });
    for (const tag of [1, 2])
      expect(await socket.asks(cancelMessage(id, { tag }))).toMatchObject({ code: '20007' });
    expect(await (await join(venue)).asks(cancelMessage())).toMatchObject({ submitted: true });
  });

  test('login and subscription meet faults too', async () => {
    const venue = await start();
    venue.faults.add('login', { kind: 'refuse', error: '20001' });
    venue.faults.add('subscribe', { kind: 'refuse', error: '20001' });
    const socket = await connect(venue);
    const login = loginMessage({ ...venue, key, secret });
    expect(await socket.asks(login)).toMatchObject({ event: 'login', code: '20001' });
    expect(await socket.asks({ ...login, tag: 2 })).toMatchObject({ success: true });
    const subscribe = { op: 'subscribe', args: ['order:all'], tag: 3 };
    expect(await socket.asks(subscribe)).toMatchObject({ event: 'subscribe', code: '20001' });
    expect(await socket.asks({ ...subscribe, tag: 4 })).toMatchObject({ channel: 'order:all' });
  });

  test.each([
    [{ kind: 'status', status: 503 }, /503/],
    [{ kind: 'html', status: 403 }, /403/],
    [{ kind: 'refuse', error: '429' }, /429/],
    [{ kind: 'drop', when: 'before-acting' }, /hang up|reset/],
  ] as const)('no socket: %o, while REST serves', async (fault, seen) => {
    const venue = await start({}, order);
    venue.faults.add('connect', fault, { times: 'always' });
    await expect(connect(venue)).rejects.toThrow(seen);
    open.pop();
    expect((await cancel(venue, [{ marketCode, orderId: id }])).status).toBe(200);
    expect(venue.requests.of('connect')).toHaveLength(1);
  });

  test.each([
    ['', 1000],
    ['?cut', 1006],
  ])('closed on demand, also from another process%s: %d', async (how, code) => {
    const venue = await start();
    const [one, two] = [await connect(venue), await connect(venue)];
    await send(`${venue.url}/sandbox/sockets${how}`, { method: 'DELETE' });
    expect([await one.closed, await two.closed]).toEqual([code, code]);
    const third = await connect(venue);
    venue.sockets.close(4000);
    expect(await third.closed).toBe(4000);
    const opened = await send(`${venue.url}/sandbox/sockets`, {});
    expect(opened.json).toEqual({ open: 0 });
  });

  test('asked for from another process', async () => {
    const venue = await start({}, order);
    const socket = await join(venue);
    const fault = { operation: 'cancel', fault: { kind: 'late-failure', delayMs: 0 } };
    const body = JSON.stringify(fault);
    expect((await send(`${venue.url}/sandbox/faults`, { method: 'POST', body })).status).toBe(200);
    socket.send(cancelMessage());
    await socket.hears('100004');
  });

  test('stops at once, with sockets open and upgrades held', async () => {
    const venue = await start();
    const socket = await connect(venue);
    const hold = venue.faults.hold('connect');
    const held = connect(venue).catch(() => 'refused');
    await hold.arrived;
    await venue.stop();
    expect(await held).toBe('refused');
    expect(await socket.closed).toBe(1006);
    running.pop();
  });
});

describe('faults of REST', () => {
  const named = [{ marketCode, orderId: id }];

  test.each(Object.keys(messages) as OxFunError[])('refused with %s', async (error) => {
    const venue = await start({}, order);
    venue.faults.add('cancel', { kind: 'refuse', error });
    const { json, status } = await cancel(venue, named);
    expect(json).toMatchObject({ success: false, code: error });
    expect(status).toBeGreaterThanOrEqual(400);
    expect((await cancel(venue, named)).status).toBe(200);
  });

  test.each([
    [{ kind: 'accept-then-fill' }, { code: '40035', submitted: false }, 'filled'],
    [{ kind: 'accept-then-fill', quantity: '0.2' }, { remainQuantity: '0.3' }, 'cancelled'],
    [{ kind: 'accept-then-cancel', delayMs: 0 }, { submitted: true }, 'cancelled'],
    [{ kind: 'accept-and-forget' }, { submitted: true }, 'open'],
    [{ kind: 'leave-out', orderIds: [id] }, { code: '40035', submitted: false }, 'open'],
    [{ kind: 'leave-out', orderIds: [id], error: '20031' }, { code: '20031' }, 'open'],
  ] as const)('%o: %o, the order is %s', async (fault, element, status) => {
    const venue = await start({}, order);
    venue.faults.add('cancel', fault);
    expect((await cancel(venue, named)).json).toMatchObject({ success: true, data: [element] });
    await venue.book.waitFor(id, status);
  });

  test('a fault of messages passes requests by, and one of requests messages', async () => {
    const venue = await start({}, order, { ...order, id: '5' });
    venue.faults.add('cancel', { kind: 'late-failure' });
    venue.faults.add('cancel', { kind: 'status', status: 500 });
    const socket = await join(venue);
    expect((await cancel(venue, named)).status).toBe(500);
    socket.send(cancelMessage('5'));
    await socket.hears('100004');
  });
});
