import { afterEach, describe, expect, test } from 'vitest';
import type { BtcTurkOptions } from '#tests/sandbox/btcturk/btcturk.ts';
import { signBtcTurk } from './signed-requests.ts';
import {
  connect,
  join,
  key,
  loginWith,
  open,
  order,
  stopAll,
  secret,
  start,
} from './btcturk-stream-world.ts';

const now = (): number => Date.now();

afterEach(async () => {
  for (const socket of open.splice(0)) socket.cut();
  await stopAll();
});

describe('login', () => {
  test('takes the known vector, after a greeting', async () => {
    const signature = 'mnF6OXRndk4j2+sXFut4vRW1iNOSgv/4lk3EoCYtE8s=';
    const venue = await start();
    const socket = await connect(venue);
    socket.send(loginWith(3000, { signature }));
    await socket.hears('114');
    expect(socket.told.map((text) => JSON.parse(text) as unknown)).toEqual([
      [991, { type: 991, current: '6.0.0', min: '2.3.0' }],
      [114, { type: 114, id: expect.any(Number), ok: true, message: null }],
    ]);
    expect(venue.requests.of('login')).toMatchObject([{ method: 'WS', outcome: 'answered' }]);
  });

  test('may be the first that is said', async () => {
    const socket = await join(await start({ greets: false }));
    expect(socket.told).toHaveLength(1);
  });

  test.each<[string, BtcTurkOptions, () => unknown, string?]>([
    ['the nonce as text', {}, () => loginWith('3000')],
    ['an old timestamp', {}, () => loginWith(3000, { timestamp: 1 })],
    ['the library’s nonce', {}, () => loginWith(15_000), 'Invalid Request'],
    ['a nonce of milliseconds', {}, () => loginWith(now()), 'Invalid Request'],
    ['the library’s nonce, taken', { loginNonce: '15000' }, () => loginWith(15_000)],
    ['the documented nonce, not taken', { loginNonce: '15000' }, () => loginWith(), 'Invalid Req'],
    ['a tolerance', { loginNonce: 'tolerance' }, () => loginWith(5000)],
    [
      'a timestamp within it',
      { loginNonce: 'tolerance' },
      () => loginWith(15_000, { timestamp: now() - 14_000 }),
    ],
    [
      'a timestamp beyond it',
      { loginNonce: 'tolerance' },
      () => loginWith(3000, { timestamp: now() + 4000 }),
      'Invalid Request',
    ],
    ['no timestamp', {}, () => loginWith(3000, { timestamp: undefined }), 'Invalid Nonce'],
    ['another key', {}, () => loginWith(3000, { publicKey: 'x' }), 'Invalid Public key'],
    [
      'another signature',
      {},
      () => loginWith(3000, { signature: signBtcTurk(secret, key, '1') }),
      'Invalid Request',
    ],
    ['no object', {}, () => [114], 'Invalid Nonce'],
    ['no right', { rights: ['trade'] }, () => loginWith(), 'Invalid Request'],
    ['another address', { allowedIp: '203.0.113.7' }, () => loginWith(), 'Invalid Request'],
  ])('with %s', async (_, options, message, refusal) => {
    const socket = await connect(await start(options));
    socket.send(JSON.stringify(message()));
    expect(JSON.parse(await socket.hears('[114'))).toEqual([
      114,
      {
        type: 114,
        id: refusal === undefined ? expect.any(Number) : 0,
        ok: refusal === undefined,
        message:
          refusal === undefined ? null : expect.stringContaining(`Unauthorized - ${refusal}`),
      },
    ]);
  });

  test('is taken once on a connection, and again on the next', async () => {
    const venue = await start();
    const socket = await join(venue);
    socket.send(loginWith());
    expect(await socket.hears('"ok":false')).toContain('Already logged in');
    await join(venue);
  });

  test('is refused on demand, by either kind of fault', async () => {
    const venue = await start();
    venue.sockets.faults.add({ kind: 'refuse-login' });
    const socket = await connect(venue);
    socket.send(loginWith());
    expect(await socket.hears('[114')).toContain('Unauthorized - Invalid Request');
    venue.faults.add('login', { kind: 'refuse', error: 'Unauthorized - Invalid Nonce' });
    socket.send(loginWith());
    await socket.hears('Unauthorized - Invalid Nonce');
    socket.send(loginWith());
    await socket.hears('"ok":true');
  });

  test('what is no login is not answered', async () => {
    const venue = await start({}, order);
    const socket = await connect(venue);
    for (const text of ['', '[114', '[151,{"type":151}]', '{}', '"114"']) socket.send(text);
    socket.send(loginWith());
    await socket.hears('114');
    expect(socket.told).toHaveLength(2);
    expect(venue.requests.list.map(({ outcome }) => outcome).join(' ')).toBe(
      'answered pending pending pending pending pending answered',
    );
  });

  test('sixteen connections in a minute are one too many', async () => {
    const venue = await start();
    for (let count = 0; count < 15; count++) await connect(venue);
    await expect(connect(venue)).rejects.toThrow('429');
    open.pop();
  });
});
