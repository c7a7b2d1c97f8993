import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import {
  requestCancellation,
  type Cancellation,
  type CancellationId,
} from '#lib/domain/cancellation.ts';
import type { Order, OrderId } from '#lib/domain/order.ts';
import type { CancelReply, ReadReply } from '#lib/domain/reply.ts';
import { hasEnded } from '#lib/domain/standing.ts';
import { createCanceller } from '#lib/worker/cancel/canceller.ts';
import { createCascade } from '#lib/worker/cancel/cascade.ts';
import type { CancelAccount } from '#lib/worker/lanes/connected-account.ts';
import type { CancellationStore } from '#lib/worker/store/cancellations.ts';
import { account, journal, mine, mortal, order, settle, start } from './cancel-world.ts';

/**
 * The worker dies before or after any of the things it does to the world while an order is cancelled that takes a trigger order
 * along. In its next life the trigger order is in no list of open orders any more: only the journal knows of it.
 */

beforeEach(() => {
  vi.useFakeTimers({ now: start, toFake: ['setTimeout', 'clearTimeout', 'Date'] });
});
afterEach(() => void vi.useRealTimers());

const parent = order('Parent');
const sibling = order('Sibling');
const child: Order = { ...order('Child'), side: 'sell', type: 'stop', protective: true };
const clock = { offset: 0, uncertainty: 5 };

type Venue = 'prompt' | 'slow' | 'deaf';

/** `slow` answers late, so that what was sent is written down before; `deaf` loses the first reply. */
function createVenue(kind: Venue) {
  let at: number | undefined;
  let sendings = 0;
  return {
    sent: () => sendings > 0,
    async cancel(): Promise<CancelReply> {
      sendings += 1;
      const before = at !== undefined;
      at ??= Date.now();
      if (kind !== 'prompt') await new Promise((resolve) => setTimeout(resolve, 100));
      if (kind === 'deaf' && sendings === 1)
        return { kind: 'unknown', note: { code: 'no-answer' } };
      return before
        ? { kind: 'claimed', claim: 'was-cancelled', said: ['already cancelled'] }
        : { kind: 'cancelled', said: ['canceled'] };
    },
    read(name: string): ReadReply {
      const closed = { id: name as OrderId, ...(at !== undefined && { updatedAt: at }) };
      return {
        kind: 'read',
        reading:
          at === undefined
            ? { status: 'open', order: name === 'Child' ? child : parent }
            : { status: 'cancelled', order: closed },
      };
    },
  };
}

/** What the worker is made of, as far as this goes. */
function live(store: CancellationStore, known: CancelAccount, open: readonly Order[]) {
  const cascade = createCascade({
    expectAccount: () => known,
    journal: store,
    onFound: (cancellation) => store.addAll([cancellation]),
  });
  const canceller = createCanceller(
    {
      ...store,
      async unfinished() {
        const rows = await store.unfinished();
        cascade.resume(rows);
        return rows.filter(({ cancellation }) => !hasEnded(cancellation));
      },
      update: (row) => store.update(cascade.carry(row)),
    },
    () => known,
    { onUnfinished: () => undefined },
  );
  canceller.follow((cancellation) => cascade.note(cancellation, open));
  return { canceller, cascade };
}

const most = 40;

test.each<[Venue]>([['prompt'], ['slow'], ['deaf']])(
  'at a venue that is %s, at every point: the trigger order has one entry, with its parent',
  async (kind) => {
    let lastDeath = 0;
    for (let death = 1; death <= most; death++) {
      vi.setSystemTime(start);
      const { died, told, left } = await liveTwice(kind, death);
      if (!died) break;
      lastDeath = death;
      const expected = ['Parent: cancelled, -', 'Child: cancelled, Parent'];
      expect([[], expected], `death ${death}`).toContainEqual(told);
      if (death > 2) expect(told, `death ${death}`).toEqual(expected);
      expect(left, `death ${death}`).toEqual([]);
    }
    expect(lastDeath).toBeGreaterThanOrEqual(8);
    expect(lastDeath).toBeLessThan(most);
  },
);

async function liveTwice(kind: Venue, death: number) {
  const { store, all } = journal();
  const venue = createVenue(kind);
  const worker = mortal(death);
  const first = live(
    worker.store(store),
    account({
      cancel: worker.does(() => venue.cancel()),
      read: (name) => worker.does(() => venue.read(name))(),
      clock,
    }),
    [parent, child],
  );
  void first.canceller.request({ accountId: mine, orderId: parent.id }, parent);
  for (let passed = 0; passed < 10 && !worker.isDead(); passed++) {
    await vi.advanceTimersByTimeAsync(500);
  }
  await settle();
  // Its timers go with it.
  vi.clearAllTimers();
  // Read anew meanwhile, unless the worker died before it could have been.
  const wasWritten = all()[0]?.state !== 'requested';
  const second = live(
    store,
    account({
      cancel: () => venue.cancel(),
      read: (name) => venue.read(name),
      clock,
    }),
    wasWritten ? [] : [parent, child],
  );
  await second.canceller.resume();
  for (let passed = 0; passed < 10; passed++) await vi.advanceTimersByTimeAsync(500);
  return {
    died: worker.isDead(),
    told: all().map(({ ref, state, parent: by }) => `${ref.orderId}: ${state}, ${by ?? '-'}`),
    left: await store.unfinished(),
  };
}

