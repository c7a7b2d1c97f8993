import './tests/support/english.ts';
import { defineConfig } from '@playwright/test';
import type { OfWorkers } from './tests/e2e/support/test.ts';

/** End to end: the built extension in a real Chromium against sandbox venues on loopback; what is tagged `@firefox`, in a Firefox too. */
export default defineConfig<object, Pick<OfWorkers, 'target'>>({
  testDir: 'tests/e2e',
  outputDir: 'test-results/e2e',
  globalSetup: './tests/e2e/support/build.ts',
  // Twice as many as a small machine has cores: a test waits longer than it works.
  workers: 4,
  fullyParallel: true,
  forbidOnly: true,
  retries: 0,
  // None of them is timed.
  timeout: 180_000,
  expect: { timeout: 30_000 },
  reporter: [['list']],
  projects: [
    { name: 'chromium' },
    { name: 'firefox', grep: /@firefox/, use: { target: 'firefox' } },
  ],
});
