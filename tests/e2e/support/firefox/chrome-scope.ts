/** Runs a script, given as it stands here, in the browser's own window. What it is given and gives back goes as JSON. */
export type Chrome = <Given, Found>(
  script: (given: Given) => Found | Promise<Found>,
  given: Given,
) => Promise<Found>;

/** What is used there of Firefox's own parts. */
declare global {
  const ChromeUtils: {
    requestProcInfo(): Promise<{
      readonly pid: number;
      readonly children: readonly { readonly type: string; readonly pid: number }[];
    }>;
    importESModule<Name extends keyof Modules>(name: Name): Modules[Name];
  };
  const Services: {
    prefs: { setIntPref(name: string, value: number): void };
    io: { newURI(url: string): object };
    locale: {
      readonly availableLocales: readonly string[];
      readonly appLocaleAsBCP47: string;
      requestedLocales: readonly string[];
    };
    mm: {
      loadFrameScript(url: string, allowDelayed: boolean): void;
      removeDelayedFrameScript(url: string): void;
    };
    scriptSecurityManager: { getSystemPrincipal(): object };
    wm: {
      getEnumerator(type: 'navigator:browser'): Iterable<BrowserWindow>;
      getEnumerator(type: 'alert:alert'): Iterable<Window>;
    };
    ww: { registerNotification(observer: (window: Window, topic: string) => void): void };
  };
  const Cc: {
    '@mozilla.org/file/local;1': { createInstance(type: object): LocalFile };
    '@mozilla.org/zipwriter;1': { createInstance(type: object): ZipWriter };
  };
  const Ci: { nsIFile: object; nsIZipWriter: object };
  const WebExtensionPolicy: { getByID(id: string): Policy | null };
}

interface Modules {
  'resource://gre/modules/AddonManager.sys.mjs': {
    AddonManager: {
      getAddonByID(id: string): Promise<{
        readonly version: string;
        uninstall(): Promise<void>;
        reload(): Promise<void>;
      } | null>;
      getInstallForFile(file: LocalFile): Promise<{ install(): Promise<unknown> }>;
    };
  };
  'chrome://remote/content/shared/NavigableManager.sys.mjs': {
    NavigableManager: { getBrowsingContextById(id: string): BrowsingContext };
  };
  'resource://gre/modules/ExtensionPermissions.sys.mjs': {
    ExtensionPermissions: {
      add(
        id: string,
        given: { origins: readonly string[]; permissions: readonly string[] },
        extension: object,
      ): Promise<void>;
      remove(
        id: string,
        given: { origins: readonly string[]; permissions: readonly string[] },
        extension: object,
      ): Promise<void>;
    };
  };
}

interface LocalFile {
  readonly leafName: string;
  readonly directoryEntries: { hasMoreElements(): boolean; readonly nextFile: LocalFile };
  initWithPath(path: string): void;
  isDirectory(): boolean;
}

interface ZipWriter {
  open(file: LocalFile, flags: number): void;
  addEntryFile(name: string, compression: number, file: LocalFile, queue: boolean): void;
  close(): void;
}

interface BrowserWindow {
  readonly document: {
    querySelector(selector: '#sidebar'): BrowserElement | null;
    querySelector(selector: '#sidebar-box'): HTMLElement | null;
    querySelector(selector: '#addon-webext-permissions-notification'): Prompt | null;
    querySelectorAll(selector: 'browser'): Iterable<BrowserElement>;
  };
  readonly gBrowser: {
    readonly selectedBrowser: BrowserElement;
    selectedTab: object;
    addTrustedTab(url: string): object;
  };
  readonly SidebarController: { readonly isOpen: boolean; hide(): void };
  readonly gURLBar: {
    readonly value: string;
    readonly view: { readonly isOpen: boolean; readonly panel: Element };
  };
  readonly focus: () => void;
  OpenBrowserWindow(options: { private: true }): void;
  readonly PopupNotifications: { getNotification(id: string): { reshow(): void } | null };
}

