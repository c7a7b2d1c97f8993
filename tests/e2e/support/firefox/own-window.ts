import type { Place } from '#tests/e2e/support/screen.ts';
import type { BrowserElement } from './chrome-scope.ts';

/** Where the extension is seen in Firefox's own window. What stands here runs there. */

/** A notification, which is a window of Firefox's own where no desktop shows it. */
export interface Alert {
  readonly title: string;
  readonly message: string;
}

/** Notes every notification that is shown from now on. */
export function watchAlerts(id: string): void {
  const { extension } = WebExtensionPolicy.getByID(id) ?? {};
  if (!extension || extension.shownAlerts) return;
  const shown: Alert[] = (extension.shownAlerts = []);
  Services.ww.registerNotification((window, topic) => {
    if (topic !== 'domwindowopened') return;
    window.addEventListener('load', () => {
      const { document: page } = window;
      if (!page.URL.endsWith('/alert.xhtml')) return;
      shown.push({
        title: page.getElementById('alertTitleLabel')?.getAttribute('value') ?? '',
        message: page.getElementById('alertTextLabel')?.textContent ?? '',
      });
    });
  });
}

export function shownAlerts(id: string): readonly Alert[] {
  return WebExtensionPolicy.getByID(id)?.extension.shownAlerts ?? [];
}

/** Where the newest of them lies on the screen. */
export function alertPlace(): Place | null {
  const window = [...Services.wm.getEnumerator('alert:alert')].at(-1);
  if (!window) return null;
  return {
    x: window.screenX,
    y: window.screenY,
    width: window.outerWidth,
    height: window.outerHeight,
  };
}

/** Which lines stand under the address bar, for this text alone. */
export function linesFor(text: string): readonly string[] | null {
  for (const { gURLBar: bar } of Services.wm.getEnumerator('navigator:browser')) {
    if (bar.value !== text || !bar.view.isOpen) continue;
    const rows = bar.view.panel.querySelectorAll<HTMLElement>('.urlbarView-row:not([stale])');
    return [...rows].map((row) => row.innerText.replaceAll('\n', ' '));
  }
  return null;
}

/** Pages of the extension's that are none to Playwright: under its button, and in the sidebar. */
type HiddenPage = 'popup.html' | 'popup.html?panel';

/** Runs a function there; null where it is not shown, or goes before it has answered. */
export function runWhereHidden({
  page,
  call,
}: {
  page: HiddenPage;
  call: string;
}): Promise<string | null> | null {
  for (const { document: window } of Services.wm.getEnumerator('navigator:browser')) {
    const sidebar = window.querySelector('#sidebar')?.contentDocument;
    const hidden = [
      ...[...window.querySelectorAll('browser')].filter(
        (popup) => popup.closest('panel')?.state === 'open',
      ),
      ...(sidebar?.querySelectorAll<Element & BrowserElement>('browser') ?? []),
    ];
    for (const browser of hidden) {
      if (browser.currentURI?.spec.endsWith(`/${page}`) !== true) continue;
      const channel = `pullcord-${crypto.randomUUID()}`;
      const script = `sendAsyncMessage('${channel}', JSON.stringify(((document) => ${call})(content.document)) ?? 'null')`;
      return new Promise((resolve) => {
        browser.messageManager.addMessageListener(channel, ({ data }) => resolve(data));
        browser.messageManager.loadFrameScript(`data:,${encodeURIComponent(script)}`, false);
        const watch = () => {
          const isThere = browser.isConnected && browser.ownerDocument.defaultView !== null;
          if (isThere) requestAnimationFrame(watch);
          else resolve(null);
        };
        watch();
      });
    }
  }
  return null;
}

export function closePopup(): void {
  for (const { document: window } of Services.wm.getEnumerator('navigator:browser')) {
    for (const popup of window.querySelectorAll('browser')) {
      if (popup.currentURI?.spec.endsWith('/popup.html')) popup.closest('panel')?.hidePopup();
    }
  }
}

export function closeSidebar(): void {
  for (const { SidebarController } of Services.wm.getEnumerator('navigator:browser')) {
    SidebarController.hide();
  }
}

/** As it is drawn wider by its edge. */
export function widenSidebar(width: number): void {
  for (const { document: window } of Services.wm.getEnumerator('navigator:browser')) {
    window.querySelector('#sidebar-box')?.style.setProperty('width', `${width}px`);
  }
}

/** Opens an empty tab beside the one that is shown, and goes to it. */
export function openTab(): void {
  for (const { gBrowser, SidebarController } of Services.wm.getEnumerator('navigator:browser')) {
    if (SidebarController.isOpen) gBrowser.selectedTab = gBrowser.addTrustedTab('about:blank');
  }
}

/** Where the field lies on the screen in which a command of the extension gets its keys; null as long as it is not there. */
export function keysField(command: string): Place | null {
  for (const { gBrowser: tabs } of Services.wm.getEnumerator('navigator:browser')) {
    const page = tabs.selectedBrowser.contentDocument;
    if (page?.URL !== 'about:addons') continue;
    const field = page.querySelector(`.shortcut-input[name="${command}"]`);
    if (!field) continue;
    const { x, y, width, height } = field.getBoundingClientRect();
    const { mozInnerScreenX: left = 0, mozInnerScreenY: top = 0 } = page.defaultView ?? {};
    if (width > 0) return { x: left + x, y: top + y, width, height };
  }
  return null;
}
