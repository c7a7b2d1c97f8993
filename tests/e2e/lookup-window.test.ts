import type { Page } from '@playwright/test';
import type { AccountId } from '#lib/domain/account.ts';
import type { Decimal } from '#lib/domain/decimal.ts';
import type { Lookup, LookupId, OrderAnswer } from '#lib/domain/lookup.ts';
import type { ClientOrderId, OrderId } from '#lib/domain/order.ts';
import { emptyView, type View } from '#lib/protocol/view.ts';
import { cancellationFor, foundOf, lookupOf } from '#tests/unit/page/lookup/lookup-world.ts';
import { accountOf } from '#tests/unit/support/view-world.ts';
import { expectAccessible } from '#tests/e2e/support/accessibility.ts';
import { expectFocusSeen } from '#tests/e2e/support/focus.ts';
import type { Extension } from '#tests/e2e/support/extension.ts';
import { eachRow } from '#tests/e2e/support/rows.ts';
import { expect, test } from '#tests/e2e/support/test.ts';

/**
 * Every state of the window in which the user says what is meant, in light and dark, as a picture in
 * `test-results/lookup-window/`: no fault of accessibility that axe knows, nothing wider than the window. The view is
 * written here in the worker's place; what the worker makes of real wishes is tested with real right-clicks.
 */

const id = '00000000-0000-4000-8000-000000000999' as LookupId;
const uuid = '7155ed34-9ec4-4733-8b32-1e4319cb662f';
const hostile = `<script>alert(1)</script> \u202e${'verylongword'.repeat(30)}`;
const accounts = [
  accountOf('a', 'btcturk', 'Turkish lira'),
  accountOf('b', 'habit-trade', 'Shares'),
  accountOf('c', 'ripio', 'Ripio Trade'),
  { ...accountOf('d', 'ztdx', 'Futures'), environment: 'test' as const },
];

const lira = foundOf('a', '26947521101', '26947521101', { price: '4150000' as Decimal });
const reais = foundOf('c', uuid, uuid, {
  symbol: 'BTC_BRL',
  side: 'sell',
  price: '520000.5' as Decimal,
  clientOrderId: 'grid-eth-01' as ClientOrderId,
});
const stop = foundOf('d', '1234567890123', '1234567890123', {
  symbol: 'BTCUSDT',
  stopPrice: '68000' as Decimal,
  protective: true,
});
const ids = Array.from({ length: 50 }, (_, index) => String(26_947_521_000 + index));
const unknown = { id: '555666777888', accountIds: ['a', 'd'] as AccountId[] };
const wish = (text: string, more = false): Lookup['wish'] => ({ kind: 'ids', ids: [], more, text });
const odd = (doubtful: string[], rounded: string[] = []): Lookup['wish'] => ({
  kind: 'ids',
  ids: [],
  more: false,
  text: '',
  doubtful,
  rounded,
});
const of = (more: Partial<Lookup>): Partial<View> => ({ lookups: [lookupOf({ id, ...more })] });

const taken = (state: 'accepted' | 'cancelled' | 'refused'): Partial<View> => {
  const cancellation = cancellationFor('c1', 'a', '26947521101', {
    state,
    act: { id: id as string as never },
    ...(state === 'refused' && { reason: 'no-right', said: ['Forbidden: no right to trade'] }),
    ...(state === 'cancelled' && { filled: '0.4' as Decimal, quantity: '1' as Decimal }),
  });
  return {
    ...of({ stage: 'taken', orders: [lira] }),
    cancellations: { [cancellation.id]: cancellation },
  };
};

