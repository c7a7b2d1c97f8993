import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type WebSocket as Peer } from 'ws';
import { oxFun } from '#lib/venues/ox-fun/ox-fun.ts';
import { browserTransport as network } from '#lib/worker/network/browser-transport.ts';
import { createSocketSession } from '#lib/worker/network/socket-session.ts';
import type { Transport } from '#lib/worker/network/transport.ts';
import {
  accepted,
  notFound,
  silence,
  cut,
  stops,
  serve,
  reply,
  sessionWith,
  sent,
  opsOf,
  until,
  a,
  b,
  c,
} from './socket-session-world.ts';
import { signer as silent } from '#tests/unit/support/fixtures.ts';

/** Against a WebSocket server on loopback, which speaks OX.FUN’s words as each test has it. Time is the test’s own. */

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'] });
});
afterEach(() => {
  for (const stop of stops.splice(0)) stop();
  vi.useRealTimers();
});

describe('the login', () => {
  test('goes out on opening, then the subscription, then the cancel', async () => {
    const { base, texts } = await serve({ cancel: (peer, tag) => reply(peer, tag, a) });
    const [first] = await sent(sessionWith(base).session.cancel(() => [a]));
    expect(await first).toEqual(accepted);
    expect(opsOf(texts)).toEqual(['login', 'subscribe', 'cancelorder']);
    expect(JSON.parse(texts[0] ?? '')).toEqual({
      op: 'login',
      tag: 'login',
      data: {
        apiKey: 'key',
        timestamp: '1700000000001',
        signature: btoa('1700000000001GET/auth/self/verify'),
      },
    });
    expect(JSON.parse(texts[2] ?? '')).toMatchObject({ data: { orderId: '1' } });
  });

  test('goes out once, also where the venue speaks first', async () => {
    const { base, texts } = await serve({
      greeting: '{"nonce":"x"}',
      cancel: (peer, tag) => reply(peer, tag, a),
    });
    const [first] = await sent(sessionWith(base).session.cancel(() => [a]));
    expect(await first).toEqual(accepted);
    expect(opsOf(texts)).toEqual(['login', 'subscribe', 'cancelorder']);
  });

  test('refused: nothing is sent, and the next cancel tries anew', async () => {
    const login = { event: 'login', success: false, code: '20025', message: 'no' };
    const { base, texts, peers } = await serve({ login });
    const { session } = sessionWith(base);
    expect(await session.cancel(() => [a])).toBeUndefined();
    expect(await session.cancel(() => [a])).toBeUndefined();
    expect(opsOf(texts)).toEqual(['login', 'login']);
    expect(peers).toHaveLength(2);
    await until(() => expect(peers.every((peer) => peer.readyState === peer.CLOSED)).toBe(true));
  });

  test('unanswered: nothing is sent, the connection is given up', async () => {
    const { base, texts, peers } = await serve({ login: undefined });
    const cancelling = sessionWith(base).session.cancel(() => [a]);
    await until(() => expect(opsOf(texts)).toEqual(['login']));
    await vi.advanceTimersByTimeAsync(3000);
    expect(await cancelling).toBeUndefined();
    await until(() => expect(peers[0]?.readyState).toBe(peers[0]?.CLOSED));
    expect(opsOf(texts)).toEqual(['login']);
  });

  test('taken by the venue, though its signing fails: nothing is sent', async () => {
    const { base, texts } = await serve();
    const session = createSocketSession(oxFun.socket, base, {
      transport: network,
      signer: () => ({
        ...silent,
        sign: () => Promise.reject(new Error('no key')),
      }),
      venueNow: Date.now,
    });
    expect(await session.cancel(() => [a])).toBeUndefined();
    expect(texts).toEqual([]);
  });
});

/** The reply to the cancel of `a`, of so many bytes. */
function replyOfSize(peer: Peer, tag: string, size: number, sign = 'x'): void {
  const text = (more: string) =>
    JSON.stringify({ event: 'cancelorder', submitted: true, tag, more });
  const room = size - Buffer.byteLength(text(''));
  peer.send(text(sign.repeat(room / Buffer.byteLength(sign))));
}

