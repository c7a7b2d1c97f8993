import { launchInFirefox } from '#tests/e2e/support/firefox/extension.ts';
import { buildFolder, launchExtension, type OwnExtension } from './extension.ts';
import { test as base } from './test.ts';

/** Tests of what outlives a browser: each has one of its own, which it may end. */
export const test = base.extend<{ extension: OwnExtension }>({
  extension: async ({ target }, use) => {
    const folder = buildFolder('firefox-mv3-sandbox');
    const extension = await (target === 'firefox'
      ? launchInFirefox({ folder })
      : launchExtension());
    await use(extension);
    await extension.close();
  },
});
