import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { AccountId } from '#lib/domain/account.ts';
import {
  requestCancellation,
  type Act,
  type Cancellation,
  type CancellationId,
  type CancellationState,
} from '#lib/domain/cancellation.ts';
import type { Lookup, LookupId } from '#lib/domain/lookup.ts';
import type { ClientOrderId, Order, OrderRef } from '#lib/domain/order.ts';
import { UserError } from '#lib/domain/user-error.ts';
import { emptyView, type AccountView, type View } from '#lib/view/view.ts';
import { createLookups } from '#lib/worker/lookups.ts';
import type { OrdersReading } from '#lib/worker/order-reader.ts';
import type { Unlocked } from '#lib/worker/unlocked.ts';
import { fake } from '../support/fake-session.ts';
import { accountOf, now, orderOf } from '../view/world.ts';

vi.mock('webextension-polyfill', async () => {
  const { fake: imported } = await import('../support/fake-session.ts');
  return { default: { storage: { session: imported.session } } };
});

beforeEach(() => {
  vi.useFakeTimers({ now });
  fake.clear();
});
afterEach(() => vi.useRealTimers());

const lira = accountOf('lira', 'btcturk', 'Turkish lira');
const habit = accountOf('habit', 'habit-trade', 'Habit');
const main = accountOf('main', 'ripio', 'Main');
const uuid = '7155ED34-9EC4-4733-8B32-1E4319CB662F';

function named(id: string, clientOrderId?: string): Order {
  return orderOf(id, clientOrderId ? { clientOrderId: clientOrderId as ClientOrderId } : {});
}

/** Placed so many milliseconds ago. */
function at(id: string, age: number, more: Partial<Order> = {}): Order {
  return orderOf(id, { createdAt: now - age, ...more });
}

/** What an account answers when it is read again, and after how many milliseconds. */
type Answer = { orders: readonly Order[]; after?: number } | 'fails' | 'hangs' | 'breaks';

interface Given {
  accounts?: readonly AccountView[];
  /** What the view has. */
  known?: Record<string, readonly Order[]>;
  /** What the venues have; an account that is not named has what is known. */
  venue?: Record<string, Answer>;
  cancellations?: readonly Cancellation[];
  isLocked?: boolean;
}

/** A worker without a network: what is known, what the venues would tell, and what it does. */
function world({
  accounts = [lira, habit, main],
  known = {},
  venue = {},
  cancellations = [],
  isLocked = false,
}: Given) {
  const view: View = {
    ...emptyView,
    vault: { state: isLocked ? 'locked' : 'unlocked' },
    accounts,
    orders: Object.fromEntries(
      accounts.map(({ id }) => [
        id,
        { orders: known[id] ?? [], readAt: now - 1000, reading: false },
      ]),
    ) as View['orders'],
    cancellations: Object.fromEntries(cancellations.map((each) => [each.id, each])),
  };
  const cancels: { ref: OrderRef; act: Act; after: number }[] = [];
  const windows: LookupId[] = [];
  /** Every state of every lookup that pages could see. */
  const published: Lookup[] = [];
  const state = { readings: 0, isLocked, journal: () => Promise.resolve() };

  async function read(id: AccountId): Promise<OrdersReading> {
    const answer = venue[id] ?? { orders: known[id] ?? [] };
    if (answer === 'hangs') return new Promise(() => undefined);
    if (answer === 'breaks') throw new Error('the browser has closed the database');
    if (answer === 'fails') {
      return { trouble: { reason: 'unreachable', words: 'no answer', at: Date.now() } };
    }
    await new Promise((resolve) => setTimeout(resolve, answer.after ?? 100));
    if (!view.accounts.some((account) => account.id === id)) return { orders: [], readAt: now };
    // As read from the network: objects of their own.
    const orders = structuredClone(answer.orders);
    Object.assign(view.orders, { [id]: { orders, readAt: now, reading: false } });
    return { orders, readAt: now };
  }

  const unlocked = {
    readAll() {
      state.readings += 1;
      return new Map(view.accounts.map(({ id }) => [id, read(id)]));
    },
    async cancel(ref: OrderRef, act: Act) {
      await state.journal();
      cancels.push({ ref, act, after: Date.now() - now });
      return 'cancellation' as CancellationId;
    },
  } as unknown as Unlocked;

  const begin = () =>
    createLookups({
      view,
      publish(all) {
        for (const each of all) if (!view.lookups.includes(each)) published.push(each);
        Object.assign(view, { lookups: all });
      },
      unlocked: () => Promise.resolve(state.isLocked ? undefined : unlocked),
      openWindow: (id) => Promise.resolve(void windows.push(id)),
    });

  return {
    view,
    state,
    begin,
    lookups: begin(),
    unlock: () => {
      state.isLocked = false;
    },
    cancels,
    windows,
    published,
    /** `lira 101`: what was cancelled. */
    cancelled: () => cancels.map(({ ref }) => `${ref.accountId} ${ref.orderId}`),
    last: () => view.lookups.at(-1),
    /** `lira 101`: what the user may choose from. */
    choice: () =>
      view.lookups.at(-1)?.orders.map(({ accountId, order }) => `${accountId} ${order.id}`),
  };
}

