import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type browser from 'webextension-polyfill';
import { findIds } from '#lib/domain/found-ids.ts';
import { menuIds } from '#lib/worker/browser/menus.ts';
import { hearRightClick } from '#lib/worker/lookups/pointed.ts';
import { cancelFromMenu, enterAddressBar, pressShortcut, suggestFor } from '#lib/worker/ways-in.ts';
import type { Worker } from '#lib/worker/worker.ts';
import { fake } from '#tests/unit/support/fake-session.ts';
import { emptyView } from '#lib/protocol/view.ts';
import { accountOf, now, orderOf } from '#tests/unit/support/view-world.ts';

vi.mock('webextension-polyfill', async () => {
  const { fake: imported } = await import('#tests/unit/support/fake-session.ts');
  return {
    default: {
      storage: { session: imported.session },
      omnibox: { setDefaultSuggestion: () => {} },
      scripting: {
        getRegisteredContentScripts: () => Promise.resolve([{ id: 'https://ox.fun/*' }]),
      },
    },
  };
});

let asked: unknown[] = [];
const worker = {
  lookups: {
    begin: (...wish: unknown[]) => Promise.resolve(void asked.push(wish)),
    beginNewest: () => Promise.resolve(void asked.push('newest')),
  },
  openAt: (destination: unknown) => Promise.resolve(void asked.push(destination)),
} as unknown as Worker;

beforeEach(() => {
  vi.useFakeTimers({ now });
  fake.clear();
  asked = [];
});
afterEach(() => vi.useRealTimers());

const pageUrl = 'https://ox.fun/trade';
const tab = { id: 7 } as browser.Tabs.Tab;
type Click = browser.Menus.OnClickData;

function click(menuItemId: string, more: Partial<Click> = {}): Click {
  return { menuItemId, modifiers: [], editable: false, frameId: 0, ...more };
}

const point = (ids: readonly string[], place: 'text' | 'link' = 'text', frameId = 0) =>
  hearRightClick(
    { ids: [...ids], place },
    { id: 'pullcord', url: 'https://ox.fun/trade', tab, frameId },
  );

describe('the selection’s item', () => {
  test.each([
    ['order 26947521101', 'order 26947521101'],
    ['', ''],
    [undefined, ''],
  ])('looks up %j', async (selectionText, text) => {
    const more = selectionText === undefined ? {} : { selectionText };
    await cancelFromMenu(worker, click(menuIds.selection, more), tab);
    expect(asked).toEqual([[text, undefined, undefined]]);
  });

  test.each<[selectionText: string, unseen: 'selection' | undefined]>([
    [`${'x'.repeat(38)} 26947521101`, undefined],
    [`${'x'.repeat(39)} 26947521101`, 'selection'],
    [`26947521101 ${'x'.repeat(39)}`, 'selection'],
    ['x \u202e10112574962\u202c y', 'selection'],
  ])('%j: whether all of it was shown', async (selectionText, unseen) => {
    await cancelFromMenu(worker, click(menuIds.selection, { selectionText }), tab);
    expect(asked).toEqual([[selectionText, undefined, unseen]]);
  });

  test('is about the selection alone, whatever was under the pointer', async () => {
    await point(['1000111762980']);
    const linkUrl = 'https://example.com/26947521999';
    await cancelFromMenu(worker, click(menuIds.selection, { selectionText: 'abc', linkUrl }), tab);
    expect(asked).toEqual([['abc', undefined, undefined]]);
  });
});

describe('the venue whose site the page is on', () => {
  test.each([
    ['https://kripto.btcturk.com/pro/al-sat', 'btcturk'],
    ['https://pro.btcturk.com/', 'btcturk'],
    ['https://ox.fun/trade?x=1', 'ox-fun'],
    ['https://trade.ripio.com/orders', 'ripio'],
    ['https://app.ripio.com/', 'ripio'],
    ['https://example.com/?https://ox.fun/', undefined],
    ['https://ox.fun.evil.example/', undefined],
    ['file:///home/me/orders.html', undefined],
    ['', undefined],
    [undefined, undefined],
  ])('%s', async (pageUrl, venue) => {
    const page = pageUrl === undefined ? {} : { pageUrl };
    await cancelFromMenu(worker, click(menuIds.selection, { selectionText: '1', ...page }), tab);
    expect(asked).toEqual([['1', venue, undefined]]);
  });

  test('is told for links and the pointer too', async () => {
    await cancelFromMenu(worker, click(menuIds.link, { pageUrl, linkUrl: 'https://a/1' }), tab);
    await point(['1000111762980']);
    await cancelFromMenu(worker, click(menuIds.pointer, { pageUrl }), tab);
    expect(asked).toEqual([
      ['/1', 'ox-fun', 'link'],
      ['1000111762980', 'ox-fun', undefined],
    ]);
  });
});

