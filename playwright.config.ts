import './tests/support/english.ts';
import { defineConfig } from '@playwright/test';
import type { OfWorkers } from './tests/e2e/support/test.ts';

/** End to end: the built extension in a real Chromium against sandbox venues on loopback; what is tagged `@firefox`, in a Firefox too. */
export default defineConfig<object, Pick<OfWorkers, 'target'>>({
  testDir: 'tests/e2e',
  outputDir: 'test-results/e2e',
  globalSetup: './tests/e2e/support/build.ts',
  // More than a small machine has cores, since a test waits longer than it works; with more yet each takes longer, and all no less.
  workers: 5,
  fullyParallel: true,
  forbidOnly: true,
  retries: 0,
  // None of them is timed; with so many at once a wait that takes 20 s by itself may take twice as long.
  timeout: 180_000,
  expect: { timeout: 90_000 },
  // The trees of roles and names.
  snapshotPathTemplate: 'tests/fixtures/trees/{arg}{ext}',
  reporter: [['list']],
  projects: [
    // First, since its tests are the longest: begun last they would be waited for alone. In two, since a Firefox costs much to start.
    { name: 'firefox', grep: /@firefox/, use: { target: 'firefox' }, workers: 2 },
    { name: 'chromium', testIgnore: '**/e2e/firefox/**' },
  ],
});
