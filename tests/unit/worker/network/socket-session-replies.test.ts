import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import {
  accepted,
  notFound,
  silence,
  stops,
  serve,
  say,
  reply,
  closed,
  sessionWith,
  sent,
  opsOf,
  until,
  a,
  b,
  c,
} from './socket-session-world.ts';

/** What comes over a session’s connection, and to what it is a reply. */

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'] });
});
afterEach(() => {
  for (const stop of stops.splice(0)) stop();
  vi.useRealTimers();
});

describe('replies', () => {
  test('to several in one message, out of order, each to its own', async () => {
    const { base, texts } = await serve({
      cancel(peer, tag) {
        reply(peer, tag, c);
        reply(peer, tag, b, '100005');
        reply(peer, tag, a);
      },
    });
    const replies = await sent(sessionWith(base).session.cancel(() => [a, b, c]));
    expect(await Promise.all(replies)).toEqual([accepted, notFound, accepted]);
    expect(opsOf(texts)).toEqual(['login', 'subscribe', 'cancelorders']);
  });

  test('are told apart by their tag: the later cancel may be replied to first', async () => {
    const tags: string[] = [];
    const { base } = await serve({
      cancel(peer, tag, nth) {
        tags.push(tag);
        if (nth < 2) return;
        reply(peer, tags[1] ?? '', a, '100005');
        reply(peer, tags[0] ?? '', a);
      },
    });
    const { session } = sessionWith(base);
    const [first] = await sent(session.cancel(() => [a]));
    const [second] = await sent(session.cancel(() => [a]));
    expect(await Promise.all([first, second])).toEqual([accepted, notFound]);
    expect(new Set(tags).size).toBe(2);
  });

  test('that nobody waits for, or that come twice, change nothing', async () => {
    const { base } = await serve({
      cancel(peer, tag) {
        reply(peer, 'strange', a, '100005');
        reply(peer, tag, c, '100005');
        reply(peer, tag, a);
        reply(peer, tag, a, '100005');
        reply(peer, tag, b);
      },
    });
    const replies = await sent(sessionWith(base).session.cancel(() => [a, b]));
    expect(await Promise.all(replies)).toEqual([accepted, accepted]);
  });

  test('without an order are to all of those still waiting', async () => {
    const { base } = await serve({
      cancel(peer, tag) {
        reply(peer, tag, a);
        reply(peer, tag, undefined, '100005');
      },
    });
    const replies = await sent(sessionWith(base).session.cancel(() => [a, b, c]));
    expect(await Promise.all(replies)).toEqual([accepted, notFound, notFound]);
  });

  test('to an order named twice are to both', async () => {
    const { base } = await serve({ cancel: (peer, tag) => reply(peer, tag, a) });
    const replies = await sent(sessionWith(base).session.cancel(() => [a, a]));
    expect(await Promise.all(replies)).toEqual([accepted, accepted]);
  });

  test('that never come: unknown, after a while, for those alone', async () => {
    const { base, peers } = await serve({ cancel: (peer, tag) => reply(peer, tag, a) });
    const { session } = sessionWith(base);
    const [first, second] = await sent(session.cancel(() => [a, b]));
    expect(await first).toEqual(accepted);
    await vi.advanceTimersByTimeAsync(4999);
    await expect(Promise.race([second, Promise.resolve('still waiting')])).resolves.toBe(
      'still waiting',
    );
    await vi.advanceTimersByTimeAsync(1);
    expect(await second).toEqual(silence);
    // It has spoken since, so the connection stays.
    const [next] = await sent(session.cancel(() => [a]));
    expect(await next).toEqual(accepted);
    expect(peers).toHaveLength(1);
  });

  test('that come too late change nothing', async () => {
    let late: (() => void) | undefined;
    const { base } = await serve({
      cancel(peer, tag, nth) {
        if (nth === 1) {
          reply(peer, tag, b);
          late = () => reply(peer, tag, a);
        } else {
          late?.();
          reply(peer, tag, a, '100005');
        }
      },
    });
    const { session } = sessionWith(base);
    const [first, second] = await sent(session.cancel(() => [a, b]));
    await second;
    await vi.advanceTimersByTimeAsync(5000);
    expect(await first).toEqual(silence);
    const [again] = await sent(session.cancel(() => [a]));
    expect(await again).toEqual(notFound);
  });

  test('leave no timer behind', async () => {
    const { base } = await serve({ cancel: (peer, tag) => reply(peer, tag, a) });
    const { session } = sessionWith(base);
    const [first] = await sent(session.cancel(() => [a]));
    await first;
    await new Promise(setImmediate);
    // That of the ping alone.
    expect(vi.getTimerCount()).toBe(1);
  });
});

describe('what the venue tells by itself', () => {
  test('comes through before the reply and after it', async () => {
    const { base } = await serve({
      cancel(peer, tag) {
        say(peer, closed(b));
        reply(peer, tag, a);
        say(peer, closed(a));
        peer.send(
          `{"event":"CANCEL","submitted":false,"code":"100005","data":{"orderId":${b.orderId}}}`,
        );
        say(peer, { event: 'CANCEL', submitted: true });
        peer.send('pong');
      },
    });
    const { session, failures, heard } = sessionWith(base);
    const [first] = await sent(session.cancel(() => [a]));
    expect(await first).toEqual(accepted);
    await until(() => expect(heard.at(-1)).toBe('pong'));
    expect(failures).toEqual([{ kind: 'late-failure', orderId: b.orderId, reply: notFound }]);
    // Whoever listens hears all of it.
    expect(heard).toContain(JSON.stringify(closed(a)));
    expect(heard).toContain(JSON.stringify(closed(b)));
  });

  test('is no reply: the cancel goes on waiting', async () => {
    const { base } = await serve({ cancel: (peer) => say(peer, closed(a)) });
    const { session, heard } = sessionWith(base);
    const [first] = await sent(session.cancel(() => [a]));
    await until(() => expect(heard).toContain(JSON.stringify(closed(a))));
    await vi.advanceTimersByTimeAsync(5000);
    expect(await first).toEqual(silence);
  });
});
