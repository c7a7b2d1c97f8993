import { describe, expect, test } from 'vitest';
import type { Cancellation, CancellationState } from '#lib/domain/cancellation.ts';
import { badgeOf } from '#lib/worker/browser/badge-words.ts';
import { emptyView, type OrdersView, type View } from '#lib/protocol/view.ts';
import { accountOf, now, orderOf } from '#tests/unit/support/view-world.ts';

const lira = accountOf('a', 'btcturk', 'Turkish lira');
const main = accountOf('b', 'ripio', 'Main');

/** The words of a moment, in whatever time zone the tests run. */
const clock = (at: number) => new Date(at).toTimeString().slice(0, 8);
const earlier = now - 3_725_000;

function read(count: number, readAt = now): OrdersView {
  const orders = Array.from({ length: count }, (_, index) => orderOf(`${index}`));
  return { orders, readAt, reading: false };
}

const unread: OrdersView = { orders: [], reading: false };
const part: OrdersView = { ...unread, orders: read(3).orders };
const trouble = { reason: 'unreachable', note: { code: 'no-answer' }, at: earlier } as const;

function viewOf(
  orders: Record<string, OrdersView>,
  states: readonly CancellationState[] = [],
  more: Partial<View> = {},
): View {
  const cancellations = Object.fromEntries(
    states.map((state, index) => [
      `${index}`,
      { id: `${index}`, state } as unknown as Cancellation,
    ]),
  );
  return {
    ...emptyView,
    vault: { state: 'unlocked' },
    accounts: [lira, main],
    orders,
    cancellations,
    ...more,
  };
}

describe('the toolbar button', () => {
  test.each<[what: string, view: View, text: string, isTrouble: boolean, title: readonly string[]]>(
    [
      ['nothing read yet', viewOf({}), '', false, ['Pullcord: not read yet']],
      ['reading begun', viewOf({ a: unread, b: unread }), '', false, ['Pullcord: not read yet']],
      [
        'all read: the oldest reading counts',
        viewOf({ a: read(3, earlier), b: read(5) }),
        '8',
        false,
        [`Pullcord: 8 open orders, read at ${clock(earlier)}`],
      ],
      [
        'none open',
        viewOf({ a: read(0), b: read(0) }),
        '0',
        false,
        [`Pullcord: no open orders, read at ${clock(now)}`],
      ],
      [
        'one open',
        viewOf({ a: read(1), b: read(0) }),
        '1',
        false,
        [`Pullcord: 1 open order, read at ${clock(now)}`],
      ],
      [
        'one could not be read',
        viewOf({ a: { ...read(0), unreadable: 1 }, b: read(0) }),
        '0+',
        false,
        [`Pullcord: 1 order could not be read, read at ${clock(now)}`],
      ],
      [
        'several could not be read',
        viewOf({ a: { ...read(3), unreadable: 2 }, b: { ...read(1), unreadable: 1 } }),
        '4+',
        false,
        [`Pullcord: 4 open orders, 3 more could not be read, read at ${clock(now)}`],
      ],
      [
        'one account not read',
        viewOf({ a: read(3) }),
        '3',
        false,
        [`Pullcord: 3 open orders, read at ${clock(now)}`, 'Main (Ripio Trade) not read yet'],
      ],
      [
        'one of which a part has come',
        viewOf({ a: { ...part, reading: true, coming: 3 }, b: read(2) }),
        '5+',
        false,
        [
          `Pullcord: 5 open orders, read at ${clock(now)}`,
          'Turkish lira (BtcTurk): 3 of more, reading',
        ],
      ],
      [
        'only a part, and then no more',
        viewOf({ a: { ...part, trouble } }),
        '3+',
        false,
        [
          'Pullcord: not read yet',
          `Turkish lira (BtcTurk) could not be read at ${clock(earlier)}`,
          'Main (Ripio Trade) not read yet',
        ],
      ],
      [
        'one that could never be read',
        viewOf({ a: { ...unread, trouble }, b: read(2) }),
        '2',
        false,
        [
          `Pullcord: 2 open orders, read at ${clock(now)}`,
          `Turkish lira (BtcTurk) could not be read at ${clock(earlier)}`,
        ],
      ],
      [
        'one that could be read before: its orders count',
        viewOf({ a: { ...read(4, earlier), trouble: { ...trouble, at: now } }, b: read(2) }),
        '6',
        false,
        [
          `Pullcord: 6 open orders, read at ${clock(earlier)}`,
          `Turkish lira (BtcTurk) could not be read at ${clock(now)}`,
        ],
      ],
      [
        'none that could be read',
        viewOf({ a: { ...unread, trouble } }),
        '',
        false,
        ['Pullcord: not read yet', `Turkish lira (BtcTurk) could not be read at ${clock(earlier)}`],
      ],
      [
        '999',
        viewOf({ a: read(999), b: read(0) }),
        '999',
        false,
        [`Pullcord: 999 open orders, read at ${clock(now)}`],
      ],
      [
        'more than fit',
        viewOf({ a: read(999), b: read(1) }),
        '999+',
        false,
        [`Pullcord: 1000 open orders, read at ${clock(now)}`],
      ],
      [
        'trouble',
        viewOf({ a: read(1), b: read(1) }, ['unknown', 'refused', 'refused', 'sent', 'cancelled']),
        '2',
        true,
        [`Pullcord: 2 open orders, read at ${clock(now)}`, '1 unknown, checking', '2 refused'],
      ],
      [
        'trouble before a reading',
        viewOf({}, ['unknown']),
        '',
        true,
        ['Pullcord: not read yet', '1 unknown, checking'],
      ],
      [
        'what goes its way is none',
        viewOf({ a: read(1), b: read(1) }, [
          'requested',
          'sent',
          'accepted',
          'filled',
          'not-found',
          'was-cancelled',
        ]),
        '2',
        false,
        [`Pullcord: 2 open orders, read at ${clock(now)}`],
      ],
      ['no accounts', viewOf({}, [], { accounts: [] }), '', false, ['Pullcord']],
      // While locked the worker still knows what the pages may not see.
      [
        'locked',
        viewOf({ a: read(3), b: read(1) }, ['unknown'], { vault: { state: 'locked' } }),
        '',
        false,
        ['Pullcord is locked'],
      ],
      [
        'no vault',
        viewOf({}, [], { vault: { state: 'none' }, accounts: [] }),
        '',
        false,
        ['Pullcord'],
      ],
    ],
  )('%s', (_, view, text, isTrouble, title) => {
    expect(badgeOf(view)).toEqual({ text, isTrouble, title: title.join('\n') });
  });

  test('orders of an account that is there no more do not count', () => {
    expect(badgeOf(viewOf({ a: read(1), b: read(0), gone: read(7) })).text).toBe('1');
  });
});

test('what nobody can ask about any more is not being checked', () => {
  const view = viewOf({ a: read(1), b: read(1) }, ['unknown']);
  const [one] = Object.values(view.cancellations);
  const abandoned = { ...view, cancellations: { one: { ...one, abandoned: true } } } as View;
  expect(badgeOf(abandoned)).toMatchObject({ isTrouble: false });
  expect(badgeOf(view)).toMatchObject({ isTrouble: true });
});
