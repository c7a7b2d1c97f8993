import { afterEach, describe, expect, test } from 'vitest';
import { PushLine } from '#tests/sandbox/shared/push-line.ts';
import { StreamFaults, type StreamFault } from '#tests/sandbox/shared/stream-faults.ts';
import { connect, join, open, start, stopAll } from './ox-fun-world.ts';
import { send } from './signed-requests.ts';

/** A connection that writes down what becomes of it. */
function listener() {
  const told: string[] = [];
  let isSilent = false;
  return {
    told,
    send: (text: string) => void (isSilent || told.push(text)),
    cut: () => void told.push('cut'),
    silence: () => void (isSilent = true),
  };
}

const order = { id: '1', clientOrderId: 'mine' };

/** Three pushes, each numbered on each connection, of which the second is of another order. */
function tell(...faults: (readonly [StreamFault, ...Parameters<StreamFaults['add']>[1][]])[]) {
  const trouble = new StreamFaults();
  const line = new PushLine<ReturnType<typeof listener>>(trouble);
  const [one, other, gone] = [listener(), listener(), listener()];
  for (const connection of [one, other, gone]) line.join(connection);
  line.leave(gone);
  for (const [fault, scope] of faults) trouble.add(fault, scope);
  const numbers = new Map<object, number>();
  for (const named of [order, { id: '2' }, order])
    line.push(named, (connection) => {
      const number = (numbers.get(connection) ?? 0) + 1;
      numbers.set(connection, number);
      return `${named.id}:${number}`;
    });
  expect(other.told).toEqual(one.told);
  expect(gone.told).toEqual([]);
  return one.told.join(' ');
}

describe('a push', () => {
  test.each<[string, ...Parameters<typeof tell>]>([
    ['1:1 2:2 1:3'],
    ['cut 2:2 1:3', [{ kind: 'drop' }]],
    ['', [{ kind: 'silence' }]],
    ['1:1', [{ kind: 'silence' }, { orderId: '2' }]],
    ['2:2 1:3', [{ kind: 'lost' }]],
    ['2:2', [{ kind: 'lost' }, { orderId: 'mine', times: 2 }]],
    ['1:1 1:3', [{ kind: 'lost' }, { orderId: '2', times: 'always' }]],
    ['1:1 1:1 2:2 1:3', [{ kind: 'duplicate' }]],
    ['2:2 1:1 1:3', [{ kind: 'out-of-order' }]],
    ['{"succ 1:1 2:2 1:3', [{ kind: 'garbage' }]],
    ['1:1 [[ 2:2 1:3', [{ kind: 'garbage', text: '[[' }, { orderId: '2' }]],
    ['2:2 2:2 1:3', [{ kind: 'lost' }], [{ kind: 'duplicate' }]],
    ['1:1 2:2 1:3', [{ kind: 'refuse-login' }], [{ kind: 'full' }]],
  ])('is told as %s', (told, ...faults) => {
    expect(tell(...faults)).toBe(told);
  });

  test('meets nothing any more once all is cleared', () => {
    const faults = new StreamFaults();
    faults.add({ kind: 'lost' });
    faults.add({ kind: 'full' });
    faults.add({ kind: 'refuse-login' });
    faults.clear();
    expect([faults.forPush(order), faults.turnsAway(), faults.refusesLogin()]).toEqual([
      undefined,
      undefined,
      false,
    ]);
  });

  test('does not use up what a login or a connection meets', () => {
    const faults = new StreamFaults();
    faults.add({ kind: 'refuse-login' });
    faults.add({ kind: 'full', how: 'closed' });
    expect(faults.forPush(order)).toBeUndefined();
    expect([faults.refusesLogin(), faults.refusesLogin()]).toEqual([true, false]);
    expect([faults.turnsAway(), faults.turnsAway()]).toEqual(['closed', undefined]);
  });
});

describe('a venue with a socket', () => {
  afterEach(stopAll);

  test('that is full refuses the connection, or closes it at once', async () => {
    const venue = await start();
    venue.sockets.faults.add({ kind: 'full' });
    venue.sockets.faults.add({ kind: 'full', how: 'closed' });
    await expect(connect(venue)).rejects.toThrow('503');
    open.pop();
    expect(await (await connect(venue)).closed).toBe(1013);
    expect(venue.sockets.open).toEqual([]);
    await join(venue);
    expect(venue.sockets.open).toHaveLength(1);
  });

  test('takes faults from another process, and forgets them', async () => {
    const venue = await start();
    const ask = async (method: string, body?: object, path = '/sockets/faults') => {
      const init = { method, ...(body && { body: JSON.stringify(body) }) };
      return (await send(`${venue.url}/sandbox${path}`, init)).status;
    };
    expect(await ask('POST', { fault: { kind: 'full' }, times: 'always' })).toBe(200);
    await expect(connect(venue)).rejects.toThrow('503');
    open.pop();
    expect(await ask('DELETE')).toBe(200);
    await connect(venue);
    expect(await ask('POST', { fault: { kind: 'lost', times: 1 } })).toBe(400);
    expect(await ask('POST', { fault: { kind: 'lost' }, orderId: '7' })).toBe(200);
    expect(await ask('DELETE', undefined, '/faults')).toBe(200);
    expect(venue.sockets.faults.forPush({ id: '7' })).toBeUndefined();
  });

  test('says nothing any more on a socket that was silenced, and leaves it open', async () => {
    const venue = await start();
    const socket = await join(venue);
    const before = socket.told.length;
    await send(`${venue.url}/sandbox/sockets?silence`, { method: 'DELETE' });
    socket.send('ping');
    await venue.requests.waitFor(({ body }) => body === 'ping');
    const other = await connect(venue);
    other.send('ping');
    await other.hears('pong');
    expect(socket.told).toHaveLength(before);
    expect(venue.sockets.open).toHaveLength(2);
  });
});