function diskFull(): Promise<void> {
  return Promise.reject(new UserError('journal-failed', 'nothing was sent'));
}

/** Does it, and lets five seconds pass. */
async function carryOut(act: () => Promise<unknown>): Promise<void> {
  const done = act();
  await vi.advanceTimersByTimeAsync(5000);
  await done;
}

describe('an id that one open order is known to bear', () => {
  test.each<[what: string, text: string, known: Record<string, Order[]>, cancelled: string]>([
    [
      'its own',
      '26947521101',
      { lira: [named('26947521101'), named('26947521102')] },
      'lira 26947521101',
    ],
    [
      'a client id',
      'grid-eth-01',
      { lira: [named('101', 'grid-eth-01')], main: [named(uuid, 'grid-eth-02')] },
      'lira 101',
    ],
    ['a word as a client id', 'limit', { habit: [named('101', 'limit')] }, 'habit 101'],
    ['a UUID in another case', uuid.toLowerCase(), { main: [named(uuid)] }, `main ${uuid}`],
    [
      'within other words',
      'Order #26,947,521,101 (open)',
      { lira: [named('26947521101')] },
      'lira 26947521101',
    ],
    [
      'both its ids',
      'grid-eth-01 26947521101',
      { lira: [named('26947521101', 'grid-eth-01')] },
      'lira 26947521101',
    ],
    ['twice', '26947521101 26947521101', { lira: [named('26947521101')] }, 'lira 26947521101'],
    [
      'of a protective order: it was named',
      '101',
      { lira: [orderOf('101', { protective: true })] },
      'lira 101',
    ],
  ])('%s: cancelled at once, without reading or a window', async (_, text, known, cancelled) => {
    const { lookups, cancels, windows, state, view, ...told } = world({ known });
    await carryOut(() => lookups.begin(text));
    expect(told.cancelled()).toEqual([cancelled]);
    expect(cancels[0]?.after).toBe(0);
    expect(windows).toEqual([]);
    expect(state.readings).toBe(0);
    expect(view.lookups).toEqual([]);
  });

  test('the venue’s own id and symbol are sent, by an act of its own outside the popup', async () => {
    const { lookups, cancels } = world({ known: { lira: [named('26947521101', 'grid-eth-01')] } });
    await lookups.begin('grid-eth-01');
    await lookups.begin('26947521101');
    expect(cancels.map(({ ref }) => ref)).toEqual([
      { accountId: 'lira', orderId: '26947521101', symbol: 'BTCTRY' },
      { accountId: 'lira', orderId: '26947521101', symbol: 'BTCTRY' },
    ]);
    const acts = cancels.map(({ act }) => act);
    for (const act of acts) expect(act).toEqual({ id: expect.stringMatching(/^[\da-f-]{36}$/) });
    expect(acts[0]?.id).not.toBe(acts[1]?.id);
  });
});