const cancelled: CancelReply = { kind: 'cancelled', said: ['canceled'] };
const gone = (name: string): ReadReply => ({
  kind: 'read',
  reading: { status: 'cancelled', order: { id: name as OrderId, updatedAt: start } },
});
const tell = (all: ReturnType<typeof journal>['all']) =>
  all().map(({ ref, state }) => `${ref.orderId}: ${state}`);

test('what cannot be read is tried again, and left to the next life when that does not help', async () => {
  const { store, all } = journal();
  let reads = 0;
  const silent = account({
    cancel: () => cancelled,
    read: () => {
      reads += 1;
      return { kind: 'unknown', note: { code: 'no-answer' } };
    },
    clock,
  });
  const first = live(store, silent, [parent, child]);
  await first.canceller.request({ accountId: mine, orderId: parent.id }, parent);
  await vi.advanceTimersByTimeAsync(120_000);
  expect(reads).toBe(7);
  await first.cascade.idle();
  expect(tell(all)).toEqual(['Parent: cancelled']);

  const second = live(store, account({ read: gone, clock }), []);
  await second.canceller.resume();
  await vi.advanceTimersByTimeAsync(1000);
  expect(tell(all)).toEqual(['Parent: cancelled', 'Child: cancelled']);
  expect(await store.unfinished()).toEqual([]);
});

test('an entry that cannot be written down now is written later', async () => {
  const { store, all } = journal();
  let failures = 2;
  const known = account({ cancel: () => cancelled, read: gone, clock });
  const full: CancellationStore = {
    ...store,
    addAll: (rows) =>
      rows[0]?.order?.protective && failures-- > 0
        ? Promise.reject(new Error('full'))
        : store.addAll(rows),
  };
  const { canceller } = live(full, known, [parent, child]);
  await canceller.request({ accountId: mine, orderId: parent.id }, parent);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(tell(all)).toEqual(['Parent: cancelled', 'Child: cancelled']);
  expect(await store.unfinished()).toEqual([]);
});

test('a parent that has not ended keeps the trigger orders in the journal, though another was looked for', async () => {
  const { store, all } = journal();
  const late = Promise.withResolvers<CancelReply>();
  const script = (isGone: () => boolean) => ({
    cancel: (name: string) => (name === 'Parent' ? cancelled : late.promise),
    read: (name: string): ReadReply =>
      isGone() ? gone(name) : { kind: 'read', reading: { status: 'open', order: child } },
    clock,
  });
  const first = live(store, account(script(() => false)), [parent, sibling, child]);
  for (const each of [parent, sibling]) {
    await first.canceller.request({ accountId: mine, orderId: each.id }, each);
  }
  await vi.advanceTimersByTimeAsync(5000);
  expect(tell(all)).toEqual(['Parent: cancelled', 'Sibling: sent']);
  vi.clearAllTimers();

  const second = live(store, account(script(() => true)), []);
  await second.canceller.resume();
  await vi.advanceTimersByTimeAsync(5000);
  expect(tell(all)).toEqual(['Parent: cancelled', 'Sibling: cancelled', 'Child: cancelled']);
  expect(await store.unfinished()).toEqual([]);
});

const ended = (of: Order): Cancellation => ({
  ...requestCancellation(
    `wish ${of.id}` as CancellationId,
    { accountId: mine, orderId: of.id },
    of,
    start,
  ),
  state: 'cancelled',
  at: { requested: start, ended: start + 50 },
});

test.each<[string, boolean]>([
  ['whose account was removed', false],
  ['that has a cancellation of its own', true],
])('for a trigger order %s nobody looks', async (_, isOwn) => {
  const { store, all } = journal();
  await store.addAll([ended(parent), ...(isOwn ? [ended(child)] : [])]);
  await store.update({ row: 1, cancellation: ended(parent), attached: [child] });
  const before = all().length;
  const log: string[] = [];
  const known = account({ read: gone, clock }, log);
  const cascade = createCascade({
    expectAccount: () => (isOwn ? known : undefined),
    journal: store,
    onFound: (cancellation) => store.addAll([cancellation]),
  });
  cascade.resume(await store.unfinished());
  await vi.advanceTimersByTimeAsync(5000);
  expect(log).toEqual([]);
  expect(all()).toHaveLength(before);
  expect(await store.unfinished()).toEqual([]);
});
