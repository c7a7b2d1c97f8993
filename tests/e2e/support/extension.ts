import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { BrowserContext, Disposable, Page, Worker } from '@playwright/test';
import type { Chrome } from '#tests/e2e/support/firefox/chrome-scope.ts';
import { launchChromium, type ChromiumOptions } from './chromium.ts';

/** `manifest.json` is a page without a script, from which a test can speak for one. */
type ExtensionPage =
  | 'popup.html'
  | 'options.html'
  | 'lookup.html'
  | 'offscreen.html'
  | 'manifest.json';

export type Build = 'chrome-mv3' | 'chrome-mv3-sandbox' | 'firefox-mv3-sandbox';

/** The built extension, as it is when it has just been installed, in a browser that other tests may use after this one. */
export interface Extension {
  /** Nothing of it outlives the test: what would cannot be called. */
  readonly context: Pick<BrowserContext, 'newPage' | 'pages' | 'waitForEvent'>;
  url(page: ExtensionPage): string;
  open(page: ExtensionPage): Promise<Page>;
  /** The background worker, woken if it sleeps. Firefox lets nobody into its event page. */
  worker(): Promise<Worker>;
  /** Ends the background worker as the browser may at any time. Resolves when it is gone. */
  killWorker(): Promise<void>;
  /** Runs this in every page that opens from now on, before the page's own scripts; in Firefox, of the extension's. */
  runFirst(script: () => void): Promise<void>;
  runFirst<Given>(script: (given: Given) => void, given: Given): Promise<void>;
}

/** The same in a browser with a profile of its own. */
export interface OwnExtension extends Extension {
  readonly context: BrowserContext;
  readonly profile: string;
  /** In Firefox alone: runs a script in the browser's own window. */
  readonly inChrome?: Chrome;
  /** Ends the browser as a user would, and starts it anew with the same profile. */
  restart(): Promise<OwnExtension>;
  /** The same, but that the browser is ended from outside, in the middle of whatever it does. */
  killBrowser(): Promise<OwnExtension>;
  /** Ends the browser; keeps the profile for a look at its files when asked to. */
  close(options?: { keepProfile: boolean }): Promise<void>;
}

interface LaunchOptions extends Omit<ChromiumOptions, 'args'> {
  readonly build?: Build;
  /** Where the package lies, if it is a copy of the build. */
  readonly folder?: string;
  /** The folder of another extension in the same browser, without a worker. */
  readonly beside?: string;
}

export function buildFolder(build: Build): string {
  return join(import.meta.dirname, '../../../.output', build);
}

export async function launchExtension({
  build = 'chrome-mv3-sandbox',
  folder = buildFolder(build),
  beside,
  ...options
}: LaunchOptions = {}): Promise<OwnExtension> {
  const folders = beside === undefined ? folder : `${folder},${beside}`;
  const { context, profile } = await launchChromium({
    ...options,
    args: [`--disable-extensions-except=${folders}`, `--load-extension=${folders}`],
  });
  const first = context.serviceWorkers()[0] ?? (await context.waitForEvent('serviceworker'));
  const origin = `chrome-extension://${new URL(first.url()).hostname}`;

  const startAnew = () => launchExtension({ ...options, folder, profile });
  return {
    ...extensionIn(context, origin, waysInChromium(context, origin)),
    context,
    profile,
    async restart() {
      await context.close();
      return startAnew();
    },
    async killBrowser() {
      const session = await context.browser()?.newBrowserCDPSession();
      const { processInfo = [] } = (await session?.send('SystemInfo.getProcessInfo')) ?? {};
      await killed(context, processInfo.find(({ type }) => type === 'browser')?.id);
      return startAnew();
    },
    async close({ keepProfile } = { keepProfile: false }) {
      await context.close();
      if (!keepProfile) await rm(profile, { recursive: true, force: true });
    },
  };
}

/** Resolves when the browser of that process is gone. */
export async function killed(context: BrowserContext, pid: number | undefined): Promise<void> {
  if (pid === undefined) throw new Error('the browser does not tell its process');
  const gone = context.waitForEvent('close');
  process.kill(pid, 'SIGKILL');
  await gone;
}

/** How it is reached in one browser or the other. */
export interface Ways extends Pick<Extension, 'worker' | 'killWorker'> {
  /** A function and what it is given, to run in pages. */
  readonly addFirst: (script: (given: never) => void, given: unknown) => Promise<Disposable>;
}

/** What every test may do with an extension that is installed. `scripts`: those that would outlive it. */
export function extensionIn(
  context: BrowserContext,
  origin: string,
  { addFirst, ...background }: Ways,
  scripts: Disposable[] = [],
): Extension {
  const url = (name: ExtensionPage) => `${origin}/${name}`;
  return {
    ...background,
    context,
    url,
    async open(name) {
      const page = await context.newPage();
      await page.goto(url(name));
      return page;
    },
    async runFirst(script: (given: never) => void, given?: unknown) {
      scripts.push(await addFirst(script, given));
    },
  };
}

/** In Chromium, whose background is a service worker. */
export function waysInChromium(context: BrowserContext, origin: string): Ways {
  const isOurs = (worker: Worker) => worker.url().startsWith(origin);
  return {
    addFirst: (script, given) => context.addInitScript(script as () => void, given),
    async worker() {
      return (
        context.serviceWorkers().find(isOurs) ??
        context.waitForEvent('serviceworker', { predicate: isOurs })
      );
    },
    async killWorker() {
      const browser = context.browser();
      if (!browser) throw new Error('no browser');
      const session = await browser.newBrowserCDPSession();
      const find = async () => {
        const { targetInfos } = await session.send('Target.getTargets');
        return targetInfos.find(
          ({ type, url }) => type === 'service_worker' && url.startsWith(origin),
        );
      };
      const id = (await find())?.targetId;
      // Each look is a round trip to the browser; it is gone after a few. One that is just being started may not heed the first.
      for (let left = id; left !== undefined && left === id; left = (await find())?.targetId) {
        await session.send('Target.closeTarget', { targetId: left }).catch(() => undefined);
      }
      await session.detach();
    },
  };
}

/** The environment in which a browser comes up in this language. */
export function inLanguage(language: string): NodeJS.ProcessEnv {
  return { ...process.env, LANGUAGE: language, LANG: `${language}.UTF-8`, LC_ALL: '' };
}