describe('the user has to choose', () => {
  test.each<
    [
      what: string,
      text: string,
      known: Record<string, Order[]>,
      choice: string[],
      unknown: string[],
    ]
  >([
    [
      'one id on two accounts',
      '26947521101',
      { lira: [named('26947521101')], habit: [named('26947521101')] },
      ['lira 26947521101', 'habit 26947521101'],
      [],
    ],
    [
      'one client id on two orders of an account',
      'grid',
      { habit: [named('101', 'grid'), named('102', 'grid')] },
      ['habit 101', 'habit 102'],
      [],
    ],
    [
      'the id of one is the client id of another',
      '26947521101',
      { lira: [named('26947521101'), named('26947521102', '26947521101')] },
      ['lira 26947521101', 'lira 26947521102'],
      [],
    ],
    [
      'several ids',
      '26947521101, 26947521102',
      { lira: [named('26947521101'), named('26947521102')] },
      ['lira 26947521101', 'lira 26947521102'],
      [],
    ],
    [
      'several ids, one of them unknown',
      '26947521101, 26947529999',
      { lira: [named('26947521101')] },
      ['lira 26947521101'],
      ['26947529999'],
    ],
    ['several unknown ids', '26947529998, 26947529999', {}, [], ['26947529998', '26947529999']],
  ])('%s', async (_, text, known, choice, unknown) => {
    const { lookups, cancels, windows, last, ...told } = world({ known });
    await carryOut(() => lookups.begin(text));
    expect(cancels).toEqual([]);
    expect(windows).toEqual([last()?.id]);
    expect(last()?.stage).toBe('choosing');
    expect(told.choice()).toEqual(choice);
    expect(last()?.unknown.map(({ id }) => id)).toEqual(unknown);
  });

  test('of several ids the window opens at once, while the accounts are read', async () => {
    const { lookups, windows, last, state, cancels } = world({ venue: { lira: 'hangs' } });
    const done = lookups.begin('26947529998, 26947529999');
    await vi.advanceTimersByTimeAsync(0);
    expect(windows).toEqual([last()?.id]);
    expect(last()?.stage).toBe('reading');
    expect(last()?.wish).toMatchObject({ ids: ['26947529998', '26947529999'] });
    await vi.advanceTimersByTimeAsync(2000);
    await done;
    expect(last()).toMatchObject({ stage: 'choosing', unread: ['lira'] });
    expect(windows).toHaveLength(1);
    expect(state.readings).toBe(1);
    expect(cancels).toEqual([]);
  });

  test('two ids of which the reading shows that they name one order: cancelled, and the window says so', async () => {
    const { lookups, windows, published, ...told } = world({
      venue: { lira: { orders: [named('26947521101', '123456789')] } },
    });
    await carryOut(() => lookups.begin('26947521101 123456789'));
    expect(told.cancelled()).toEqual(['lira 26947521101']);
    expect(told.cancels[0]?.act).toEqual({ id: windows[0] });
    expect(published.map(({ id, stage }) => [id, stage])).toEqual([
      [windows[0], 'reading'],
      [windows[0], 'taken'],
    ]);
    expect(windows).toHaveLength(1);
  });

  test('51 ids: nothing is cancelled, be the first fifty one order’s', async () => {
    const ids = Array.from({ length: 51 }, (_, index) => `${30_000_000_000 + index}`);
    const { lookups, cancels, windows, last } = world({ known: { lira: [named('30000000000')] } });
    await carryOut(() => lookups.begin(ids.join(' ')));
    expect(cancels).toEqual([]);
    expect(windows).toHaveLength(1);
    expect(last()?.wish).toMatchObject({ kind: 'ids', more: true, ids: ids.slice(0, 50) });
    expect(last()?.unknown).toHaveLength(49);
  });

  test('the window has the beginning of the text', async () => {
    const { lookups, last } = world({});
    await carryOut(() => lookups.begin(`  26947529999 ${'x'.repeat(200)}`));
    expect(last()?.wish).toMatchObject({ text: `26947529999 ${'x'.repeat(68)}` });
    expect(last()?.askedAt).toBe(now);
  });

  test('the view keeps the latest eight', async () => {
    const { lookups, windows, view } = world({ accounts: [] });
    for (let index = 0; index < 10; index++) {
      await carryOut(() => lookups.begin(`2694752999${index}`));
    }
    expect(view.lookups.map(({ id }) => id)).toEqual(windows.slice(2));
  });
});