describe('a message', () => {
  test.each<[string, (peer: Peer, tag: string) => void, object]>([
    ['of 256,000 bytes is read', (peer, tag) => replyOfSize(peer, tag, 256_000), accepted],
    ['of 256,001 is not', (peer, tag) => replyOfSize(peer, tag, 256_001), notFound],
    ['of 3,000,000 is not', (peer, tag) => replyOfSize(peer, tag, 3_000_000), notFound],
    [
      'of fewer signs than bytes counts by its bytes',
      (peer, tag) => replyOfSize(peer, tag, 258_000, '€'),
      notFound,
    ],
    [
      'that is no text is not read',
      (peer, tag) =>
        peer.send(Buffer.from(JSON.stringify({ event: 'cancelorder', tag, submitted: true }))),
      notFound,
    ],
  ])('%s', async (_, first, expected) => {
    const { base } = await serve({
      cancel(peer, tag) {
        first(peer, tag);
        reply(peer, tag, a, '100005');
      },
    });
    const [told] = await sent(sessionWith(base).session.cancel(() => [a]));
    expect(await told).toEqual(expected);
  });
});

describe('no connection', () => {
  test('nobody listens', async () => {
    const { base } = await serve();
    for (const stop of stops.splice(0)) stop();
    expect(await sessionWith(base).session.cancel(() => [a])).toBeUndefined();
  });

  test('another path than the venue’s', async () => {
    const { base, peers } = await serve();
    expect(await sessionWith(`${base}/elsewhere`).session.cancel(() => [a])).toBeUndefined();
    expect(peers).toEqual([]);
  });

  test('the browser forbids it', async () => {
    const { session } = sessionWith('http://127.0.0.1:9', () => {
      throw new DOMException('blocked', 'SecurityError');
    });
    expect(await session.cancel(() => [a])).toBeUndefined();
  });
});

