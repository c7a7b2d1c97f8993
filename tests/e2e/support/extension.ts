import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type BrowserContext, type Page, type Worker } from '@playwright/test';
import { findChromium } from '../../../scripts/chromium.mjs';
import type { Screen } from './screen.ts';

type ExtensionPage = 'popup.html' | 'options.html' | 'lookup.html';

/** The built extension in a Chromium with a profile of its own. */
export interface Extension {
  readonly context: BrowserContext;
  readonly profile: string;
  url(page: ExtensionPage): string;
  open(page: ExtensionPage): Promise<Page>;
  /** The background worker, woken if it sleeps. */
  worker(): Promise<Worker>;
  /** Ends the background worker as the browser may at any time. Resolves when it is gone. */
  killWorker(): Promise<void>;
  /** Ends the browser as a user would, and starts it anew with the same profile. */
  restart(): Promise<Extension>;
  /** Ends the browser; keeps the profile for a look at its files when asked to. */
  close(options?: { keepProfile: boolean }): Promise<void>;
}

export interface LaunchOptions {
  readonly build?: 'chrome-mv3' | 'chrome-mv3-sandbox';
  /** Where the package lies, if it is a copy of the build. */
  readonly folder?: string;
  /** The folder of another extension in the same browser, without a worker. */
  readonly beside?: string;
  readonly headless?: boolean;
  /** Where it is shown, if it is to be used by mouse and keyboard. */
  readonly screen?: Screen;
  readonly profile?: string;
  readonly colorScheme?: 'light' | 'dark';
}

export async function launchExtension({
  build = 'chrome-mv3-sandbox',
  folder = join(import.meta.dirname, '../../../.output', build),
  beside,
  screen,
  headless = screen === undefined,
  profile,
  colorScheme = 'light',
}: LaunchOptions = {}): Promise<Extension> {
  const executablePath = findChromium();
  if (executablePath === undefined) throw new Error('no Chromium: run `node scripts/set-up.mjs`');
  const folders = beside === undefined ? folder : `${folder},${beside}`;
  const userData = profile ?? (await mkdtemp(join(tmpdir(), 'pullcord-profile-')));
  const context = await chromium.launchPersistentContext(userData, {
    executablePath,
    headless,
    colorScheme,
    ...(screen && { env: screen.env }),
    viewport: headless ? { width: 900, height: 720 } : null,
    ignoreDefaultArgs: ['--disable-extensions'],
    args: [
      ...(headless ? ['--headless=new'] : []),
      ...(screen ? ['--ozone-platform=x11'] : []),
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      `--disable-extensions-except=${folders}`,
      `--load-extension=${folders}`,
    ],
  });
  const first = context.serviceWorkers()[0] ?? (await context.waitForEvent('serviceworker'));
  const origin = `chrome-extension://${new URL(first.url()).hostname}`;

  const url = (name: ExtensionPage) => `${origin}/${name}`;

  return {
    context,
    profile: userData,
    url,
    async open(name) {
      const page = await context.newPage();
      await page.goto(url(name));
      return page;
    },
    async worker() {
      return context.serviceWorkers()[0] ?? context.waitForEvent('serviceworker');
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
      if (id !== undefined) await session.send('Target.closeTarget', { targetId: id });
      // Each look is a round trip to the browser; it is gone after a few.
      let left = id;
      while (left !== undefined && left === id) left = (await find())?.targetId;
      await session.detach();
    },
    async restart() {
      await context.close();
      return launchExtension({
        folder,
        headless,
        colorScheme,
        profile: userData,
        ...(screen && { screen }),
      });
    },
    async close({ keepProfile } = { keepProfile: false }) {
      await context.close();
      if (!keepProfile) await rm(userData, { recursive: true, force: true });
    },
  };
}