/** A page in its window: of another process's, the document is not to be had. */
export interface BrowserElement extends Pick<Element, 'isConnected' | 'ownerDocument'> {
  readonly currentURI: { readonly spec: string } | null;
  readonly contentDocument:
    | (Document & { defaultView: { mozInnerScreenX: number; mozInnerScreenY: number } | null })
    | null;
  readonly messageManager: {
    addMessageListener(name: string, listener: (message: { data: string }) => void): void;
    loadFrameScript(url: string, allowDelayed: boolean): void;
  };
  closest(selector: 'panel'): { readonly state: string; hidePopup(): void } | null;
}

interface Prompt {
  readonly textContent: string | null;
  readonly parentElement: { readonly state: string } | null;
  readonly button: { click(): void };
  readonly secondaryButton: { click(): void };
}

interface BrowsingContext {
  loadURI(uri: object, options: { triggeringPrincipal: object }): void;
  top: { prefersColorSchemeOverride: string };
}

interface Policy {
  readonly mozExtensionHostname: string;
  readonly extension: {
    readonly backgroundState: 'starting' | 'running' | 'suspending' | 'stopped';
    /** Noted there by a test. */
    shownAlerts?: { title: string; message: string }[];
    terminateBackground(options: { disableResetIdleForTest: boolean }): Promise<void>;
  };
}

/* What follows runs there. */

/** As if its address had been typed: WebDriver leads to no page of an extension. */
export function loadAsBrowser({ context, url }: { context: string; url: string }): void {
  const { NavigableManager: navigables } = ChromeUtils.importESModule(
    'chrome://remote/content/shared/NavigableManager.sys.mjs',
  );
  navigables.getBrowsingContextById(context).loadURI(Services.io.newURI(url), {
    triggeringPrincipal: Services.scriptSecurityManager.getSystemPrincipal(),
  });
}

export function setColorScheme(given: { contexts: readonly string[]; scheme: string }): void {
  const { NavigableManager: navigables } = ChromeUtils.importESModule(
    'chrome://remote/content/shared/NavigableManager.sys.mjs',
  );
  for (const context of given.contexts) {
    navigables.getBrowsingContextById(context).top.prefersColorSchemeOverride = given.scheme;
  }
}

export function originOf(id: string): string {
  const policy = WebExtensionPolicy.getByID(id);
  if (!policy) throw new Error('it is not installed');
  return `moz-extension://${policy.mozExtensionHostname}`;
}

/** Packs the folder into the file, and installs or updates the extension from it as from a shop: it outlives the browser. */
export async function installPacked({ folder, file }: { folder: string; file: string }) {
  const { AddonManager: addons } = ChromeUtils.importESModule(
    'resource://gre/modules/AddonManager.sys.mjs',
  );
  const [source, target] = [folder, file].map((path) => {
    const found = Cc['@mozilla.org/file/local;1'].createInstance(Ci.nsIFile);
    found.initWithPath(path);
    return found;
  });
  if (!source || !target) return;
  const [readAndWrite, create, truncate] = [0x04, 0x08, 0x20];
  const zip = Cc['@mozilla.org/zipwriter;1'].createInstance(Ci.nsIZipWriter);
  zip.open(target, readAndWrite | create | truncate);
  const add = (parent: LocalFile, prefix: string) => {
    const entries = parent.directoryEntries;
    while (entries.hasMoreElements()) {
      const each = entries.nextFile;
      if (each.isDirectory()) add(each, `${prefix}${each.leafName}/`);
      else zip.addEntryFile(prefix + each.leafName, 0, each, false);
    }
  };
  add(source, '');
  zip.close();
  await (await addons.getInstallForFile(target)).install();
}

export async function installedVersion(id: string): Promise<string | undefined> {
  const { AddonManager: addons } = ChromeUtils.importESModule(
    'resource://gre/modules/AddonManager.sys.mjs',
  );
  return (await addons.getAddonByID(id))?.version;
}

/** It is told of as installed before its event page has run, by which alone it can be spoken to. */
export async function untilStarted(id: string): Promise<void> {
  while (WebExtensionPolicy.getByID(id)?.extension.backgroundState !== 'running') {
    await new Promise((resolve) => requestAnimationFrame(resolve));
  }
}

/** The browser's own, beside those of its pages. */
export async function ownProcess(): Promise<number> {
  return (await ChromeUtils.requestProcInfo()).pid;
}

