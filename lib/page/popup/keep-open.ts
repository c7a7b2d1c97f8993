import browser from 'webextension-polyfill';

/**
 * Where the popup's page is: under the toolbar's button or in a tab, or kept open, beside what the browser shows or in a window of its own.
 */
export type Place = 'popup' | 'panel' | 'window';

/** By the address: `popup.html?panel`. */
export function placeIn(search: string): Place {
  return search === '?panel' || search === '?window' ? (search.slice(1) as Place) : 'popup';
}

/** Not every Chromium has the one, and Firefox alone has the other. */
interface Panels {
  readonly sidePanel?: { open(where: { windowId: number }): Promise<void> };
  readonly sidebarAction?: Pick<typeof browser.sidebarAction, 'open'>;
}

/** From the popup the list goes into the panel, or where there is none into a window; from the panel into a window. */
export async function keepOpen(place: Place, openWindow: () => Promise<void>): Promise<void> {
  // In the click itself: later the browser refuses.
  await (place === 'popup' ? (openPanel()?.catch(openWindow) ?? openWindow()) : openWindow());
  window.close();
}

function openPanel(): Promise<void> | undefined {
  const { sidePanel, sidebarAction } = browser as Panels;
  const windowId = browser.windows.WINDOW_ID_CURRENT;
  return sidePanel ? sidePanel.open({ windowId }) : sidebarAction?.open();
}
