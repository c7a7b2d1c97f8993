import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type browser from 'webextension-polyfill';
import { hearRightClick, takePointed } from '#lib/worker/lookups/pointed.ts';
import { fake } from '#tests/unit/support/fake-session.ts';
import { now } from '#tests/unit/support/view-world.ts';

const registered = vi.hoisted(() => ({ sites: [] as string[] }));
vi.mock('webextension-polyfill', async () => {
  const { fake: imported } = await import('#tests/unit/support/fake-session.ts');
  return {
    default: {
      storage: { session: imported.session },
      scripting: {
        getRegisteredContentScripts: () => Promise.resolve(registered.sites.map((id) => ({ id }))),
      },
    },
  };
});

const ids = ['26947521101', '26947521102'];
const told = { ids, place: 'text' } as const;
const taken = async (...click: Parameters<typeof takePointed>) => (await takePointed(...click)).ids;
const url = 'https://kripto.btcturk.com/pro';

beforeEach(() => {
  vi.useFakeTimers({ now });
  fake.clear();
  registered.sites = ['https://kripto.btcturk.com/*'];
});
afterEach(() => vi.useRealTimers());

function frame(tabId: number, frameId: number, page = url): browser.Runtime.MessageSender {
  const tab = { id: tabId } as browser.Tabs.Tab;
  return { id: 'pullcord', url: page, tab, frameId };
}

function click(frameId: number, pageUrl = url): browser.Menus.OnClickData {
  return { menuItemId: 'pointer', modifiers: [], editable: false, frameId, pageUrl };
}

describe('the ids under a right-click', () => {
  test('are not told to another page in the same tab', async () => {
    await hearRightClick(told, frame(7, 0));
    expect(await taken(7, click(0, 'https://example.com/26947521101'))).toEqual([]);
    expect(await taken(7, click(0))).toEqual([]);
  });

  test('are told to a page that has changed its own address since', async () => {
    await hearRightClick(told, frame(7, 0));
    expect(await taken(7, click(0, 'https://kripto.btcturk.com/orders?tab=open#all'))).toEqual(ids);
  });

  test('are not told when the site has been switched off since', async () => {
    await hearRightClick(told, frame(7, 0));
    registered.sites = [];
    expect(await taken(7, click(0))).toEqual([]);
  });

  test('are told once', async () => {
    await hearRightClick(told, frame(7, 0));
    expect(await taken(7, click(0))).toEqual(ids);
    expect(await taken(7, click(0))).toEqual([]);
    expect(fake.keys()).toEqual([]);
  });

  test.each([
    ['tab', 8, 0],
    ['frame', 7, 3],
    ['tab and frame', 8, 3],
    ['no tab', -1, 0],
  ])('are not told to another %s', async (_, tabId, frameId) => {
    await hearRightClick(told, frame(7, 0));
    expect(await taken(tabId, click(frameId))).toEqual([]);
    expect(await taken(7, click(0))).toEqual(ids);
  });

  test('of a frame within the page', async () => {
    await hearRightClick(told, frame(7, 3));
    expect(await taken(7, click(0))).toEqual([]);
    expect(await taken(7, click(3))).toEqual(ids);
  });

  test.each([
    [0, ids],
    [60_000, ids],
    [60_001, []],
    [3_600_000, []],
  ])('after %i ms', async (milliseconds, known) => {
    await hearRightClick(told, frame(7, 0));
    vi.setSystemTime(now + milliseconds);
    expect(await taken(7, click(0))).toEqual(known);
    expect(fake.keys()).toEqual([]);
  });

  test.each([
    ['another click', frame(7, 0)],
    ['a click in another frame', frame(7, 1)],
    ['a click in another tab', frame(8, 0)],
  ])('make room for %s, be there no id under it', async (_, next) => {
    await hearRightClick(told, frame(7, 0));
    await hearRightClick({ ids: [], place: 'text' }, next);
    expect(await taken(7, click(0))).toEqual([]);
  });

  test.each(['text', 'link'] as const)('are told with their place: %s', async (place) => {
    await hearRightClick({ ids, place }, frame(7, 0));
    expect(await takePointed(7, click(0))).toMatchObject({ ids, place });
  });

  test('none were there', async () => {
    expect(await taken(7, click(0))).toEqual([]);
  });
});

describe('nothing is taken from', () => {
  test.each<[what: string, sender: browser.Runtime.MessageSender]>([
    ['a page of a site that is not switched on', frame(7, 0, 'https://pro.btcturk.com/')],
    ['a page under a site’s name', frame(7, 0, 'https://kripto.btcturk.com.evil.example/')],
    ['the same site without TLS', frame(7, 0, 'http://kripto.btcturk.com/')],
    ['a page without address', frame(7, 0, '')],
    ['a frame without address', { ...frame(7, 0), url: undefined as never }],
    ['a frame without number', { ...frame(7, 0), frameId: undefined as never }],
    ['outside a tab', { ...frame(7, 0), tab: undefined as never }],
    ['a tab without number', { ...frame(7, 0), tab: {} as browser.Tabs.Tab }],
  ])('%s', async (_, sender) => {
    await hearRightClick(told, sender);
    expect(fake.keys()).toEqual([]);
  });

  test('a site that has been switched off: its open pages still have the script', async () => {
    registered.sites = ['https://ox.fun/*'];
    await hearRightClick(told, frame(7, 0));
    expect(fake.keys()).toEqual([]);
  });
});
