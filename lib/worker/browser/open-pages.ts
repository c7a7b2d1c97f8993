import browser from 'webextension-polyfill';
import type { LookupId } from '#lib/domain/lookup.ts';

/** The extension's own pages, opened by the worker. */

const popup = 'popup.html';

/** The popup under its button; in a small window where the browser does not open it by itself (Chrome before 127). */
export async function openPopup(): Promise<void> {
  try {
    await browser.action.openPopup();
  } catch {
    // An open popup cannot be opened; it goes where it is to go.
    if (await isOpen({ contextTypes: ['POPUP'] })) return;
    await openWindow(popup, { width: 420, height: 600 });
  }
}

/** Whether the user has a popup open, as one or in a tab. */
export function isPopupOpen(): Promise<boolean> {
  return isOpen({ documentUrls: [browser.runtime.getURL(popup)] });
}

/** Not in every Firefox; what is not known to be open is told of, and opened, once too often rather than not at all. */
async function isOpen(filter: browser.Runtime.ContextFilter): Promise<boolean> {
  const { runtime } = browser;
  if (!('getContexts' in runtime)) return false;
  const contexts = await runtime.getContexts(filter).catch(() => []);
  return contexts.length > 0;
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
