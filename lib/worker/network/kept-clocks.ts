import browser from 'webextension-polyfill';
import { createClocks, type Clocks, type KnownClocks } from './clock.ts';

const storageKey = 'clocks';

/** The clocks as the worker's last life has measured them, kept for the next one in `storage.session`. */
export async function restoreClocks(): Promise<Clocks> {
  const stored = await browser.storage.session.get(storageKey);
  const known = (stored[storageKey] ?? {}) as KnownClocks;
  return createClocks(known, (clocks) => {
    void browser.storage.session.set({ [storageKey]: clocks });
  });
}
