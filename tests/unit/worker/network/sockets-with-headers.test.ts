import * as fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { OffscreenReport, OffscreenTask } from '#lib/protocol/offscreen.ts';
import { createSocketsWithHeaders } from '#lib/worker/network/sockets-with-headers.ts';

/** The worker’s end of the sockets that the offscreen document opens, with a document and a rule that do as each test has it. */

const url = 'wss://api.habittrade.com/ws/trade/v1';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => vi.useRealTimers());

/** All that has been done, in the order in which it was. */
function makeWorld({ comes = true } = {}) {
  const log: string[] = [];
  const tasks: OffscreenTask[] = [];
  let documents = 0;
  let rules = 0;
  let listener: { report: (report: OffscreenReport) => void; end: () => void } | undefined;
  const ends: (() => void)[] = [];

  const sockets = createSocketsWithHeaders({
    document: {
      async open(report, end) {
        log.push('document');
        if (!comes) throw new Error('none');
        documents++;
        listener = { report, end };
        ends.push(end);
        return {
          tell(task) {
            if (documents === 0) throw new Error('gone');
            tasks.push(task);
            log.push(`${task.kind} ${task.socket}`);
          },
          follow: () => {},
          hangUp: () => {},
        };
      },
      async close() {
        log.push('no document');
        documents = 0;
      },
      async closeLeft() {
        log.push('none left');
      },
    },
    rule: {
      async set(address, { 'X-API-Key': key }) {
        rules++;
        log.push(`rule ${key} ${address}`);
      },
      async remove() {
        rules = 0;
        log.push('no rule');
      },
      isSet: () => Promise.resolve(rules > 0),
    },
  });

  return {
    log,
    tasks,
    documents: () => documents,
    rules: () => rules,
    clearLeft: () => sockets.clearLeft(),
    leaveRule: () => void rules++,
    say: (report: OffscreenReport) => listener?.report(report),
    /** The browser takes the document away. */
    kill: () => {
      documents = 0;
      listener?.end();
    },
    /** That an earlier document has gone is told late. */
    tellEndOf: (nth: number) => ends[nth]?.(),
    open: (key = 'key', address = url) => {
      const heard: unknown[] = [];
      const socket = sockets.open(
        address,
        { 'X-API-Key': key },
        {
          onOpen: () => heard.push('open'),
          onMessage: (data) => heard.push(data),
          onClose: () => heard.push('closed'),
        },
      );
      return {
        heard,
        isOpen: () => socket.isOpen(),
        send: (text: string) => socket.send(text),
        close: () => socket.close(),
      };
    },
  };
}

const settle = () => vi.advanceTimersByTimeAsync(0);

describe('one', () => {
  test('is opened by a document, under a rule that goes when it is open', async () => {
    const { log, open, say } = makeWorld();
    const socket = open();
    expect(log).toEqual([]);
    expect(socket.isOpen()).toBe(false);
    await settle();
    expect(log.splice(0)).toEqual(['document', `rule key ${url}`, 'open 1']);
    say({ kind: 'open', socket: 1 });
    await settle();
    expect(log.splice(0)).toEqual(['no rule']);
    expect(socket.isOpen()).toBe(true);
    say({ kind: 'frame', socket: 1, text: '{}' });
    say({ kind: 'frame', socket: 1 });
    socket.send('ping');
    socket.close();
    socket.close();
    expect(socket.isOpen()).toBe(false);
    say({ kind: 'frame', socket: 1, text: 'late' });
    await settle();
    expect(log.splice(0)).toEqual(['send 1', 'close 1']);
    say({ kind: 'closed', socket: 1 });
    expect(log).toEqual(['no document']);
    expect(socket.heard).toEqual(['open', '{}', undefined, 'closed']);
  });

  test('that fails takes rule and document with it', async () => {
    const { log, open, say } = makeWorld();
    const { heard } = open();
    await settle();
    log.splice(0);
    say({ kind: 'closed', socket: 1 });
    await settle();
    expect(log).toEqual(['no document', 'no rule']);
    expect(heard).toEqual(['closed']);
  });

  test('of which nothing is heard is given up after ten seconds, and the rule before that', async () => {
    const { log, open } = makeWorld();
    const { heard } = open();
    await vi.advanceTimersByTimeAsync(9999);
    log.splice(0);
    await vi.advanceTimersByTimeAsync(1);
    expect(log.splice(0)).toEqual(['no rule', 'close 1']);
    expect(heard).toEqual([]);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(heard).toEqual(['closed']);
    expect(log).toEqual(['no document']);
  });

  test.each<[when: string, after: (world: ReturnType<typeof makeWorld>) => unknown]>([
    ['at once', () => undefined],
    ['while the document comes', () => Promise.resolve()],
  ])('that is closed %s is never opened', async (_, wait) => {
    const world = makeWorld();
    const { close, heard } = world.open();
    await wait(world);
    close();
    expect(heard).toEqual([]);
    await settle();
    expect(heard).toEqual(['closed']);
    expect(world.tasks).toEqual([]);
    expect([world.documents(), world.rules()]).toEqual([0, 0]);
  });

  test('is closed where no document can be had, and the next has one made', async () => {
    const { log, open } = makeWorld({ comes: false });
    const first = open();
    await settle();
    expect(first.heard).toEqual(['closed']);
    open();
    await settle();
    expect(log.filter((what) => what === 'document')).toHaveLength(2);
  });

  test('is told of nothing twice, whatever the document says', async () => {
    const { open, say } = makeWorld();
    const { heard } = open();
    await settle();
    for (const kind of ['open', 'open', 'closed', 'closed', 'open'] as const) {
      say({ kind, socket: 1 });
      say({ kind, socket: 7 });
    }
    expect(heard).toEqual(['open', 'closed']);
  });

  test('at no address is refused at once', () => {
    const { log, open } = makeWorld();
    expect(() => open('key', 'nowhere')).toThrow(TypeError);
    expect(log).toEqual([]);
  });
});