/** As Firefox does it after half a minute in which nothing happened, whatever is under way. */
export async function endEventPage(id: string): Promise<void> {
  const { extension } = WebExtensionPolicy.getByID(id) ?? {};
  await extension?.terminateBackground({ disableResetIdleForTest: true });
  if (extension?.backgroundState !== 'stopped') throw new Error('the event page is still there');
}

export function backgroundState(id: string): string {
  return WebExtensionPolicy.getByID(id)?.extension.backgroundState ?? 'gone';
}

/** From now on it is ended when nothing has happened for so long, in milliseconds. */
export function endWhenIdle(after: number): void {
  Services.prefs.setIntPref('extensions.background.idle.timeout', after);
}

/** As among its settings; an extension that is installed from now on has it. */
export function setLanguage(language: string): void {
  Services.locale.requestedLocales = [language];
  if (Services.locale.appLocaleAsBCP47 === language) return;
  const known = Services.locale.availableLocales.join(', ');
  throw new Error(
    `Firefox knows no ${language}, but ${known}: run \`node scripts/set-up.mjs --tests\``,
  );
}

/** As among its settings, where colours of one's own may always override a page's. */
export function forceColours(isForced: boolean): void {
  const [never, always] = [1, 2];
  Services.prefs.setIntPref('browser.display.document_color_use', isForced ? always : never);
}

/** All extensions are in one. */
export async function processOfExtensions(): Promise<number> {
  const { children } = await ChromeUtils.requestProcInfo();
  const found = children.find(({ type }) => type === 'extension');
  if (!found) throw new Error('no extension runs');
  return found.pid;
}

/** As among the add-on's settings, “Run in Private Windows”; the extension starts anew with it. */
export async function allowInPrivateWindows(id: string): Promise<void> {
  const { ExtensionPermissions: permissions } = ChromeUtils.importESModule(
    'resource://gre/modules/ExtensionPermissions.sys.mjs',
  );
  const { AddonManager: addons } = ChromeUtils.importESModule(
    'resource://gre/modules/AddonManager.sys.mjs',
  );
  const { extension } = WebExtensionPolicy.getByID(id) ?? {};
  if (!extension) return;
  const allowed = { origins: [], permissions: ['internal:privateBrowsingAllowed'] };
  await permissions.add(id, allowed, extension);
  await (await addons.getAddonByID(id))?.reload();
}

export function openPrivateWindow(): void {
  const [window] = Services.wm.getEnumerator('navigator:browser');
  window?.OpenBrowserWindow({ private: true });
}

/** WebDriver's own way to it never comes to an end where the extension had a page open. */
export async function uninstall(id: string): Promise<void> {
  const { AddonManager: addons } = ChromeUtils.importESModule(
    'resource://gre/modules/AddonManager.sys.mjs',
  );
  const addon = await addons.getAddonByID(id);
  await addon?.uninstall();
}

/** As among the add-on's permissions, where each host has a switch. */
export async function takeBack({ id, origins }: { id: string; origins: readonly string[] }) {
  const { ExtensionPermissions: permissions } = ChromeUtils.importESModule(
    'resource://gre/modules/ExtensionPermissions.sys.mjs',
  );
  const { extension } = WebExtensionPolicy.getByID(id) ?? {};
  if (extension) await permissions.remove(id, { origins, permissions: [] }, extension);
}

/** Answers the browser's own question at the address bar, once it stands there; gives back what it asked. */
export async function answerPrompt(allow: boolean): Promise<string> {
  let prompt: Prompt | undefined;
  while (!prompt) {
    for (const { document: page, focus, PopupNotifications: notes } of Services.wm.getEnumerator(
      'navigator:browser',
    )) {
      // In a window that is not the front one it waits.
      const note = notes.getNotification('addon-webext-permissions');
      const shown = page.querySelector('#addon-webext-permissions-notification');
      if (note && shown?.parentElement?.state === 'open') prompt = shown;
      else if (note) {
        focus();
        note.reshow();
      }
    }
    await new Promise((resolve) => requestAnimationFrame(resolve));
  }
  const asked = prompt.textContent ?? '';
  (allow ? prompt.button : prompt.secondaryButton).click();
  return asked;
}
