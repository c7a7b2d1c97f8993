import { execFile, spawn } from 'node:child_process';
import { createConnection } from 'node:net';
import { once } from 'node:events';
import { promisify } from 'node:util';
import { afterEach, describe, expect, onTestFinished, test } from 'vitest';
import { sandboxVenues, startSandbox, type Sandbox } from '#tests/sandbox/sandbox.ts';
import { add, compare, multiply, padded, plain, subtract } from '#tests/sandbox/shared/decimal.ts';
import { OrderBook } from '#tests/sandbox/shared/order-book.ts';
import { RateLimits } from '#tests/sandbox/shared/rate-limits.ts';
import { rateRules as btcTurkRules } from '#tests/sandbox/btcturk/limits.ts';
import { rateRules as krakenRules } from '#tests/sandbox/kraken/limits.ts';
import { rateRules as ripioRules } from '#tests/sandbox/ripio/limits.ts';
import { rateRules as ztdxRules } from '#tests/sandbox/ztdx/limits.ts';
import { btcTurkRequest, send } from './signed-requests.ts';

test.each([
  [plain('42600.00'), '42600'],
  [plain('0.10'), '0.1'],
  [add('0.1', '0.2'), '0.3'],
  [subtract('1', '0.00000001'), '0.99999999'],
  [subtract('0.1', '0.25'), '-0.15'],
  [multiply('42600', '0.02347418'), '1000.000068'],
  [padded('0.12345678', 16), '0.1234567800000000'],
  [compare('0.10', '0.1'), 0],
  [compare('9', '10'), -1],
])('decimals: %s', (actual, expected) => {
  expect(actual).toBe(expected);
});

describe('rate limits', () => {
  const subject = { account: 'mine', ip: '127.0.0.1' };

  test('a window starts at the first request; a block lasts its own length and is not lengthened', () => {
    let now = 0;
    const limits = new RateLimits(btcTurkRules, true, () => now);
    const at = (time: number): number => {
      now = time;
      return limits.check('cancel', subject)?.retryAfterMs ?? 0;
    };
    expect(Array.from({ length: 10 }, (_, turn) => at(turn * 90))).toEqual(Array(10).fill(0));
    expect([at(950), at(1500), at(1949), at(1950)]).toEqual([1000, 450, 1, 0]);
  });

  test('300 cancels in a minute are followed by a minute of none', () => {
    let now = 0;
    const limits = new RateLimits(btcTurkRules, true, () => now);
    const refused = Array.from({ length: 301 }, (_, turn) => {
      now = turn * 150;
      return limits.check('cancel', subject);
    });
    expect(refused.findIndex(Boolean)).toBe(300);
    expect(refused[300]).toMatchObject({ retryAfterMs: 60_000, rule: { max: 300 } });
  });

  test('what is not in the table is not limited, and all is free where limits are off', () => {
    const limits = new RateLimits(btcTurkRules, false, () => 0);
    const count = (): number =>
      Array.from({ length: 20 }, () => limits.check('cancel', subject)).filter(Boolean).length;
    expect(count()).toBe(0);
    limits.enabled = true;
    expect(count()).toBe(10);
    expect(limits.check('time', subject)).toBeUndefined();
  });

  test('what is counted in the present window can be read, by weight, until the window ends', () => {
    let now = 0;
    const [rule] = ztdxRules;
    if (!rule) throw new Error('no rule');
    const limits = new RateLimits([rule], true, () => now);
    expect(limits.counted(rule, subject)).toBe(0);
    limits.check('open-orders', subject, 40);
    now = 59_999;
    limits.check('cancel', subject);
    expect(limits.counted(rule, subject)).toBe(41);
    expect(limits.counted(rule, { ...subject, ip: '127.0.0.2' })).toBe(0);
    now = 60_000;
    expect(limits.counted(rule, subject)).toBe(0);
  });

  test('a Ripio client that keeps 286 ms between requests is never refused', () => {
    let now = 0;
    const limits = new RateLimits(ripioRules(), true, () => now);
    for (now = 0; now < 60_000; now += 286) expect(limits.check('order', subject)).toBeUndefined();
  });

  test('a bucket leaks all the time, and what is refused is not counted', () => {
    let now = 0;
    const [rule] = krakenRules('starter');
    if (!rule) throw new Error('no rule');
    const limits = new RateLimits([rule], true, () => now);
    const ask = () => limits.check('order', subject)?.retryAfterMs;
    for (let count = 0; count < 15; count += 1) expect(ask()).toBeUndefined();
    expect(ask()).toBeCloseTo(1000 / 0.33);
    now = 3000;
    expect(ask()).toBeCloseTo(0.01 * (1000 / 0.33));
    now = 3031;
    expect(ask()).toBeUndefined();
    expect(ask()).toBeGreaterThan(3000);
    // One by which another is asked has its own.
    expect(limits.check('order', { ...subject, account: 'b' })).toBeUndefined();
    now += rule.periodMs;
    for (let count = 0; count < 15; count += 1) expect(ask()).toBeUndefined();
  });
});

test('the book refuses what cannot be', () => {
  const book = new OrderBook({ now: () => 0, newId: () => '1' });
  const order = { symbol: 'BTCTRY', side: 'buy', price: '1', quantity: '1' } as const;
  book.place(order);
  expect(() => book.place(order)).toThrow('already in the book');
  expect(() => book.fill('1', '1.5')).toThrow('less than that left');
  expect(() => book.fill('2')).toThrow('No order 2');
  book.cancel('1');
  expect(() => book.cancel('1')).toThrow('is cancelled');
});