describe('the link’s item', () => {
  const uuid = '7155ED34-9EC4-4733-8B32-1E4319CB662F';
  test.each<[link: string, text: string, ids: readonly string[]]>([
    ['https://ox.fun/orders/26947521101', '/orders/26947521101', ['26947521101']],
    ['https://ox.fun/o?orderId=26947521101&x=1', '/o?orderId=26947521101&x=1', ['26947521101']],
    [`https://ox.fun/#/order/${uuid}`, `/#/order/${uuid}`, [uuid]],
    // The host, port and user name are no part of it.
    ['https://26947521101.example:8080/', '/', []],
    ['https://26947521101@example.com/a', '/a', []],
    // Decoded.
    ['https://ox.fun/o?q=id%3D26947521101%20now', '/o?q=id=26947521101 now', ['26947521101']],
    ['https://ox.fun/%C5%9F/26947521101', '/ş/26947521101', ['26947521101']],
    // What cannot be decoded stays as it is.
    ['https://ox.fun/%E0%A4%A/26947521101', '/%E0%A4%A/26947521101', ['26947521101']],
    ['https://ox.fun/100%/26947521101', '/100%/26947521101', ['26947521101']],
    // No address at all, and those without a host.
    ['no address 26947521101', 'no address 26947521101', ['26947521101']],
    [
      'mailto:me@example.com?subject=26947521101',
      'me@example.com?subject=26947521101',
      ['26947521101'],
    ],
    ['https://', 'https://', []],
    ['', '', []],
  ])('%s', async (linkUrl, text, ids) => {
    await cancelFromMenu(worker, click(menuIds.link, { linkUrl }), tab);
    expect(asked).toEqual([[text, undefined, 'link']]);
    expect(findIds(text).ids).toEqual(ids);
  });

  test('prefers the id in the text of the link, where the page’s script told of one', async () => {
    await point(['1000111762980']);
    await cancelFromMenu(
      worker,
      click(menuIds.link, { pageUrl, linkUrl: 'https://a/26947521101' }),
      tab,
    );
    expect(asked).toEqual([['1000111762980', 'ox-fun', undefined]]);
  });

  test('where nothing was under the pointer, the address counts', async () => {
    await point([]);
    await cancelFromMenu(worker, click(menuIds.link, { linkUrl: 'https://a/26947521101' }), tab);
    expect(asked).toEqual([['/26947521101', undefined, 'link']]);
  });

  test('an id that the script found in the address has not been seen either', async () => {
    await point(['26947521101'], 'link');
    await cancelFromMenu(
      worker,
      click(menuIds.link, { pageUrl, linkUrl: 'https://a/26947521101' }),
      tab,
    );
    await point(['26947521101'], 'link');
    await cancelFromMenu(worker, click(menuIds.pointer, { pageUrl }), tab);
    expect(asked).toEqual([
      ['26947521101', 'ox-fun', 'link'],
      ['26947521101', 'ox-fun', 'link'],
    ]);
  });
});

describe('the pointer’s item', () => {
  test('looks up what was under it, in that frame, once', async () => {
    await point(['1000111762980', '1000111762981'], 'text', 3);
    const frame = { frameId: 3, frameUrl: pageUrl, pageUrl: 'https://example.com/' };
    await cancelFromMenu(worker, click(menuIds.pointer, { pageUrl }), tab);
    await cancelFromMenu(worker, click(menuIds.pointer, frame), tab);
    await cancelFromMenu(worker, click(menuIds.pointer, frame), tab);
    expect(asked).toEqual([
      ['', 'ox-fun', 'link'],
      ['1000111762980\n1000111762981', undefined, undefined],
      ['', undefined, 'link'],
    ]);
  });

  test.each([
    ['in another tab', { id: 8 } as browser.Tabs.Tab, 0],
    ['outside a tab', undefined, 0],
    ['a minute later', tab, 60_001],
  ])('%s: nothing', async (_, where, later) => {
    await point(['1000111762980']);
    vi.setSystemTime(now + later);
    await cancelFromMenu(worker, click(menuIds.pointer, { pageUrl }), where);
    expect(asked).toEqual([['', 'ox-fun', 'link']]);
  });
});

describe('the address bar', () => {
  test.each<[text: string, wish: unknown]>([
    ['26947521101', ['26947521101']],
    [' grid-eth-01 ', [' grid-eth-01 ']],
    ['', ['']],
    ['all', { kind: 'cancel-all', at: now }],
    [' ALL ', { kind: 'cancel-all', at: now }],
    ['all 26947521101', ['all 26947521101']],
    ['cancel-newest', ['cancel-newest']],
  ])('%j', async (text, wish) => {
    await enterAddressBar(worker, text);
    expect(asked).toEqual([wish]);
  });
});

describe('the keyboard', () => {
  test.each<[command: string, wishes: readonly unknown[]]>([
    ['cancel-newest', ['newest']],
    // Never without the dialog.
    ['cancel-all', [{ kind: 'cancel-all', at: now }]],
    ['_execute_action', []],
    ['cancel', []],
    ['', []],
  ])('%j', async (command, wishes) => {
    await pressShortcut(worker, command);
    expect(asked).toEqual(wishes);
  });
});

test('once the vault’s time has run out, nothing of what is open is suggested', async () => {
  const order = orderOf('26947521101');
  const account = accountOf('a', 'btcturk', 'Turkish lira');
  const orders = { [account.id]: { orders: [order], readAt: now, reading: false } };
  const view = { ...emptyView, accounts: [account], orders, vault: { state: 'unlocked' } };
  const vault = { lockIfExpired: () => Promise.resolve() };
  const open = { view, vault } as unknown as Worker;
  expect(await suggestFor(open, '269')).toHaveLength(1);
  const lockIfExpired = () => Promise.resolve(void (view.vault.state = 'locked'));
  expect(
    await suggestFor({ ...open, vault: { lockIfExpired } } as unknown as Worker, '269'),
  ).toEqual([]);
});