describe('without an id', () => {
  test.each(['', '  ', 'nothing to see here', 'x'.repeat(101), '1.5 BTC at 70168.52'])(
    '%j: nothing is read or cancelled, and the window says that there is none',
    async (text) => {
      const { lookups, cancels, windows, last, state } = world({
        known: { lira: [named('101', 'see')] },
      });
      await carryOut(() => lookups.begin(text));
      expect(cancels).toEqual([]);
      expect(state.readings).toBe(0);
      expect(windows).toEqual([last()?.id]);
      expect(last()).toMatchObject({
        stage: 'choosing',
        wish: { ids: [] },
        orders: [],
        unknown: [],
      });
    },
  );

  test('any word may be a client id: the accounts are read to see', async () => {
    const { lookups, windows, ...told } = world({
      venue: { habit: { orders: [named('101', 'limit')] } },
    });
    await carryOut(() => lookups.begin('limit'));
    expect(told.cancelled()).toEqual(['habit 101']);
    expect(windows).toEqual([]);
  });

  test('a word that is none', async () => {
    const { lookups, cancels, windows, state } = world({});
    await carryOut(() => lookups.begin('limit'));
    expect(cancels).toEqual([]);
    expect(state.readings).toBe(1);
    expect(windows).toHaveLength(1);
  });
});

describe('an id that no known order bears', () => {
  const found: Answer = { orders: [named('26947521101')] };

  test('the accounts are read, and it is found: cancelled, without a window', async () => {
    const { lookups, cancels, windows, view, ...told } = world({ venue: { lira: found } });
    await carryOut(() => lookups.begin('26947521101'));
    expect(told.cancelled()).toEqual(['lira 26947521101']);
    expect(cancels[0]?.after).toBe(100);
    expect(windows).toEqual([]);
    expect(view.lookups).toEqual([]);
  });

  test('found on two accounts: the user chooses', async () => {
    const { lookups, cancels, ...told } = world({ venue: { lira: found, habit: found } });
    await carryOut(() => lookups.begin('26947521101'));
    expect(cancels).toEqual([]);
    expect(told.choice()).toEqual(['lira 26947521101', 'habit 26947521101']);
  });

  test.each<[id: string, venue: 'habit-trade' | undefined, accountIds: string[]]>([
    ['26947529999', undefined, ['lira', 'habit']],
    ['26947529999', 'habit-trade', ['habit', 'lira']],
    [uuid, undefined, ['habit', 'main']],
    ['grid-eth-99', undefined, ['habit', 'main']],
    ['12345', undefined, []],
  ])('still unknown: %s on a page of %s may be one of %j', async (id, venue, accountIds) => {
    const { lookups, cancels, windows, last } = world({ known: { lira: [named('101')] } });
    await carryOut(() => lookups.begin(id, venue));
    expect(cancels).toEqual([]);
    expect(windows).toEqual([last()?.id]);
    expect(last()).toMatchObject({ stage: 'choosing', unread: [], unknown: [{ id, accountIds }] });
  });

  test('an account that cannot be read is named', async () => {
    const { lookups, cancels, windows, last } = world({ venue: { lira: 'fails' } });
    await carryOut(() => lookups.begin('26947529999'));
    expect(cancels).toEqual([]);
    expect(windows).toHaveLength(1);
    expect(last()?.unread).toEqual(['lira']);
  });

  test('two seconds are waited, and what is answered later cancels nothing', async () => {
    const late: Answer = { ...found, after: 2001 };
    const { lookups, cancels, windows, last } = world({ venue: { lira: late, main: 'hangs' } });
    const done = lookups.begin('26947521101');
    await vi.advanceTimersByTimeAsync(1999);
    expect(windows).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    await done;
    expect(windows).toHaveLength(1);
    expect(last()).toMatchObject({ unread: ['lira', 'main'], unknown: [{ id: '26947521101' }] });
    await vi.advanceTimersByTimeAsync(60_000);
    expect(cancels).toEqual([]);
  });

  test('without accounts there is nothing to wait for', async () => {
    const { lookups, cancels, windows } = world({ accounts: [] });
    const done = lookups.begin('26947521101');
    await vi.advanceTimersByTimeAsync(1);
    await done;
    expect(windows).toHaveLength(1);
    expect(cancels).toEqual([]);
  });

  test('locked while the accounts are read, and the view forgotten: nothing is cancelled', async () => {
    const { lookups, cancels, windows, view } = world({ venue: { lira: found } });
    const done = lookups.begin('26947521101');
    await vi.advanceTimersByTimeAsync(50);
    Object.assign(view, { ...emptyView, orders: {} });
    await vi.advanceTimersByTimeAsync(5000);
    await done;
    expect(cancels).toEqual([]);
    expect(windows).toHaveLength(1);
  });
});

