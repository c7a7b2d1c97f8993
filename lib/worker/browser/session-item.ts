import browser from 'webextension-polyfill';

/**
 * One thing that the worker's next life shall know, in `storage.session`: memory only, closed to web pages, gone when the
 * browser closes. Nobody else writes there, and an update of the extension empties it: what is read has the shape that was written.
 */
export interface SessionItem<T> {
  readonly key: string;
  get(): Promise<T | undefined>;
  /** The item, where several keys were read together. */
  from(stored: Readonly<Record<string, unknown>>): T | undefined;
  set(value: T): Promise<void>;
  remove(): Promise<void>;
}

export function sessionItem<T>(key: string): SessionItem<T> {
  const from = (stored: Readonly<Record<string, unknown>>) => stored[key] as T | undefined;
  return {
    key,
    get: async () => from(await browser.storage.session.get(key)),
    from,
    set: (value) => browser.storage.session.set({ [key]: value }),
    remove: () => browser.storage.session.remove(key),
  };
}
