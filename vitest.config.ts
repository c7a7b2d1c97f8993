import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import { findChromium } from './scripts/chromium.mjs';

const chromium = findChromium();

/** What a Chromium does by itself on the network is switched off; root has no sandbox to offer it. */
const quiet = [
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
];

/** None of these tests is timed: where one hangs it ends, and a machine that is busy with other things fails none. */
const testTimeout = 30_000;

/** `unit` in Node; `browser` for what only a browser has as users get it: WebCrypto and IndexedDB. */
export default defineConfig({
  test: {
    // One is left free else: on a small machine that is half of it.
    maxWorkers: '100%',
    projects: [
      {
        test: {
          name: 'unit',
          testTimeout,
          environment: 'node',
          setupFiles: ['tests/support/english.ts'],
          include: ['tests/unit/**/*.test.ts'],
        },
      },
      {
        // Found while the tests run, it would reload the page under them.
        optimizeDeps: { include: ['idb', 'preact', 'preact/hooks'] },
        test: {
          name: 'browser',
          testTimeout,
          include: ['tests/browser/**/*.test.ts'],
          setupFiles: ['tests/support/english.ts'],
          api: { host: '127.0.0.1' },
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: playwright({
              launchOptions: { ...(chromium && { executablePath: chromium }), args: quiet },
            }),
            instances: [{ browser: 'chromium' }],
          },
        },
      },
    ],
  },
});
