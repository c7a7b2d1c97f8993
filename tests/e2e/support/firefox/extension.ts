import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Disposable } from '@playwright/test';
import {
  buildFolder,
  extensionIn,
  killed,
  type Extension,
  type OwnExtension,
  type Ways,
} from '#tests/e2e/support/extension.ts';
import type { SharedBrowser } from '#tests/e2e/support/shared-browser.ts';
import {
  endEventPage,
  installedVersion,
  ownProcess,
  installPacked,
  originOf,
  uninstall,
  untilStarted,
} from './chrome-scope.ts';
import { addFirstScript } from './first-script.ts';
import { launchFirefox, type Firefox, type FirefoxOptions } from './firefox.ts';

/** As the manifest has it. */
export const id = '{72add934-8e28-4204-9c22-fdb20aa7b8f7}';

/** One Firefox for many tests. Each installation has an address that there has never been: with it goes whatever is kept. */
export async function startSharedFirefox(): Promise<SharedBrowser> {
  const firefox = await launchFirefox();
  const { context } = firefox;
  const scripts: Disposable[] = [];
  let [empty = await context.newPage()] = context.pages();

  return {
    inChrome: firefox.inChrome,
    install: () => install(firefox, scripts),

    async reset() {
      // Without any page the browser would end.
      if (empty.isClosed() || empty.url() !== 'about:blank') empty = await context.newPage();
      for (const page of context.pages()) if (page !== empty) await page.close();
      await Promise.all([
        ...scripts.splice(0).map((script) => script.dispose()),
        context.clearCookies(),
      ]);
      await firefox.inChrome(uninstall, id);
    },

    close: () => firefox.close(),
  };
}

interface InFirefoxOptions extends FirefoxOptions {
  /** Where the package lies, if it is to outlive the browser: what is temporary goes with it, and all its data. */
  readonly folder?: string;
}

/** In a Firefox of its own. */
export async function launchInFirefox(
  options: InFirefoxOptions = {},
): Promise<OwnExtension & Pick<Firefox, 'inChrome'>> {
  const firefox = await launchFirefox(options);
  const { context, profile, close, inChrome } = firefox;
  const { folder } = options;
  const startAnew = () => launchInFirefox({ ...options, profile });
  return {
    ...(await (folder === undefined ? install(firefox) : installToStay(firefox, folder))),
    inChrome,
    context,
    profile,
    async restart() {
      await close({ keepProfile: true });
      return startAnew();
    },
    async killBrowser() {
      await killed(context, await inChrome(ownProcess, undefined));
      await close({ keepProfile: true });
      return startAnew();
    },
    close,
  };
}

/** As a temporary add-on: it has not been signed. */
async function install(
  { ask, context, inChrome }: Firefox,
  scripts?: Disposable[],
): Promise<Extension> {
  const path = buildFolder('firefox-mv3-sandbox');
  await ask('webExtension.install', { extensionData: { type: 'path', path } });
  await inChrome(untilStarted, id);
  return installed({ context, inChrome }, scripts);
}

/** As from a shop; with a folder whose version is another than the one that is there, an update. */
async function installToStay(firefox: Firefox, folder: string): Promise<Extension> {
  const { inChrome, profile } = firefox;
  const manifest = await readFile(join(folder, 'manifest.json'), 'utf8');
  const { version } = JSON.parse(manifest) as { version: string };
  if ((await inChrome(installedVersion, id)) !== version) {
    await inChrome(installPacked, { folder, file: join(profile, 'pullcord.xpi') });
    await inChrome(untilStarted, id);
  }
  return installed(firefox);
}

async function installed(
  { context, inChrome }: Pick<Firefox, 'context' | 'inChrome'>,
  scripts?: Disposable[],
): Promise<Extension> {
  const origin = await inChrome(originOf, id);
  const ways: Ways = {
    worker: () => Promise.reject(new Error('Firefox lets nobody into its event page')),
    killWorker: () => inChrome(endEventPage, id),
    addFirst: (script, given) => addFirstScript(inChrome, origin, script, given),
  };
  return extensionIn(context, origin, ways, scripts);
}