describe('a running sandbox', () => {
  let sandbox: Sandbox;
  afterEach(() => sandbox.stop());

  test('is lively', async () => {
    sandbox = await startSandbox();
    const { btcturk, ripio, ztdx, 'habit-trade': habitTrade } = sandbox.venues;
    const venues = [btcturk, ripio, ztdx, habitTrade];
    expect(venues.map(({ book }) => book.open().length)).toEqual([8, 7, 9, 7]);
    for (const { book } of venues)
      expect(book.all().map(({ status }) => status)).toEqual(
        expect.arrayContaining(['open', 'filled', 'cancelled']),
      );
  });

  test('logs what it received', async () => {
    sandbox = await startSandbox();
    const access = sandbox.list.find(({ venue }) => venue === 'btcturk');
    if (!access) throw new Error('No venue');
    const { requests } = sandbox.venues.btcturk;
    const seen = requests.waitFor(
      ({ operation, status }) => operation === 'cancel' && status !== undefined,
    );
    await btcTurkRequest(access, { method: 'DELETE', path: '/api/v1/order?id=5&x=%20' });
    expect(await seen).toMatchObject({
      venue: 'btcturk',
      method: 'DELETE',
      path: '/api/v1/order',
      query: 'id=5&x=%20',
      headers: { 'x-pck': access.key },
      orderId: '5',
      outcome: 'answered',
      status: 400,
    });
    await expect(requests.waitFor(() => false, 1)).rejects.toThrow('in vain');
  });

  test('is steered over HTTP as well', async () => {
    sandbox = await startSandbox({ btcturk: { seed: false } });
    const { url, book, clock, requests, faults, limits } = sandbox.venues.btcturk;
    const control = (method: string, path: string, body?: object) =>
      send(`${url}/sandbox${path}`, { method, ...(body && { body: JSON.stringify(body) }) });
    const order = { symbol: 'BTCTRY', side: 'sell', price: '5', quantity: '2' };
    expect((await control('POST', '/orders', { ...order, id: '1' })).json).toMatchObject({
      id: '1',
      status: 'open',
    });
    expect((await control('POST', '/orders/1/fill', { quantity: '0.5' })).json).toMatchObject({
      filled: '0.5',
    });
    expect((await control('POST', '/orders/1/cancel')).json).toMatchObject({ status: 'cancelled' });
    expect((await control('GET', '/orders')).json).toMatchObject([{ id: '1' }]);
    expect((await control('PUT', '/clock', { skewMs: 5 })).status).toBe(200);
    expect((await control('PUT', '/limits', { enabled: false })).status).toBe(200);
    expect([clock.skewMs, limits.enabled]).toEqual([5, false]);
    const fault = { operation: 'time', fault: { kind: 'status', status: 503 } };
    expect((await control('POST', '/faults', fault)).status).toBe(200);
    expect((await send(`${url}/api/v2/server/time`, {})).status).toBe(503);
    expect((await control('POST', '/faults/hold', { operation: 'time' })).status).toBe(200);
    const held = send(`${url}/api/v2/server/time`, {});
    await requests.waitFor(({ outcome }) => outcome === 'pending');
    expect((await control('POST', '/faults/release')).status).toBe(200);
    expect((await held).status).toBe(200);
    expect((await control('GET', '/requests')).json).toMatchObject([
      { status: 503 },
      { status: 200 },
    ]);
    await control('DELETE', '/orders');
    expect(book.all()).toEqual([]);
    for (const wrong of [
      { ...order, price: 5 },
      { ...order, id: 'x' },
      { ...order, filed: '1' },
    ])
      expect((await control('POST', '/orders', wrong)).status).toBe(400);
    const unknown = { operation: 'cancel', fault: { kind: 'refuse', error: '40020' } };
    expect((await control('POST', '/faults', unknown)).status).toBe(400);
    expect(faults.take('cancel', [])).toEqual({ slow: undefined, fault: undefined });
  });

  test.each([
    [true, 'keep-alive'],
    [false, 'close'],
  ])('keepAlive %s: connection %s', async (keepAlive, connection) => {
    sandbox = await startSandbox({ btcturk: { keepAlive } });
    const { headers } = await send(`${sandbox.venues.btcturk.url}/api/v2/server/time`, {});
    expect(headers.get('connection')).toBe(connection);
  });

  test('stops at once, with connections open and requests held', async () => {
    sandbox = await startSandbox();
    const { url, faults } = sandbox.venues.btcturk;
    const idle = createConnection(Number(new URL(url).port), '127.0.0.1');
    await once(idle, 'connect');
    const hold = faults.hold('time');
    const held = send(`${url}/api/v2/server/time`, {}).catch(() => 'cut');
    await hold.arrived;
    const closed = once(idle.resume(), 'close');
    await sandbox.stop();
    expect(await held).toBe('cut');
    await closed;
  });
});

const main = 'tests/sandbox/main.ts';

describe('npm run sandbox', () => {
  test('prints one line, serves, and stops when told', async () => {
    const running = spawn(process.execPath, [main], { stdio: ['ignore', 'pipe', 'inherit'] });
    onTestFinished(() => void running.kill());
    const [line] = (await once(running.stdout, 'data')) as [Buffer];
    expect(String(line)).toMatch(/^[^\n]+\n$/);
    const list = JSON.parse(String(line)) as { venue: string; url: string }[];
    expect(list.map(({ venue }) => venue)).toEqual(sandboxVenues);
    const urlOf = (name: string) => list.find(({ venue }) => venue === name)?.url;
    expect((await send(`${urlOf('btcturk')}/api/v2/server/time`, {})).status).toBe(200);
    running.kill('SIGTERM');
    expect(await once(running, 'exit')).toEqual([0, null]);
  });

  test('stays for as long as it is told', async () => {
    const { stdout } = await promisify(execFile)(process.execPath, [main, '--for', '0.01']);
    expect(stdout.trimEnd().split('\n')).toHaveLength(1);
  });
});
