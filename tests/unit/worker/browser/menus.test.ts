import { beforeEach, describe, expect, test, vi } from 'vitest';
import type browser from 'webextension-polyfill';
import { makeMenus, menuIds, nameMenus, showMenuOn } from '#lib/worker/browser/menus.ts';

type Item = browser.Menus.CreateCreatePropertiesType;

/** The menu that the browser keeps, and what it was asked in which order. */
const menu = vi.hoisted(() => ({
  items: new Map<string, Item>(),
  calls: [] as string[],
  sites: [] as string[],
}));

vi.mock('webextension-polyfill', () => {
  const contextMenus = {
    async removeAll() {
      await new Promise((resolve) => setTimeout(resolve));
      menu.calls.push('removeAll');
      menu.items.clear();
    },
    create(item: Item) {
      const id = String(item.id);
      if (menu.items.has(id)) throw new Error(`duplicate id ${id}`);
      menu.calls.push(`create ${id}`);
      menu.items.set(id, item);
    },
    update(id: string, change: Item) {
      const item = menu.items.get(id);
      if (!item) return Promise.reject(new Error(`no item ${id}`));
      menu.items.set(id, { ...item, ...change });
      return Promise.resolve();
    },
  };
  return {
    default: {
      contextMenus,
      scripting: {
        getRegisteredContentScripts: () => Promise.resolve(menu.sites.map((id) => ({ id }))),
      },
    },
  };
});

const sites = ['https://kripto.btcturk.com/*', 'https://ox.fun/*'];
const nowhere = ['https://pullcord.invalid/*'];

beforeEach(() => {
  menu.items.clear();
  Object.assign(menu, { calls: [], sites: [] });
});

const pointerPatterns = () => menu.items.get(menuIds.pointer)?.documentUrlPatterns;

describe('the context menu', () => {
  test('has its three items', async () => {
    menu.sites = sites;
    await makeMenus();
    expect([...menu.items.values()]).toEqual([
      { id: 'selection', contexts: ['selection'], title: 'Cancel order "%s"' },
      { id: 'link', contexts: ['link'], title: 'Cancel the order in this link' },
      {
        id: 'pointer',
        contexts: ['page', 'frame', 'editable', 'image'],
        title: 'Cancel the order under the pointer',
        documentUrlPatterns: sites,
      },
    ]);
  });

  test('what an earlier version left goes first', async () => {
    menu.items.set('selection', { title: 'old' });
    menu.items.set('older', {});
    await makeMenus();
    expect(menu.calls).toEqual(['removeAll', 'create selection', 'create link', 'create pointer']);
    expect([...menu.items.keys()]).toEqual(['selection', 'link', 'pointer']);
  });

  test('never offers the pointer’s item where no site is switched on', async () => {
    await makeMenus();
    expect(pointerPatterns()).toEqual(nowhere);
  });

  test('follows the sites', async () => {
    await makeMenus();
    await showMenuOn(sites);
    expect(pointerPatterns()).toEqual(sites);
    await showMenuOn([]);
    expect(pointerPatterns()).toEqual(nowhere);
    expect(menu.items.get(menuIds.pointer)?.title).toBe('Cancel the order under the pointer');
  });

  test('takes on another language at the next start of the browser', async () => {
    await makeMenus();
    for (const [id, item] of menu.items) menu.items.set(id, { ...item, title: 'Otro idioma' });
    await nameMenus();
    expect([...menu.items.values()].map(({ title }) => title)).toEqual([
      'Cancel order "%s"',
      'Cancel the order in this link',
      'Cancel the order under the pointer',
    ]);
  });

  test('has nothing named that is not there: an update is making it anew', async () => {
    await expect(nameMenus()).resolves.toBeUndefined();
  });
});