describe('the connection', () => {
  test('is one for two cancels at once and for the next', async () => {
    const { base, texts, peers } = await serve({
      cancel: (peer, tag) => reply(peer, tag, undefined),
    });
    const { session } = sessionWith(base);
    const both = await Promise.all([
      sent(session.cancel(() => [a])),
      sent(session.cancel(() => [b, c])),
    ]);
    await Promise.all(both.flat());
    await Promise.all(await sent(session.cancel(() => [a])));
    expect(peers).toHaveLength(1);
    expect(opsOf(texts)).toEqual([
      'login',
      'subscribe',
      'cancelorder',
      'cancelorders',
      'cancelorder',
    ]);
  });

  test.each([
    ['cut', (peer: Peer) => peer.terminate()],
    ['closed', (peer: Peer) => peer.close()],
  ])(
    '%s before the replies: unknown for all, and the next cancel has a new one',
    async (_, end) => {
      const { base, peers, texts } = await serve({
        cancel(peer, tag, nth) {
          if (nth === 2) end(peer);
          if (nth === 3) reply(peer, tag, a);
        },
      });
      const { session } = sessionWith(base);
      const [first] = await sent(session.cancel(() => [a]));
      const replies = await sent(session.cancel(() => [b, c]));
      expect(await Promise.all([first, ...replies])).toEqual([cut, cut, cut]);
      const [next] = await sent(session.cancel(() => [a]));
      expect(await next).toEqual(accepted);
      expect(peers).toHaveLength(2);
      expect(opsOf(texts).filter((op) => op === 'login')).toHaveLength(2);
    },
  );

  test('that went silent altogether is given up for a new one', async () => {
    const { base, peers } = await serve({
      cancel: (peer, tag, nth) => (nth === 2 ? reply(peer, tag, a) : undefined),
    });
    const { session } = sessionWith(base);
    const [first] = await sent(session.cancel(() => [a]));
    await vi.advanceTimersByTimeAsync(5000);
    expect(await first).toEqual(silence);
    const [next] = await sent(session.cancel(() => [a]));
    expect(await next).toEqual(accepted);
    expect(peers).toHaveLength(2);
  });

  test('that is long in closing takes nothing from the one in its place', async () => {
    let closings = 0;
    const openSocket: Transport['openSocket'] = (url, events) =>
      network.openSocket(url, {
        ...events,
        onClose() {
          events.onClose();
          closings++;
        },
      });
    const { base, peers, texts } = await serve({
      cancel: (peer, tag, nth) => (nth > 1 ? reply(peer, tag, a) : undefined),
    });
    const { session } = sessionWith(base, openSocket);
    const [first] = await sent(session.cancel(() => [a]));
    await until(() => expect(opsOf(texts)).toContain('cancelorder'));
    // Takes in no more, so that the closing is not answered.
    peers[0]?.pause();
    await vi.advanceTimersByTimeAsync(5000);
    expect(await first).toEqual(silence);
    const [second] = await sent(session.cancel(() => [a]));
    expect(await second).toEqual(accepted);
    peers[0]?.terminate();
    await until(() => expect(closings).toBe(1));
    const [third] = await sent(session.cancel(() => [a]));
    expect(await third).toEqual(accepted);
    expect(peers).toHaveLength(2);
  });

  test('is kept alive by bare pings', async () => {
    const { base, texts } = await serve({ cancel: (peer, tag) => reply(peer, tag, a) });
    const { session } = sessionWith(base);
    await Promise.all(await sent(session.cancel(() => [a])));
    await vi.advanceTimersByTimeAsync(50_000);
    await until(() => expect(texts.slice(3)).toEqual(['ping', 'ping']));
  });

  test('on which two pings in a row are answered by nothing is over, and who listens is told', async () => {
    const { base, peers, texts } = await serve({ cancel: (peer, tag) => reply(peer, tag, a) });
    const { session, heard } = sessionWith(base);
    await Promise.all(await sent(session.cancel(() => [a])));
    await vi.advanceTimersByTimeAsync(25_000);
    await until(() => expect(texts.at(-1)).toBe('ping'));
    peers[0]?.send('pong');
    await until(() => expect(heard.at(-1)).toBe('pong'));
    await vi.advanceTimersByTimeAsync(50_000);
    expect(heard.at(-1)).toBe('pong');
    await vi.advanceTimersByTimeAsync(25_000);
    expect(heard.at(-1)).toBe('over');
  });

  test('is opened ahead of need, and closed when no cancel waits on it', async () => {
    const { base, peers, texts } = await serve({
      cancel: (peer, tag, nth) => (nth > 1 ? reply(peer, tag, a) : undefined),
    });
    const { session } = sessionWith(base);
    expect(await session.open()).toBe(true);
    await until(() => expect(opsOf(texts)).toEqual(['login', 'subscribe']));
    const [first] = await sent(session.cancel(() => [a]));
    session.rest();
    const [second] = await sent(session.cancel(() => [a]));
    // The reply to the other is for this order too, as far as anybody can tell.
    expect(await second).toEqual(accepted);
    expect(peers).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(5000);
    expect(await first).toEqual(silence);
    session.rest();
    await until(() => expect(peers[0]?.readyState).toBe(peers[0]?.CLOSED));
  });

  test('is not closed under a cancel that waits for it to open', async () => {
    const { base } = await serve({ cancel: (peer, tag) => reply(peer, tag, a) });
    const { session } = sessionWith(base);
    const cancelling = session.cancel(() => [a]);
    session.rest();
    const [replied] = await sent(cancelling);
    expect(await replied).toEqual(accepted);
  });

  test('that cannot be had ahead of need is told', async () => {
    const { base } = await serve({ login: { event: 'login', success: false, code: '20000' } });
    expect(await sessionWith(base).session.open()).toBe(false);
  });

  test('closed by us: what waits is unknown, and pings stop', async () => {
    const { base, texts, peers } = await serve();
    const { session } = sessionWith(base);
    const replies = await sent(session.cancel(() => [a, b]));
    await until(() => expect(opsOf(texts)).toContain('cancelorders'));
    session.close();
    expect(await Promise.all(replies)).toEqual([cut, cut]);
    await until(() => expect(peers[0]?.readyState).toBe(peers[0]?.CLOSED));
    expect(vi.getTimerCount()).toBe(0);
    session.close();
  });

  test('closed by us while it opens: nothing is sent', async () => {
    const { base, texts } = await serve();
    const { session } = sessionWith(base);
    const cancelling = session.cancel(() => [a]);
    session.close();
    expect(await cancelling).toBeUndefined();
    expect(texts).toEqual([]);
    expect(vi.getTimerCount()).toBe(0);
  });
});
