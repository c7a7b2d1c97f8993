import type { Cascades } from '#lib/domain/venue-id.ts';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createCascade } from '#lib/worker/cancel/cascade.ts';
import {
  requestCancellation,
  type Cancellation,
  type CancellationId,
} from '#lib/domain/cancellation.ts';
import type { Order, OrderId } from '#lib/domain/order.ts';
import type { ReadReply } from '#lib/domain/reply.ts';
import {
  account,
  journal,
  mine,
  oneByOne,
  open as stillOpen,
  order,
  start,
} from './cancel-world.ts';

/** Trigger orders that go with a parent, at a venue that does not say which are attached. */

beforeEach(() => {
  vi.useFakeTimers({ now: start, toFake: ['setTimeout', 'clearTimeout', 'Date'] });
});
afterEach(() => void vi.useRealTimers());

const stop = (id: string): Order => ({
  ...order(id),
  side: 'sell',
  type: 'stop',
  protective: true,
});

const wish = (of: Order, at = start, more: Partial<Cancellation> = {}): Cancellation => ({
  ...requestCancellation(
    `wish ${of.id}` as CancellationId,
    { accountId: mine, orderId: of.id },
    of,
    at,
  ),
  ...more,
});

/** The same, cancelled so much later. */
const cancelled = (of: Order, at = start, took = 50): Cancellation =>
  wish(of, at, { state: 'cancelled', at: { requested: at, ended: at + took } });

const goneAt = (updatedAt?: number) => (name: string) =>
  ({
    kind: 'read',
    reading: {
      status: 'cancelled',
      order: { id: name as OrderId, ...(updatedAt !== undefined && { updatedAt }) },
    },
  }) satisfies ReadReply;

function world(read: (name: string) => ReadReply, cascades: Cascades = 'attached') {
  const found: Cancellation[] = [];
  const log: string[] = [];
  const clock = { offset: 0, uncertainty: 5 };
  const venue = { ...oneByOne, cascades };
  const known = account({ read, clock, measure: () => clock }, log, venue);
  const cascade = createCascade({
    expectAccount: () => known,
    journal: journal().store,
    onFound: async (cancellation) => void found.push(cancellation),
  });
  const told = () =>
    found.map(
      ({ ref, parent, note }) => `${ref.orderId}: ${parent ?? '-'}, ${JSON.stringify(note)}`,
    );
  return { cascade, found: told, raw: found, log, pass: () => vi.advanceTimersByTimeAsync(1000) };
}

const [parent, other, child] = [order('Parent'), order('Other'), stop('Child')];

describe('a trigger order that is gone after a cancel', () => {
  test('between the wish and its end: with its parent', async () => {
    const { cascade, found, pass } = world(goneAt(start + 40));
    cascade.note(cancelled(parent), [parent, child]);
    await pass();
    expect(found()).toEqual(['Child: Parent, {"code":"with-parent","id":"Parent"}']);
  });

  test.each<[string, number | undefined, string[]]>([
    ['before the wish: by somebody else', -1000, []],
    ['long after the end: by somebody else', 5000, []],
    ['at a time that is not told: with its parent', undefined, ['Child: Parent']],
  ])('%s', async (_, change, expected) => {
    const { cascade, found, pass } = world(
      goneAt(change === undefined ? undefined : start + change),
    );
    cascade.note(cancelled(parent), [parent, child]);
    await pass();
    expect(found().map((line) => line.split(',')[0])).toEqual(expected);
  });

  test.each<[string, (name: string) => ReadReply]>([
    ['open', () => stillOpen],
    ['not to be read', () => ({ kind: 'unknown', note: { code: 'no-answer' } })],
  ])('%s: nothing is said of it', async (_, read) => {
    const { cascade, found, pass } = world(read);
    cascade.note(cancelled(parent), [parent, child]);
    await pass();
    expect(found()).toEqual([]);
  });

  test('of two parents that were cancelled one after the other, the one that it went with is named', async () => {
    const { cascade, found, pass } = world(goneAt(start + 140));
    cascade.note(cancelled(parent), [parent, other, child]);
    cascade.note(cancelled(other, start + 100), [parent, other, child]);
    await pass();
    expect(found()).toEqual(['Child: Other, {"code":"with-parent","id":"Other"}']);
  });

  test('of two that were cancelled together none is named', async () => {
    const { cascade, found, pass } = world(goneAt(start + 40));
    cascade.note(cancelled(parent), [parent, other, child]);
    cascade.note(cancelled(other), [parent, other, child]);
    await pass();
    expect(found()).toEqual(['Child: -, {"code":"with-a-parent","count":2}']);
  });
});

describe('a trigger order with a cancellation of its own is no parent’s', () => {
  test.each<[string, Cancellation]>([
    ['begun', wish(child)],
    ['sent', wish(child, start, { state: 'sent' })],
    ['ended', cancelled(child)],
    ['found to be cancelled', wish(child, start, { state: 'was-cancelled' })],
    ['under an id in other letters', wish({ ...child, id: 'CHILD' as OrderId })],
  ])('%s before its parent ended', async (_, own) => {
    const { cascade, found, log, pass } = world(goneAt(start + 40));
    cascade.note(own, [parent, child]);
    cascade.note(cancelled(parent), [parent, child]);
    await pass();
    expect(found()).toEqual([]);
    expect(log).toEqual([]);
  });

  test('begun after its parent had ended', async () => {
    const { cascade, found, pass } = world(goneAt(start + 40));
    cascade.note(cancelled(parent), [parent, child]);
    cascade.note(wish(child), [parent, child]);
    await pass();
    expect(found()).toEqual([]);
  });

  test('begun while it is read', async () => {
    const { cascade, found, pass } = world((name) => {
      cascade.note(wish(child), [parent, child]);
      return goneAt(start + 40)(name);
    });
    cascade.note(cancelled(parent), [parent, child]);
    await pass();
    expect(found()).toEqual([]);
  });

  test.each<[string, Partial<Cancellation>]>([
    ['refused', { state: 'refused' }],
    ['stopped before it was sent', { stopped: true }],
  ])('but %s, it may go with its parent all the same', async (_, end) => {
    const { cascade, found, pass } = world(goneAt(start + 40));
    cascade.note(wish(child, start - 9000, end), [parent, child]);
    cascade.note(cancelled(parent), [parent, child]);
    await pass();
    expect(found()).toHaveLength(1);
  });
});

