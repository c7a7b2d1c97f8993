import browser from 'webextension-polyfill';

const storageKey = 'alive';

/** When the worker was last there for what is in flight, Unix ms; 0 where the browser has been closed since. */
export async function readPulse(): Promise<number> {
  const stored = await browser.storage.session.get(storageKey);
  return Number(stored[storageKey] ?? 0);
}

export function notePulse(now: number): void {
  // Where it cannot be written a wish is taken for older than it is: it is read before anything is sent.
  browser.storage.session.set({ [storageKey]: now }).catch(() => undefined);
}
