/** Runs a script, given as it stands here, in the browser's own window. What it is given and gives back goes as JSON. */
export type Chrome = <Given, Found>(
  script: (given: Given) => Found | Promise<Found>,
  given: Given,
) => Promise<Found>;

/** What is used there of Firefox's own parts. */
declare global {
  const ChromeUtils: {
    importESModule<Name extends keyof Modules>(name: Name): Modules[Name];
  };
  const Services: {
    io: { newURI(url: string): object };
    scriptSecurityManager: { getSystemPrincipal(): object };
  };
  const WebExtensionPolicy: { getByID(id: string): Policy | null };
}

interface Modules {
  'resource://gre/modules/AddonManager.sys.mjs': {
    AddonManager: { getAddonByID(id: string): Promise<{ uninstall(): Promise<void> } | null> };
  };
  'chrome://remote/content/shared/NavigableManager.sys.mjs': {
    NavigableManager: { getBrowsingContextById(id: string): BrowsingContext };
  };
}

interface BrowsingContext {
  loadURI(uri: object, options: { triggeringPrincipal: object }): void;
  top: { prefersColorSchemeOverride: string };
}

interface Policy {
  readonly mozExtensionHostname: string;
  readonly extension: {
    readonly backgroundState: 'starting' | 'running' | 'suspending' | 'stopped';
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

/** As Firefox does it after half a minute in which nothing happened, whatever is under way. */
export async function endEventPage(id: string): Promise<void> {
  const { extension } = WebExtensionPolicy.getByID(id) ?? {};
  await extension?.terminateBackground({ disableResetIdleForTest: true });
  if (extension?.backgroundState !== 'stopped') throw new Error('the event page is still there');
}

/** WebDriver's own way to it never comes to an end where the extension had a page open. */
export async function uninstall(id: string): Promise<void> {
  const { AddonManager: addons } = ChromeUtils.importESModule(
    'resource://gre/modules/AddonManager.sys.mjs',
  );
  const addon = await addons.getAddonByID(id);
  await addon?.uninstall();
}