describe('what an earlier life has left', () => {
  test('goes: a rule where there is one, and the document', async () => {
    const { clearLeft, leaveRule, log } = makeWorld();
    await clearLeft();
    expect(log.splice(0)).toEqual(['none left']);
    leaveRule();
    await clearLeft();
    expect(log.splice(0)).toEqual(['no rule', 'none left']);
  });

  test('is told from a handshake of this life', async () => {
    const { clearLeft, log, open, say } = makeWorld();
    open();
    void clearLeft();
    await settle();
    expect(log.splice(0)).toEqual(['document', `rule key ${url}`, 'open 1']);
    say({ kind: 'open', socket: 1 });
    await settle();
    expect(log).toEqual(['no rule', 'none left']);
  });
});

describe('several', () => {
  test('have one document, and a handshake each, one after the other', async () => {
    const { log, open, say } = makeWorld();
    const [one, other] = [open('one'), open('other')];
    await settle();
    expect(log.splice(0)).toEqual(['document', `rule one ${url}`, 'open 1']);
    say({ kind: 'open', socket: 1 });
    await settle();
    expect(log.splice(0)).toEqual(['no rule', `rule other ${url}`, 'open 2']);
    say({ kind: 'open', socket: 2 });
    say({ kind: 'frame', socket: 1, text: 'for one' });
    say({ kind: 'frame', socket: 2, text: 'for the other' });
    await settle();
    expect(log.splice(0)).toEqual(['no rule']);
    say({ kind: 'closed', socket: 1 });
    expect(log).toEqual([]);
    say({ kind: 'closed', socket: 2 });
    expect(log).toEqual(['no document']);
    expect(one.heard).toEqual(['open', 'for one', 'closed']);
    expect(other.heard).toEqual(['open', 'for the other', 'closed']);
  });

  test('are closed with their document, and what waits gets another', async () => {
    const { log, kill, open, say, tasks } = makeWorld();
    const first = open();
    await settle();
    say({ kind: 'open', socket: 1 });
    await settle();
    const [second, third] = [open(), open()];
    await settle();
    log.splice(0);
    kill();
    expect([first, second, third].map(({ heard }) => heard.at(-1))).toEqual([
      'closed',
      'closed',
      undefined,
    ]);
    await settle();
    expect(log).toEqual(['no rule', 'document', `rule key ${url}`, 'open 3']);
    say({ kind: 'open', socket: 3 });
    expect(third.isOpen()).toBe(true);
    first.send('too late');
    await settle();
    expect(tasks.filter(({ kind }) => kind === 'send')).toEqual([]);
  });

  test('opened in the moment at which the last one closes has a document', async () => {
    const { documents, open, say, tellEndOf } = makeWorld();
    open();
    await settle();
    say({ kind: 'open', socket: 1 });
    say({ kind: 'closed', socket: 1 });
    const second = open();
    await settle();
    expect(documents()).toBe(1);
    say({ kind: 'open', socket: 2 });
    tellEndOf(0);
    expect(second.heard).toEqual(['open']);
    tellEndOf(1);
    expect(second.heard).toEqual(['open', 'closed']);
  });

  test('however it comes: one document and one rule at most, and neither once all are closed', async () => {
    const event = fc.oneof(
      fc.constant('open' as const),
      fc.constant('settle' as const),
      fc.constant('kill' as const),
      fc.record({ close: fc.nat(9) }),
      fc.record({
        say: fc.constantFrom('open', 'frame', 'closed'),
        socket: fc.integer({ min: 1, max: 9 }),
      }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(event, { maxLength: 40 }), async (events) => {
        const world = makeWorld();
        const sockets: ReturnType<typeof world.open>[] = [];
        for (const each of events) {
          if (each === 'open') sockets.push(world.open());
          else if (each === 'settle') await settle();
          else if (each === 'kill') world.kill();
          else if ('close' in each) sockets[each.close]?.close();
          else world.say({ kind: each.say, socket: each.socket });
          expect(world.documents()).toBeLessThanOrEqual(1);
          expect(world.rules()).toBeLessThanOrEqual(1);
          for (const { heard, isOpen } of sockets) {
            if (isOpen()) expect(heard[0]).toBe('open');
            if (heard.at(-1) === 'closed') expect(isOpen()).toBe(false);
          }
        }
        for (const { close } of sockets) close();
        await vi.advanceTimersByTimeAsync(1_000_000);
        expect([world.documents(), world.rules()]).toEqual([0, 0]);
        for (const { heard, isOpen } of sockets) {
          expect(isOpen()).toBe(false);
          expect(heard.filter((what) => what === 'open').length).toBeLessThanOrEqual(1);
          expect(heard.indexOf('closed')).toBe(heard.length - 1);
        }
      }),
    );
  });
});
