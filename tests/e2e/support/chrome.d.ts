import type { Browser } from 'webextension-polyfill';

declare global {
  /** What tests reach inside the extension's own pages. */
  const chrome: Browser;
}
