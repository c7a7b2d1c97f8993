import { launchExtension, type OwnExtension } from './extension.ts';
import { test as base } from './test.ts';

/** Tests of what outlives a browser: each has one of its own, which it may end. */
export const test = base.extend<{ extension: OwnExtension }>({
  extension: async ({}, use) => {
    const extension = await launchExtension();
    await use(extension);
    await extension.close();
  },
});