const states: Record<string, [view: Partial<View>, says: string | RegExp]> = {
  'not set up': [{ vault: { state: 'none' } }, 'Pullcord is not set up'],
  lost: [{ vault: { state: 'lost' } }, 'Pullcord’s data is gone'],
  unreadable: [{ vault: { state: 'unreadable' } }, 'Pullcord cannot read its data'],
  newer: [{ vault: { state: 'newer' } }, 'Pullcord needs an update'],
  blocked: [{ vault: { state: 'blocked' } }, 'as an earlier version left it'],
  locked: [{ vault: { state: 'locked' } }, 'Pullcord is locked'],
  reading: [of({ stage: 'reading', wish: { kind: 'newest' } }), 'Looking in your accounts'],
  expired: [of({ stage: 'expired' }), 'more than a minute ago'],
  'no id': [of({ wish: wish('Total balance') }), '“Total balance” holds no order id'],
  'no id, hostile': [of({ wish: wish(hostile) }), '<script>alert(1)</script>'],
  orders: [
    of({ orders: [lira, reais, stop], unknown: [unknown], unread: ['b' as AccountId] }),
    '3 orders found',
  ],
  'the same id twice': [
    of({ orders: [lira, { ...lira, accountId: 'b' as AccountId }] }),
    'choose the one you mean',
  ],
  'fifty orders': [
    of({ wish: wish('', true), orders: ids.map((each) => foundOf('a', each, each)) }),
    '50 orders found',
  ],
  'not understood': [
    of({ wish: odd(['7155ed34·9ec4·4733·8b32·1e4319cb662f']) }),
    '“7155ed34·9ec4·4733·8b32·1e4319cb662f” looks like an order id',
  ],
  'not understood, hostile': [
    of({
      wish: odd([hostile, '9'.repeat(100)], ['2.69475E+10']),
      unread: ['b' as AccountId],
    }),
    'An id that Pullcord does not understand',
  ],
  rounded: [of({ wish: odd([], ['2.69475E+10']) }), 'The sheet has rounded the id'],
  'a piece': [
    of({
      wish: odd(['2·6947521101']),
      orders: [{ ...lira, doubt: 'piece' }],
    }),
    'It bears only a piece of what may be another id',
  ],
  'a short id': [
    of({ orders: [{ ...lira, doubt: 'short' }] }),
    'so it is not chosen from the start',
  ],
  'doubt beside what is clear': [
    of({
      wish: odd(['9·1234567890123'], ['2.69475E+10']),
      orders: [lira, { ...stop, doubt: 'piece' }, { ...reais, doubt: 'short' }],
      unknown: [unknown],
    }),
    'is a number that a sheet has rounded',
  ],
  'unknown id and one that is not understood': [
    of({
      wish: odd(['2·6947521101']),
      unknown: [{ id: uuid, accountIds: ['a'] as AccountId[] }],
    }),
    '“2·6947521101” looks like an order id',
  ],
  'hostile orders': [
    of({ orders: [foundOf('a', '9'.repeat(100), '9'.repeat(100), { symbol: hostile })] }),
    '1 order found',
  ],
  'unknown id': [
    of({ unknown: [{ id: uuid, accountIds: ['a', 'b', 'c', 'd'] as AccountId[] }] }),
    'Symbol needed',
  ],
  'unknown id of no account': [
    of({ unknown: [{ id: 'zz-99', accountIds: [] }] }),
    'No open order bears zz-99',
  ],
  'several unknown ids': [
    of({
      wish: wish('', true),
      unknown: ids.map((each) => ({ id: each, accountIds: unknown.accountIds })),
    }),
    'Only the first 50 ids were looked at.',
  ],
  'no newest': [of({ wish: { kind: 'newest' } }), 'There is no open order to cancel'],
  'newest, protective': [
    of({ wish: { kind: 'newest' }, orders: [stop], unread: ['a' as AccountId] }),
    'It guards a position',
  ],
  'taken, accepted': [taken('accepted'), 'Accepted, confirming'],
  'taken, cancelled': [taken('cancelled'), 'Cancelled, filled 0.4 of 1'],
  'taken, refused': [taken('refused'), 'Refused: Forbidden'],
};

/** What each venue says when it is asked. */
const answers: Record<string, OrderAnswer> = {
  a: {
    kind: 'read',
    idKind: 'order-id',
    reading: {
      status: 'filled',
      order: { id: uuid as OrderId, filled: '0.6' as Decimal, quantity: '1' as Decimal },
    },
  },
  b: {
    kind: 'read',
    idKind: 'order-id',
    reading: { status: 'not-found', said: ['no such order'] },
  },
  c: { kind: 'failed', reason: 'unauthorized', note: { code: 'http', status: 401 } },
  d: { kind: 'symbol-needed', idKind: 'order-id' },
};

async function writeView(page: Page, view: View): Promise<void> {
  const { orders: _, cancellations, ...parts } = view;
  const isOpen = view.vault.state === 'unlocked';
  const texts = Object.entries(isOpen ? parts : { vault: view.vault }).map(
    ([key, value]) => [`view.${key}`, JSON.stringify(value)] as const,
  );
  const rows = Object.values(cancellations).map(
    (each) => [`view.cancellation.${each.id}`, JSON.stringify(each)] as const,
  );
  const index = ['view.index', JSON.stringify(rows.map(([key]) => key))] as const;
  await page.evaluate(
    async (all) => {
      await chrome.storage.session.clear();
      await chrome.storage.session.set(all);
    },
    Object.fromEntries([...texts, ...rows, index]),
  );
}

/** A sample, tried in Firefox too: of each part of the window one, with the most in it, but for what is asked of the worker: there it cannot be stood in for. */
const inFirefox = new Set([
  'locked',
  'no id, hostile',
  'doubt beside what is clear',
  'hostile orders',
  'taken, refused',
]);

/** The worker says nothing here but what the venues answer. */
async function standIn(extension: Extension): Promise<void> {
  await extension.runFirst((told) => {
    chrome.runtime.sendMessage = ((message: { kind: string; accountId?: string }) =>
      Promise.resolve({
        ok: true,
        value: message.kind === 'ask-order' ? told[message.accountId ?? ''] : undefined,
      })) as never;
  }, answers);
}

test('every state of the window', { tag: '@firefox' }, async ({ extension, target }) => {
  await standIn(extension);
  const page = await extension.open('manifest.json');
  await page.setViewportSize({ width: 440, height: 560 });
  await page.emulateMedia({ reducedMotion: 'reduce' });
  const rows = Object.entries(states)
    .map(([name, [view, says]]) => ({ name, view, says }))
    .filter(({ name }) => target === 'chromium' || inFirefox.has(name));
  await eachRow(rows, async ({ name, view, says }) => {
    await writeView(page, { ...emptyView, vault: { state: 'unlocked' }, accounts, ...view });
    if (page.url().includes('#')) await page.reload();
    else await page.goto(`${extension.url('lookup.html')}#${id}`);
    await expect(page.locator('body')).toContainText(says);
    await expectAccessible(page, async (colorScheme) => {
      await page.screenshot({ path: `test-results/lookup-window/${name}-${colorScheme}.png` });
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(440);
    });
    // Firefox, driven so, shows the focus in a window in front alone.
    if (target === 'chromium') await expectFocusSeen(page);
  });
});
