import { cp, mkdtemp, realpath, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import type { Disposable } from '@playwright/test';
import type { Chrome } from '#tests/e2e/support/firefox/chrome-scope.ts';
import { launchChromium } from './chromium.ts';
import { buildFolder, extensionIn, waysInChromium, type Extension } from './extension.ts';

/** One browser for many tests: starting it takes longer than most of them. */
export interface SharedBrowser {
  /** The built extension as on the day of its installation, under an id that it has never had here. */
  install(): Promise<Extension>;
  /** Takes away the extension that was installed last, and with it all that a test may have left. */
  reset(): Promise<void>;
  /** In Firefox alone: runs a script in the browser's own window. */
  readonly inChrome?: Chrome;
  close(): Promise<void>;
}

/** A Chromium. */
export async function startSharedBrowser(): Promise<SharedBrowser> {
  const tools = await toolsForNothing();
  const { context, profile } = await launchChromium({
    args: ['--enable-unsafe-extension-debugging'],
    env: { ...process.env, PATH: `${tools}${delimiter}${process.env['PATH'] ?? ''}` },
  });
  const devtools = await context.browser()?.newBrowserCDPSession();
  if (!devtools) throw new Error('no browser');
  const [blank = await context.newPage()] = context.pages();
  let empty = blank;
  let installed: { id: string; folder: string } | undefined;
  const scripts: Disposable[] = [];

  return {
    async install() {
      // Chromium derives the id from the folder, and keeps by it whatever an extension has: data, permissions, menus, rules.
      const folder = await realpath(await mkdtemp(join(tmpdir(), 'pullcord-extension-')));
      await cp(buildFolder('chrome-mv3-sandbox'), folder, { recursive: true });
      const { id } = await devtools.send('Extensions.loadUnpacked', { path: folder });
      installed = { id, folder };
      const origin = `chrome-extension://${id}`;
      const extension = extensionIn(context, origin, waysInChromium(context, origin), scripts);
      await extension.worker();
      return extension;
    },

    async reset() {
      if (!installed) return;
      const { id, folder } = installed;
      installed = undefined;
      await devtools.send('Extensions.uninstall', { id });
      // Without any page the browser would end.
      if (empty.isClosed() || empty.url() !== 'about:blank') empty = await context.newPage();
      const left = context.pages().filter((page) => page !== empty);
      await Promise.all([
        ...left.map((page) => page.close()),
        ...scripts.splice(0).map((script) => script.dispose()),
        context.clearCookies(),
        rm(folder, { recursive: true }),
      ]);
      // Playwright sets it for all pages that are and come, and has no way back.
      if (await empty.evaluate(() => !String(Date.now).includes('[native code]'))) {
        throw new Error(
          'the clock was set in the browser that all share: that needs own-browser.ts',
        );
      }
    },

    async close() {
      await context.close();
      for (const folder of [profile, tools]) await rm(folder, { recursive: true, force: true });
    },
  };
}

/**
 * With each extension that goes, Chromium has these tools look for its shortcuts on the desktop of the person who tests.
 * There are none, and nothing of what is tested shall go there.
 */
async function toolsForNothing(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'pullcord-tools-'));
  for (const tool of ['xdg-desktop-menu', 'xdg-icon-resource']) {
    await symlink('/bin/true', join(folder, tool));
  }
  return folder;
}
