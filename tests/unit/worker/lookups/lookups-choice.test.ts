import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Order } from '#lib/domain/order.ts';
import { fake } from '#tests/unit/support/fake-session.ts';
import { now } from '#tests/unit/support/view-world.ts';
import { named, world, carryOut } from './lookup-world.ts';

/** Ids of which it is not clear what they mean: the window asks. */

vi.mock('webextension-polyfill', async () => {
  const { fake: imported } = await import('#tests/unit/support/fake-session.ts');
  return { default: { storage: { session: imported.session } } };
});

beforeEach(() => {
  vi.useFakeTimers({ now });
  fake.clear();
});
afterEach(() => vi.useRealTimers());

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

  test.each<
    [
      what: string,
      text: string,
      known: Record<string, Order[]>,
      choice: string[],
      doubtful: string[],
      rounded: string[],
    ]
  >([
    [
      'an id of which another one is a piece',
      '7155ED34·9EC4·4733·8B32·1E4319CB662F',
      { lira: [named('26947521101', '1E4319CB662F')] },
      ['lira 26947521101'],
      ['7155ED34·9EC4·4733·8B32·1E4319CB662F'],
      [],
    ],
    [
      'digits on two lines',
      '269475 21557',
      { habit: [named('101', '21557')] },
      ['habit 101'],
      ['269475 21557'],
      [],
    ],
    [
      'a short id among other words',
      'order 4711 please',
      { habit: [named('101', '4711')] },
      ['habit 101'],
      [],
      [],
    ],
    [
      'an id beside what is not understood',
      '26947521101 2694·7521·102',
      { lira: [named('26947521101')] },
      ['lira 26947521101'],
      ['2694·7521·102'],
      [],
    ],
    [
      'an id beside what a sheet has rounded',
      '26947521101\t2.69475E+10',
      { lira: [named('26947521101')] },
      ['lira 26947521101'],
      [],
      ['2.69475E+10'],
    ],
  ])('%s', async (_, text, known, choice, doubtful, rounded) => {
    const { lookups, cancels, windows, last, ...told } = world({ known });
    await carryOut(() => lookups.begin(text));
    expect(cancels).toEqual([]);
    expect(windows).toEqual([last()?.id]);
    expect(told.choice()).toEqual(choice);
    expect(last()?.wish).toMatchObject({ doubtful, rounded });
  });

  test('what is not understood may be an order’s id that is not listed yet: the accounts are read', async () => {
    const { lookups, windows, ...told } = world({
      known: { lira: [named('26947521101')] },
      venue: { habit: { orders: [named('101', 'x·26947521101')] } },
    });
    await carryOut(() => lookups.begin('the order x·26947521101'));
    expect(told.cancelled()).toEqual(['habit 101']);
    expect(windows).toEqual([]);
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
