import type { Disposable } from '@playwright/test';
import {
  buildFolder,
  extensionIn,
  type Extension,
  type OwnExtension,
} from '#tests/e2e/support/extension.ts';
import type { SharedBrowser } from '#tests/e2e/support/shared-browser.ts';
import { endEventPage, originOf, uninstall } from './chrome-scope.ts';
import { launchFirefox, type Firefox, type FirefoxOptions } from './firefox.ts';

/** As the manifest has it. */
export const id = 'pullcord@pullcord.invalid';

/** One Firefox for many tests. Each installation has an address that there has never been: with it goes whatever is kept. */
export async function startSharedFirefox(): Promise<SharedBrowser> {
  const firefox = await launchFirefox();
  const { context } = firefox;
  const scripts: Disposable[] = [];
  let [empty = await context.newPage()] = context.pages();

  return {
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

/** In a Firefox of its own. */
export async function launchInFirefox(
  options: FirefoxOptions = {},
): Promise<OwnExtension & Pick<Firefox, 'inChrome'>> {
  const firefox = await launchFirefox(options);
  const { context, profile, close, inChrome } = firefox;
  return {
    ...(await install(firefox)),
    inChrome,
    context,
    profile,
    async restart() {
      await close({ keepProfile: true });
      return launchInFirefox({ ...options, profile });
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
  const eventPage = {
    worker: () => Promise.reject(new Error('Firefox lets nobody into its event page')),
    killWorker: () => inChrome(endEventPage, id),
  };
  return extensionIn(context, await inChrome(originOf, id), eventPage, scripts);
}
