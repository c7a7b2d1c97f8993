import { test as base } from '#tests/e2e/support/test.ts';
import { launchInFirefox } from './extension.ts';

export { expect } from '#tests/e2e/support/test.ts';

/** Tests of what is Firefox's alone, which reach into its own window. */
export const test = base.extend<{ extension: Awaited<ReturnType<typeof launchInFirefox>> }>({
  extension: async ({}, use) => {
    const extension = await launchInFirefox();
    await use(extension);
    await extension.close();
  },
});