test('a trigger order that was read anew between two parents is looked at, and recorded, once', async () => {
  const { cascade, found, log, pass } = world(goneAt(start + 40));
  cascade.note(cancelled(parent), [parent, other, child]);
  cascade.note(cancelled(other), [other, stop('CHILD')]);
  await pass();
  expect(found()).toEqual(['Child: -, {"code":"with-a-parent","count":2}']);
  expect(log).toHaveLength(1);
});

test('a parent of its own side or of another symbol has not taken it along', async () => {
  const { cascade, found, pass } = world(goneAt(start + 40));
  const others = [
    { ...order('Same'), side: 'sell' as const },
    { ...order('Else'), symbol: 'ETH_BRL' },
  ];
  const open = [parent, ...others, child];
  for (const each of [...others, parent]) cascade.note(cancelled(each), open);
  await pass();
  expect(found()).toEqual(['Child: Parent, {"code":"with-parent","id":"Parent"}']);
});

describe('of thousands', () => {
  test('the open orders are looked through once for each list, however many parents end', async () => {
    let looks = 0;
    const watched = Object.defineProperty({ ...stop('Watched') }, 'symbol', {
      get: () => {
        looks++;
        return child.symbol;
      },
    });
    const parents = Array.from({ length: 1000 }, (_, index) => order(`Parent ${index}`));
    const open = [...parents, watched];
    const { cascade, found, pass } = world(goneAt(start + 40));
    for (const each of parents) cascade.note(cancelled(each), open);
    expect(looks).toBeLessThan(5);
    await pass();
    expect(found()).toEqual(['Watched: -, {"code":"with-a-parent","count":1000}']);
  });

  test('the latest 20,000 with a cancellation of their own are remembered, and one that goes on is among them', async () => {
    const { cascade, found, pass } = world(goneAt(start + 40));
    const [forgotten, going] = [stop('Forgotten'), stop('Going')];
    for (const each of [forgotten, going]) cascade.note(wish(each), []);
    for (let count = 0; count < 10_000; count++) cascade.note(wish(stop(`a${count}`)), []);
    cascade.note(wish(going, start, { state: 'sent' }), []);
    for (let count = 0; count < 10_000; count++) cascade.note(wish(stop(`b${count}`)), []);
    cascade.note(cancelled(parent), [parent, forgotten, going]);
    await pass();
    expect(found().map((line) => line.split(':')[0])).toEqual(['Forgotten']);
  });
});

const legOf = (list: string, id: string): Order => ({ ...order(id), list, protective: true });
const went = (id: string) => `${id}: Limit, {"code":"with-parent","id":"Limit"}`;

describe('the other orders of an order list', () => {
  const [limit, stopLoss, third] = [legOf('7', 'Limit'), legOf('7', 'Stop'), legOf('7', 'Third')];
  const stranger = legOf('8', 'Stranger');
  const all = [limit, stopLoss, third, stranger, child, parent];
  const naming = (...others: string[]) => ({
    ...cancelled(limit),
    others: others as OrderId[],
  });

  test('are recorded as the venue names them, and not read', async () => {
    const { cascade, found, log, pass } = world(goneAt(start + 40), 'lists');
    cascade.note(wish(limit), all);
    cascade.note(naming('Stop', 'Third'), all);
    await pass();
    expect(found().toSorted()).toEqual([went('Stop'), went('Third')]);
    expect(log).toEqual([]);
  });

  test('are read where it names none: no other list, and nothing that is in none', async () => {
    const { cascade, found, log, pass } = world(goneAt(start + 40), 'lists');
    cascade.note(cancelled(limit), all);
    await pass();
    expect(found().toSorted()).toEqual([went('Stop'), went('Third')]);
    expect(log.map((line) => line.split(' ').slice(0, 2).join(' ')).toSorted()).toEqual([
      'read Stop',
      'read Third',
    ]);
  });

  test('are recorded where no list has them, and the order itself was not listed', async () => {
    const { cascade, found, pass } = world(goneAt(), 'lists');
    const { order: _, ...unlisted } = naming('Unknown');
    cascade.note({ ...unlisted, ref: { ...unlisted.ref, symbol: 'BTC_BRL' } }, []);
    await pass();
    expect(found()).toEqual([went('Unknown')]);
  });

  test('are of its symbol, though another symbol’s open order has the same id', async () => {
    const { cascade, raw, pass } = world(goneAt(), 'lists');
    const foreign = { ...order('Unknown'), symbol: 'LTCBTC' };
    cascade.note(naming('Unknown'), [limit, foreign]);
    await pass();
    expect(raw.map(({ ref, order: of }) => [ref.orderId, of?.symbol])).toEqual([
      ['Unknown', limit.symbol],
    ]);
  });

  test('are not recorded twice where they have a cancellation of their own', async () => {
    const { cascade, found, pass } = world(goneAt(), 'lists');
    cascade.note(cancelled(stopLoss), all);
    cascade.note(naming('Stop', 'Third'), all);
    await pass();
    expect(found()).toEqual([went('Third')]);
  });
});