describe('the venue whose page it was', () => {
  const lira2 = accountOf('lira2', 'btcturk', 'Second');
  const found: Answer = { orders: [named('26947521101')] };

  test.each<[what: string, venue: Record<string, Answer>, after: number]>([
    ['others hang', { lira: found, habit: 'hangs', main: 'hangs' }, 100],
    ['others are slow', { lira: found, habit: { orders: [], after: 1500 } }, 100],
    ['it is slow itself', { lira: { ...found, after: 1200 }, habit: 'hangs' }, 1200],
    ['others fail', { lira: found, habit: 'fails', main: 'fails' }, 100],
  ])('is enough: %s', async (_, venue, after) => {
    const { lookups, cancels, windows, ...told } = world({ venue });
    await carryOut(() => lookups.begin('26947521101', 'btcturk'));
    expect(told.cancelled()).toEqual(['lira 26947521101']);
    expect(cancels[0]?.after).toBe(after);
    expect(windows).toEqual([]);
  });

  test('all of its accounts are waited for', async () => {
    const accounts = [habit, lira, lira2];
    const { lookups, cancels } = world({
      accounts,
      venue: { lira: found, lira2: { orders: [], after: 700 }, habit: 'hangs' },
    });
    await carryOut(() => lookups.begin('26947521101', 'btcturk'));
    expect(cancels.map(({ after }) => after)).toEqual([700]);
  });

  test('on two of its accounts: the user chooses', async () => {
    const accounts = [lira, lira2];
    const { lookups, cancels, windows, ...told } = world({
      accounts,
      venue: { lira: found, lira2: { ...found, after: 700 } },
    });
    await carryOut(() => lookups.begin('26947521101', 'btcturk'));
    expect(cancels).toEqual([]);
    expect(windows).toHaveLength(1);
    expect(told.choice()).toEqual(['lira 26947521101', 'lira2 26947521101']);
  });

  test('where it has no such order, the others are waited for', async () => {
    const { lookups, cancels, ...told } = world({ venue: { habit: { ...found, after: 1500 } } });
    await carryOut(() => lookups.begin('26947521101', 'btcturk'));
    expect(told.cancelled()).toEqual(['habit 26947521101']);
    expect(cancels[0]?.after).toBe(1500);
  });

  test('where it has no such order, one that another has told of is not taken before all are read', async () => {
    const { lookups, cancels } = world({
      venue: { lira: { orders: [], after: 500 }, habit: found, main: 'hangs' },
    });
    await carryOut(() => lookups.begin('26947521101', 'btcturk'));
    expect(cancels.map(({ after }) => after)).toEqual([2000]);
  });

  test('without an account there it is as if no page was', async () => {
    const { lookups, cancels } = world({ venue: { lira: found, habit: 'hangs' } });
    await carryOut(() => lookups.begin('26947521101', 'ox-fun'));
    expect(cancels.map(({ after }) => after)).toEqual([2000]);
  });

  test('no order elsewhere that bears the id too is left unseen', async () => {
    const { lookups, cancels, windows } = world({
      known: { habit: [named('101', 'grid'), named('102', 'grid')] },
      venue: { lira: found, habit: 'hangs' },
    });
    await carryOut(() => lookups.begin('grid', 'btcturk'));
    expect(cancels).toEqual([]);
    expect(windows).toHaveLength(1);
  });
});

