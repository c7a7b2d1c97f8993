import browser from 'webextension-polyfill';

/**
 * The one thing that lies outside the database: that a vault was made here, so that one which has vanished is not taken
 * for a first run. A random word, of no meaning to anybody else.
 */
const storageKey = 'mark';

export async function hasMark(): Promise<boolean> {
  const stored = await browser.storage.local.get(storageKey);
  return stored[storageKey] !== undefined;
}

export async function setMark(): Promise<void> {
  if (!(await hasMark())) await browser.storage.local.set({ [storageKey]: crypto.randomUUID() });
}

/** Scripts in pages see nothing of what is stored, nor that there is any, where the browser can keep it from them. */
export async function keepStorageFromPages(): Promise<void> {
  const { local, sync }: Record<'local' | 'sync', Closable> = browser.storage;
  for (const area of [local, sync]) {
    await area.setAccessLevel?.({ accessLevel: 'TRUSTED_CONTEXTS' });
  }
}

type Closable = browser.Storage.StorageArea & {
  setAccessLevel?: (level: { accessLevel: 'TRUSTED_CONTEXTS' }) => Promise<void>;
};
