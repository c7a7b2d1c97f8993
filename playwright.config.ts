import './tests/support/english.ts';
import { defineConfig } from '@playwright/test';

/** End to end: the built extension in a real Chromium against sandbox venues on loopback. */
export default defineConfig({
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
});