describe('the newest order', () => {
  test.each<
    [
      what: string,
      venue: Record<string, Answer>,
      cancelled: string[],
      choice: string[],
      unread: string[],
    ]
  >([
    [
      'one alone is the newest',
      { lira: { orders: [at('1', 9000), at('2', 5000)] }, habit: { orders: [at('3', 8000)] } },
      ['lira 2'],
      [],
      [],
    ],
    [
      'two at the same time',
      { lira: { orders: [at('1', 5000), at('2', 5000)] } },
      [],
      ['lira 1', 'lira 2'],
      [],
    ],
    [
      'two accounts at about the same time',
      { lira: { orders: [at('1', 5000)] }, habit: { orders: [at('2', 6000)] } },
      [],
      ['lira 1', 'habit 2'],
      [],
    ],
    [
      'one without a time',
      { lira: { orders: [at('1', 5000), orderOf('2')] } },
      [],
      ['lira 1', 'lira 2'],
      [],
    ],
    ['the only one, without a time', { lira: { orders: [orderOf('2')] } }, ['lira 2'], [], []],
    [
      'a protective one is newer',
      { lira: { orders: [at('1', 5000), at('2', 1000, { protective: true })] } },
      ['lira 1'],
      [],
      [],
    ],
    [
      'none but protective ones',
      { lira: { orders: [at('1', 5000, { protective: true })] } },
      [],
      [],
      [],
    ],
    ['none at all', {}, [], [], []],
    [
      'an account that fails',
      { lira: { orders: [at('1', 5000)] }, habit: 'fails' },
      [],
      ['lira 1'],
      ['habit'],
    ],
    [
      'an account that hangs',
      { lira: { orders: [at('1', 5000)] }, habit: 'hangs' },
      [],
      ['lira 1'],
      ['habit'],
    ],
    [
      'an account that is too slow',
      { lira: { orders: [at('1', 5000)] }, habit: { orders: [], after: 2001 } },
      [],
      ['lira 1'],
      ['habit'],
    ],
  ])('%s', async (_, venue, cancelled, choice, unread) => {
    const { lookups, windows, last, ...told } = world({ venue });
    await carryOut(() => lookups.beginNewest());
    expect(told.cancelled()).toEqual(cancelled);
    if (cancelled.length > 0) {
      expect(windows).toEqual([]);
      expect(last()).toBeUndefined();
      return;
    }
    expect(windows).toEqual([last()?.id]);
    expect(last()).toMatchObject({
      stage: 'choosing',
      wish: { kind: 'newest' },
      unread,
      unknown: [],
    });
    expect(told.choice()).toEqual(choice);
  });

  test('what was known before is read again first: an order that has gone is not it', async () => {
    const { lookups, cancels, ...told } = world({
      known: { lira: [at('1', 9000), at('2', 5000)] },
      venue: { lira: { orders: [at('1', 9000)], after: 300 } },
    });
    await carryOut(() => lookups.beginNewest());
    expect(told.cancelled()).toEqual(['lira 1']);
    expect(cancels[0]?.after).toBe(300);
  });

  test.each<[state: CancellationState, more: Partial<Cancellation>, cancelled: string]>([
    ['requested', {}, 'lira 1'],
    ['sent', {}, 'lira 1'],
    ['accepted', {}, 'lira 1'],
    ['unknown', {}, 'lira 1'],
    // Refused or given up: it is still open and wished for anew.
    ['refused', {}, 'lira 2'],
    ['requested', { stopped: true }, 'lira 2'],
  ])('pressed again while the newest is %s %o: %s', async (state, more, cancelled) => {
    const orders = [at('1', 9000), at('2', 5000)];
    const ref: OrderRef = { accountId: lira.id, orderId: orders[1]?.id ?? ('' as never) };
    const first = requestCancellation('first' as CancellationId, ref, orders[1], now);
    const { lookups, ...told } = world({
      venue: { lira: { orders } },
      cancellations: [{ ...first, state, ...more }],
    });
    await carryOut(() => lookups.beginNewest());
    expect(told.cancelled()).toEqual([cancelled]);
  });

  test('the same id on another account is another order', async () => {
    const ref: OrderRef = { accountId: habit.id, orderId: orderOf('2').id };
    const { lookups, ...told } = world({
      venue: { lira: { orders: [at('1', 9000), at('2', 5000)] } },
      cancellations: [requestCancellation('first' as CancellationId, ref, undefined, now)],
    });
    await carryOut(() => lookups.beginNewest());
    expect(told.cancelled()).toEqual(['lira 2']);
  });
});

