import type browser from 'webextension-polyfill';
import type { RightClick } from '#lib/protocol/messages.ts';
import { sessionItem } from '#lib/worker/browser/session-item.ts';
import { readSites } from '#lib/worker/browser/sites.ts';
import { isOnSite } from '#lib/domain/site.ts';

/** The ids that stood under the last right-click on a site that is switched on, until the menu's item is clicked. */
interface Pointed {
  readonly tabId: number;
  readonly frameId: number;
  /** The page in that frame, at the address where it was loaded. */
  readonly url: string;
  readonly ids: readonly string[];
  readonly place: RightClick['place'];
  readonly at: number;
}

const nothing = { ids: [], place: 'text' } as const;
/** The worker may die while the menu stands open. */
const lastPointed = sessionItem<Pointed>('pointed');
/** A menu that stood open for longer is no longer about what was shown when it opened. In milliseconds. */
const patience = 60_000;

/** From a script that the user has not switched on for the page, or no longer, nothing is taken. */
export async function hearRightClick(
  { ids, place }: Pick<RightClick, 'ids' | 'place'>,
  { tab, frameId, url = '' }: browser.Runtime.MessageSender,
): Promise<void> {
  if (tab?.id === undefined || frameId === undefined) return;
  if (!isOnSite(url, await readSites())) return;
  await lastPointed.set({ tabId: tab.id, frameId, url, ids, place, at: Date.now() });
}

/** The ids under the right-click in that very frame, while it shows the same site; each is told once. */
export async function takePointed(
  tabId: number,
  { frameId = 0, frameUrl, pageUrl }: browser.Menus.OnClickData,
): Promise<Pick<Pointed, 'ids' | 'place'>> {
  const pointed = await lastPointed.get();
  if (pointed?.tabId !== tabId || pointed.frameId !== frameId) return nothing;
  await lastPointed.remove();
  // A page may change its own address meanwhile, but not into another site's.
  const isSameSite = originOf(pointed.url) === originOf(frameUrl ?? pageUrl);
  const isMeant = isSameSite && isOnSite(pointed.url, await readSites());
  return isMeant && Date.now() - pointed.at <= patience ? pointed : nothing;
}

function originOf(url = ''): string {
  return URL.canParse(url) ? new URL(url).origin : url;
}
