import type browser from 'webextension-polyfill';
import { abouts } from '#lib/venues/abouts.ts';
import { isShownWhole } from '#lib/domain/shown-in-menu.ts';
import { linkText } from '#lib/domain/link-text.ts';
import { venueIds, type VenueId } from '#lib/domain/venue-id.ts';
import { allWord } from '#lib/worker/browser/suggestions.ts';
import { suggestOrders } from '#lib/worker/browser/address-bar.ts';
import { menuIds, mostShown } from '#lib/worker/browser/menus.ts';
import { takePointed } from '#lib/worker/lookups/pointed.ts';
import { isOnSite } from '#lib/domain/site.ts';
import type { Worker } from './worker.ts';

/** What the user asks for outside the popup: by the context menu, the keyboard, the address bar. */

export async function cancelFromMenu(
  { lookups }: Worker,
  click: browser.Menus.OnClickData,
  tab?: browser.Tabs.Tab,
): Promise<void> {
  const venue = venueOfPage(click.pageUrl);
  if (click.menuItemId === menuIds.selection) {
    const { selectionText = '' } = click;
    const isSeen = isShownWhole(selectionText, mostShown());
    return lookups.begin(selectionText, venue, isSeen ? undefined : 'selection');
  }
  const { ids, place } = await takePointed(tab?.id ?? -1, click);
  if (ids.length > 0) {
    return lookups.begin(ids.join('\n'), venue, place === 'text' ? undefined : 'link');
  }
  const link = click.linkUrl ?? '';
  return lookups.begin(URL.canParse(link) ? linkText(new URL(link)) : link, venue, 'link');
}

/** What fits so far; nothing of what is open once the vault's time has run out. */
export async function suggestFor(worker: Worker, text: string) {
  await worker.vault.lockIfExpired();
  return suggestOrders(text, worker.view);
}

export async function enterAddressBar(worker: Worker, text: string): Promise<void> {
  if (text.trim().toLowerCase() === allWord) return openCancelAll(worker);
  return worker.lookups.begin(text);
}

export async function pressShortcut(worker: Worker, command: string): Promise<void> {
  if (command === 'cancel-newest') return worker.lookups.beginNewest();
  if (command === 'cancel-all') return openCancelAll(worker);
}

/** Never without the dialog. */
function openCancelAll(worker: Worker): Promise<void> {
  return worker.openAt({ kind: 'cancel-all', at: Date.now() });
}

function venueOfPage(url: string | undefined): VenueId | undefined {
  return venueIds.find((venue) => url !== undefined && isOnSite(url, abouts[venue].tradingSites));
}