describe('while Pullcord is locked', () => {
  const known = { lira: [named('26947521101')] };

  test('the window opens; nothing is read, shown or cancelled', async () => {
    const { lookups, windows, state, cancels, published } = world({ known, isLocked: true });
    await carryOut(() => lookups.begin('26947521101', 'btcturk'));
    expect(windows).toHaveLength(1);
    expect(state.readings).toBe(0);
    expect(cancels).toEqual([]);
    expect(published).toEqual([]);
    expect(await fake.session.get('lookups')).toEqual({
      lookups: [{ id: windows[0], askedAt: now, text: '26947521101', venue: 'btcturk' }],
    });
  });

  test('two wishes at once are both kept', async () => {
    const { lookups, windows } = world({ known, isLocked: true });
    await carryOut(() => Promise.all([lookups.begin('26947521101'), lookups.begin('26947521102')]));
    const { lookups: kept } = (await fake.session.get('lookups')) as { lookups: { id: string }[] };
    expect(kept.map(({ id }) => id)).toEqual(windows);
    expect(windows).toHaveLength(2);
  });

  test('locked while the accounts are read: it waits for the passphrase, and goes on', async () => {
    const { lookups, windows, cancels, state, unlock } = world({
      venue: { lira: { orders: [named('26947521101')] } },
    });
    await carryOut(async () => {
      const begun = lookups.begin('26947521101');
      setTimeout(() => (state.isLocked = true), 50);
      await begun;
    });
    expect(cancels).toEqual([]);
    expect(windows).toHaveLength(1);
    unlock();
    await carryOut(() => lookups.resume());
    expect(cancels).toHaveLength(1);
    expect(windows).toHaveLength(1);
  });

  test('unlocked, the wish is carried out, once, by the worker’s next life too', async () => {
    const { lookups, begin, windows, cancels, published, unlock, last } = world({
      known,
      isLocked: true,
    });
    await carryOut(() => lookups.begin('26947521101'));
    unlock();
    await carryOut(() => begin().resume());
    expect(cancels).toHaveLength(1);
    // By the act of that window, which says so; no other one opens.
    expect(cancels[0]?.act).toEqual({ id: windows[0] });
    expect(last()).toMatchObject({ id: windows[0], stage: 'taken' });
    expect(published.every(({ id }) => id === windows[0])).toBe(true);
    expect(windows).toHaveLength(1);
    unlock();
    await carryOut(() => begin().resume());
    expect(cancels).toHaveLength(1);
    expect(fake.keys()).toEqual([]);
  });

  test('unlocked, an id that is not known is looked up; the open window shows how', async () => {
    const { lookups, windows, cancels, published, unlock } = world({
      venue: { lira: { orders: known.lira } },
      isLocked: true,
    });
    await carryOut(() => lookups.begin('26947521101'));
    unlock();
    await carryOut(() => lookups.resume());
    expect(published.map(({ stage }) => stage)).toEqual(['reading', 'taken']);
    expect(cancels).toHaveLength(1);
    expect(windows).toHaveLength(1);
  });

  test('the newest order too', async () => {
    const { lookups, windows, published, unlock, ...told } = world({
      venue: { lira: { orders: known.lira } },
      isLocked: true,
    });
    await carryOut(() => lookups.beginNewest());
    unlock();
    await carryOut(() => lookups.resume());
    expect(published.map(({ stage }) => stage)).toEqual(['reading', 'taken']);
    expect(told.cancelled()).toEqual(['lira 26947521101']);
    expect(windows).toHaveLength(1);
  });

  test('what is not clear has to be chosen, in the window that is open', async () => {
    const { lookups, windows, cancels, unlock, last } = world({ isLocked: true });
    await carryOut(() => lookups.begin('26947529999'));
    unlock();
    await carryOut(() => lookups.resume());
    expect(cancels).toEqual([]);
    expect(windows).toHaveLength(1);
    expect(last()).toMatchObject({
      id: windows[0],
      stage: 'choosing',
      unknown: [{ id: '26947529999' }],
    });
  });

  test.each<[wish: 'id' | 'newest', milliseconds: number, stage: string, cancelled: number]>([
    ['id', 60_000, 'taken', 1],
    ['id', 60_001, 'expired', 0],
    ['newest', 60_001, 'expired', 0],
    ['id', 24 * 3_600_000, 'expired', 0],
  ])('%s, unlocked after %i ms: %s', async (wish, milliseconds, stage, cancelled) => {
    const { lookups, windows, cancels, unlock, last, state } = world({ known, isLocked: true });
    await (wish === 'id' ? lookups.begin('26947521101') : lookups.beginNewest());
    vi.setSystemTime(now + milliseconds);
    unlock();
    await carryOut(() => lookups.resume());
    expect(cancels).toHaveLength(cancelled);
    expect(last()).toMatchObject({ id: windows[0], stage });
    expect(last()?.wish.kind).toBe(wish === 'id' ? 'ids' : 'newest');
    if (cancelled === 0) expect(state.readings).toBe(0);
    expect(fake.keys()).toEqual([]);
  });

  test('several wishes are each carried out', async () => {
    const { lookups, windows, unlock, view, ...told } = world({
      known: { lira: [named('26947521101'), named('26947521102')] },
      isLocked: true,
    });
    await lookups.begin('26947521101');
    await lookups.begin('26947521102');
    unlock();
    await carryOut(() => lookups.resume());
    expect(told.cancelled()).toEqual(['lira 26947521101', 'lira 26947521102']);
    expect(view.lookups.map(({ id }) => id)).toEqual(windows);
  });

  test('of many wishes the latest eight wait', async () => {
    const { lookups } = world({ isLocked: true });
    for (let index = 0; index < 10; index++) await lookups.begin(`word ${index}`);
    const { lookups: waiting } = await fake.session.get('lookups');
    expect((waiting as { text: string }[]).map(({ text }) => text)).toEqual(
      Array.from({ length: 8 }, (_, index) => `word ${index + 2}`),
    );
  });

  test('of a whole book as a selection the beginning waits', async () => {
    const { lookups } = world({ isLocked: true });
    await lookups.begin('x'.repeat(1_000_000));
    expect(fake.bytes()).toBeLessThan(101_000);
  });

  test('nothing waits: nothing happens', async () => {
    const { lookups, unlock, published, cancels } = world({ known });
    unlock();
    await carryOut(() => lookups.resume());
    expect(published).toEqual([]);
    expect(cancels).toEqual([]);
  });
});

