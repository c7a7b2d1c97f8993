import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { EveryGroup } from '#lib/worker/lanes/sender.ts';
import type { CancelReply } from '#lib/domain/reply.ts';
import { pass, settle, start } from '#tests/unit/worker/cancel/cancel-world.ts';
import { down, leftOut, order, orders, world } from './sender-world.ts';

/** When all cancels of a group go as one request, and when they do not. */

beforeEach(() => {
  vi.useFakeTimers({ now: start, toFake: ['setTimeout', 'clearTimeout', 'Date'] });
});
afterEach(() => {
  vi.useRealTimers();
});

const replies = (names: readonly string[], reply: CancelReply = { kind: 'cancelled' }) =>
  ({ kind: 'every', replies: new Map(names.map((name) => [name, reply])) }) as const;

describe('every order at once', () => {
  const all = orders(4);
  const others: string[][] = [];
  const group = (more: Partial<EveryGroup> = {}): EveryGroup => ({
    size: all.length,
    readAt: start,
    onOthers: (ids) => others.push([...ids]),
    ...more,
  });
  const cancelled = { kind: 'cancelled' };

  beforeEach(() => {
    others.length = 0;
  });

  test.each<[string, Partial<EveryGroup>, string[]]>([
    ['the whole group waits: one request', {}, ['every']],
    ['of a symbol', { symbol: 'A' }, ['every A']],
    ['the reading is not three seconds old', { readAt: start - 2999 }, ['every']],
    ['it is: in batches', { readAt: start - 3000 }, ['batch 0,1,2', 'single 3']],
    ['one of the group is missing: in batches', { size: 5 }, ['batch 0,1,2', 'single 3']],
  ])('%s', async (_, more, expected) => {
    const { asked, sendAll } = world({ every: () => replies(['0', '1', '2', '3']) });
    const one = group(more);
    await sendAll(all, { group: () => one });
    expect(asked).toEqual(expected);
  });

  test('at a venue without batches it goes one by one where it may not', async () => {
    const { asked, sendAll } = world({ venue: 'single', every: () => replies([]) });
    const one = group({ size: 5 });
    await sendAll(all, { group: () => one });
    expect(asked).toEqual(['single 0', 'single 1', 'single 2', 'single 3']);
  });

  test('at a venue that cannot it goes in batches', async () => {
    const { asked, sendAll } = world();
    const one = group();
    await sendAll(all, { group: () => one });
    expect(asked).toEqual(['batch 0,1,2', 'single 3']);
  });

  test('too old by the time it may go: it goes in batches', async () => {
    const { asked, sendAll, lane } = world({ every: () => replies([]) });
    lane.holdBack('cancel', 3000, start);
    const one = group();
    void sendAll(all, { group: () => one });
    await pass(10_000);
    expect(asked).toEqual(['batch 0,1,2', 'single 3']);
  });

  test('one was withdrawn: the others go in batches, and it is left', async () => {
    const { asked, sender } = world({ every: () => replies([]) });
    const stop = new AbortController();
    const one = group();
    for (const each of all) {
      const signal = each.orderId === '2' ? stop.signal : new AbortController().signal;
      void sender.send(each, { gather: true, group: () => one, signal });
    }
    stop.abort();
    await settle();
    expect(asked).toEqual(['batch 0,1,3']);
  });

  test('one was sent by itself before: the others go in batches', async () => {
    const { asked, sender } = world({ every: () => replies([]) });
    const one = group();
    void sender.send(order(0), { group: () => one });
    await settle();
    for (const each of all.slice(1)) void sender.send(each, { gather: true, group: () => one });
    await settle();
    expect(asked).toEqual(['single 0', 'batch 1,2,3']);
  });

  test('what is not of the group goes by itself', async () => {
    const { asked, sender } = world({ every: () => replies(['0', '1', '2', '3']) });
    const one = group();
    for (const each of all) void sender.send(each, { gather: true, rank: 1, group: () => one });
    void sender.send(order('other', 'B'), { gather: true, rank: 2 });
    await settle();
    expect(asked).toEqual(['every', 'single other']);
  });

  test('two groups are two requests', async () => {
    const { asked, sender } = world({
      every: (symbol) => replies(symbol === 'A' ? ['0', '1', '2'] : ['3', '4', '5']),
    });
    const [a, b] = [group({ symbol: 'A', size: 3 }), group({ symbol: 'B', size: 3 })];
    const sent = orders(6).map((each, index) =>
      sender.send(each, { gather: true, group: () => (index < 3 ? a : b) }),
    );
    await settle();
    expect(asked).toEqual(['every A', 'every B']);
    expect(await Promise.all(sent)).toEqual(sent.map(() => cancelled));
    expect(others).toEqual([]);
  });

  test('each is told its own reply, in whatever case the id is; one left out that nothing is known', async () => {
    const refused: CancelReply = { kind: 'refused', reason: 'no-right', said: ['no'] };
    const { sendAll } = world({
      every: () => ({
        kind: 'every',
        replies: new Map<string, CancelReply>([
          ['ab', { kind: 'cancelled' }],
          ['cd', refused],
        ]),
      }),
    });
    const one = group({ size: 3 });
    const named = ['AB', 'cD', 'ef'].map((id) => order(id));
    expect(await sendAll(named, { group: () => one })).toEqual([cancelled, refused, leftOut]);
    expect(others).toEqual([]);
  });

  test('what became of the request as a whole is told to each', async () => {
    const { sendAll } = world({ every: () => down });
    const one = group();
    expect(await sendAll(all, { group: () => one })).toEqual([down, down, down, down]);
    expect(others).toEqual([]);
  });

  test('ids beyond the group are told as others, unless it did nothing to them', async () => {
    const { sendAll } = world({
      every: () => ({
        kind: 'every',
        replies: new Map<string, CancelReply>([
          ...replies(['0', '1', '2', '3', 'new', 'newer']).replies,
          ['filled', { kind: 'claimed', claim: 'filled' }],
        ]),
      }),
    });
    const one = group();
    await sendAll(all, { group: () => one });
    expect(others).toEqual([['new', 'newer']]);
  });
});
