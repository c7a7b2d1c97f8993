import browser from 'webextension-polyfill';
import { readSites } from './sites.ts';
import { t } from '#lib/words/text.ts';

/** The items of the context menu. The browser keeps them; they are made when the extension is installed or updated. */
export const menuIds = { selection: 'selection', link: 'link', pointer: 'pointer' } as const;

/**
 * How many signs of a selection the first item's title shows. Chromium shows 50; Firefox as many as make the title 64
 * long, in whichever language. Of more it shows the beginning.
 */
export function mostShown(): number {
  return import.meta.env.BROWSER === 'firefox'
    ? 64 - titleOf('selection').length + '%s'.length
    : 50;
}

/** No site is switched on: a pattern that fits no page. */
const nowhere = ['https://pullcord.invalid/*'];

/** One path: what an earlier version left goes, then all of them are made. */
export async function makeMenus(): Promise<void> {
  const sites = await readSites();
  await browser.contextMenus.removeAll();
  browser.contextMenus.create({
    id: menuIds.selection,
    contexts: ['selection'],
    title: titleOf('selection'),
  });
  browser.contextMenus.create({
    id: menuIds.link,
    contexts: ['link'],
    title: titleOf('link'),
  });
  browser.contextMenus.create({
    id: menuIds.pointer,
    contexts: ['page', 'frame', 'editable', 'image'],
    title: titleOf('pointer'),
    documentUrlPatterns: sites.length > 0 ? sites : nowhere,
  });
}

/** Sites have been switched on or off. */
export async function showMenuOn(sites: readonly string[]): Promise<void> {
  await browser.contextMenus.update(menuIds.pointer, {
    documentUrlPatterns: sites.length > 0 ? [...sites] : nowhere,
  });
}

/** The browser has started, and may have another language since. */
export async function nameMenus(): Promise<void> {
  // After an update they may just be made anew, in that language.
  await Promise.allSettled(
    Object.values(menuIds).map((id) => browser.contextMenus.update(id, { title: titleOf(id) })),
  );
}

const titleOf = (id: keyof typeof menuIds): string => t(`menu.${id}`);