describe('where the journal cannot be written', () => {
  test('the window has the order', async () => {
    const { lookups, state, windows, last, cancels, ...told } = world({
      known: { lira: [named('26947521101')] },
    });
    state.journal = diskFull;
    await carryOut(() => lookups.begin('26947521101'));
    expect(cancels).toEqual([]);
    expect(windows).toEqual([last()?.id]);
    expect(last()?.stage).toBe('choosing');
    expect(told.choice()).toEqual(['lira 26947521101']);
  });

  test('a window that is open already stays the only one', async () => {
    const { lookups, state, windows, last, unlock } = world({
      known: { lira: [named('26947521101')] },
      isLocked: true,
    });
    state.journal = diskFull;
    await lookups.begin('26947521101');
    unlock();
    await carryOut(() => lookups.resume());
    expect(windows).toHaveLength(1);
    expect(last()).toMatchObject({ id: windows[0], stage: 'choosing' });
  });
});

test('two wishes at once for one id each are two acts', async () => {
  const { lookups, cancels, ...told } = world({
    known: { lira: [named('26947521101')] },
    venue: { main: { orders: [named(uuid)] } },
  });
  await carryOut(async () => {
    await Promise.all([lookups.begin(uuid), lookups.begin('26947521101')]);
  });
  expect(told.cancelled()).toEqual(['lira 26947521101', `main ${uuid}`]);
  expect(new Set(cancels.map(({ act }) => act.id)).size).toBe(2);
});

test('a reading that breaks down is one that failed', async () => {
  const { lookups, windows, last } = world({ venue: { lira: 'breaks' } });
  await carryOut(() => lookups.begin('26947521101'));
  expect(windows).toHaveLength(1);
  expect(last()?.unread).toContain(lira.id);
});

test('a second press while the first is still reading takes the next one', async () => {
  const known = {
    lira: [at('1', 5000), at('2', 9000)],
  };
  const { lookups, cancelled } = world({ known });
  await carryOut(() => Promise.all([lookups.beginNewest(), lookups.beginNewest()]));
  expect(cancelled()).toEqual(['lira 1', 'lira 2']);
});

test('what the worker’s last life was reading is no longer known: its window says so', () => {
  const { view, begin } = world({});
  const lookup: Lookup = {
    id: 'old' as LookupId,
    askedAt: now,
    wish: { kind: 'newest' },
    stage: 'reading',
    orders: [],
    unknown: [],
    unread: [],
  };
  Object.assign(view, { lookups: [lookup, { ...lookup, stage: 'choosing' }] });
  begin();
  expect(view.lookups.map(({ stage }) => stage)).toEqual(['choosing']);
});

test('an order whose cancel came to nothing is the newest again', async () => {
  const { lookups, cancelled } = world({ known: { lira: [at('1', 5000), at('2', 9000)] } });
  await carryOut(() => lookups.beginNewest());
  await carryOut(() => lookups.beginNewest());
  expect(cancelled()).toEqual(['lira 1', 'lira 1']);
});
