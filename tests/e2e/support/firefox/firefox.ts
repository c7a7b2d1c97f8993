import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { firefox, type BrowserContext } from '@playwright/test';
import { findFirefox } from '../../../../scripts/firefox.mjs';
import type { Screen } from '#tests/e2e/support/screen.ts';
import { startRelay, type Relay } from './relay.ts';

export interface FirefoxOptions {
  /** Where it is shown, if it is to be used by mouse and keyboard. */
  readonly screen?: Screen;
  readonly profile?: string;
  /** The language in which it shows itself, as far as there is its language pack. */
  readonly language?: string;
}

export interface Firefox extends Pick<Relay, 'ask' | 'inChrome'> {
  readonly context: BrowserContext;
  readonly profile: string;
  close: (options?: { keepProfile: boolean }) => Promise<void>;
}

/** A Firefox as it is released, that does nothing on the network by itself, with a new profile unless it is given one. */
export async function launchFirefox({
  screen,
  profile,
  // Whatever the machine speaks.
  language = 'en-US',
}: FirefoxOptions = {}): Promise<Firefox> {
  const path = findFirefox();
  if (path === undefined) throw new Error('no Firefox: run `node scripts/set-up.mjs --tests`');
  const userData = profile ?? (await mkdtemp(join(tmpdir(), 'pullcord-firefox-')));
  const { port, stop, ...relay } = await startRelay();
  const context = await firefox.launchPersistentContext(userData, {
    // Playwright's name for a Firefox that is not its own.
    channel: 'moz-firefox',
    executablePath: join(import.meta.dirname, 'stand-in.sh'),
    headless: screen === undefined,
    viewport: screen ? null : { width: 900, height: 720 },
    // By which the browser's own window can be reached.
    args: ['--remote-allow-system-access'],
    env: {
      ...(screen?.env ?? process.env),
      // Wherever the tests run, what shows the time shows that of Greenwich.
      TZ: 'UTC',
      PULLCORD_FIREFOX: path,
      PULLCORD_RELAY: String(port),
    },
    firefoxUserPrefs: { ...quiet, 'intl.locale.requested': language },
  });
  return {
    ...relay,
    context,
    profile: userData,
    async close({ keepProfile } = { keepProfile: false }) {
      await context.close();
      await stop();
      if (!keepProfile) await rm(userData, { recursive: true, force: true });
    },
  };
}

/** Beside what Playwright sets. */
const quiet = {
  // Light, wherever the tests run; a test that wants the dark says so.
  'layout.css.prefers-color-scheme.content-override': 1,
  // Nothing moves: WebDriver has no command for that either.
  'ui.prefersReducedMotion': 1,
  // Only this machine can be reached, whatever a test allows the extension.
  'network.proxy.type': 1,
  'network.proxy.http': '127.0.0.1',
  'network.proxy.http_port': 9,
  'network.proxy.ssl': '127.0.0.1',
  'network.proxy.ssl_port': 9,
  // Notifications are windows of its own: there is no desktop to show them.
  'alerts.useSystemBackend': false,
  // Nobody has signed what is tested.
  'xpinstall.signatures.required': false,
  'browser.shell.checkDefaultBrowser': false,
  'extensions.getAddons.cache.enabled': false,
  'network.captive-portal-service.enabled': false,
};
