import browser from 'webextension-polyfill';
import type { LookupId } from '#lib/domain/lookup.ts';

/** The extension's own pages, opened by the worker, and what is known of those that are open. */

const popup = 'popup.html';
/** The same page, kept open; by the address it knows where it is. */
const popupWindow = `${popup}?window`;

/** The popup under its button; in a window where the browser does not open it by itself (Chrome before 127). */
export async function openPopup(): Promise<void> {
  // The user is in one that is kept open: it goes where it is to go.
  if ((await popups()).some(({ isKept, isFocused }) => isKept && isFocused)) return;
  try {
    await browser.action.openPopup();
  } catch {
    // An open popup cannot be opened; it goes where it is to go.
    if ((await contextsOf({ contextTypes: ['POPUP'] })).length > 0) return;
    await openPopupWindow();
  }
}

/** One that is open already comes to the front. */
export async function openPopupWindow(): Promise<void> {
  const [open] = await contextsOf({ documentUrls: [browser.runtime.getURL(popupWindow)] });
  if (!open) {
    await openWindow(popupWindow, { width: 440, height: 720 });
    return;
  }
  const { state } = await browser.windows.get(open.windowId);
  const shown = state === 'minimized' ? ({ state: 'normal' } as const) : {};
  await browser.windows.update(open.windowId, { focused: true, ...shown });
}

/** Whether the user has a popup before their eyes: under its button, in a tab or kept open. */
export async function isPopupOpen(): Promise<boolean> {
  return (await popups()).some(({ isShown }) => isShown);
}

interface Popup {
  readonly isKept: boolean;
  /** Not in a window that is minimised or covered, nor behind another tab. */
  readonly isShown: boolean;
  readonly isFocused: boolean;
}

/** What is used of a worker's `clients`. */
interface Clients {
  matchAll(which: { type: 'window'; includeUncontrolled: true }): Promise<
    readonly {
      readonly url: string;
      readonly visibilityState: string;
      readonly focused: boolean;
    }[]
  >;
}

async function popups(): Promise<readonly Popup[]> {
  const { clients } = globalThis as { clients?: Clients };
  const pages = clients
    ? await clients.matchAll({ type: 'window', includeUncontrolled: true })
    : // Firefox's event page is a page among them.
      browser.extension.getViews().map(({ location, document }) => ({
        url: location.href,
        visibilityState: document.visibilityState,
        focused: document.hasFocus(),
      }));
  const own = browser.runtime.getURL(popup);
  return pages
    .filter(({ url }) => url.startsWith(own))
    .map(({ url, visibilityState, focused }) => ({
      isKept: url !== own,
      isShown: visibilityState === 'visible',
      isFocused: focused,
    }));
}

/** Not in every Firefox; what is not known to be open is opened once too often rather than not at all. */
async function contextsOf(filter: browser.Runtime.ContextFilter) {
  const { runtime } = browser;
  return 'getContexts' in runtime ? runtime.getContexts(filter).catch(() => []) : [];
}

export async function openLookupWindow(id: LookupId): Promise<void> {
  await openWindow(`lookup.html#${id}`, { width: 440, height: 600 });
}

async function openWindow(page: string, size: { width: number; height: number }): Promise<void> {
  await browser.windows.create({
    url: browser.runtime.getURL(page),
    type: 'popup',
    focused: true,
    ...size,
  });
}
