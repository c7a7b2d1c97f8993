import browser from 'webextension-polyfill';

/**
 * What the worker's last life has left in `storage.session`, in as few readings as can be: each is a round trip to the
 * browser's own process, and a click may be waiting for the worker's start.
 */
export type LeftBehind = Readonly<Record<string, unknown>>;

/** The keys of all items; what is not among them is the view. */
const itemKeys: string[] = [];

/** Without the view, which may be of megabytes, and which no click waits for. */
export function readLeftItems(): Promise<LeftBehind> {
  return browser.storage.session.get(itemKeys);
}

export function readLeftBehind(): Promise<LeftBehind> {
  return browser.storage.session.get(null);
}

/**
 * One thing that the worker's next life shall know, in `storage.session`: memory only, closed to web pages, gone when the
 * browser closes. Nobody else writes there, and an update of the extension empties it: what is read has the shape that was written.
 */
export interface SessionItem<T> {
  readonly key: string;
  get(): Promise<T | undefined>;
  /** The item in what was read together with all others. */
  from(left: LeftBehind): T | undefined;
  set(value: T): Promise<void>;
  remove(): Promise<void>;
}

export function sessionItem<T>(key: string): SessionItem<T> {
  itemKeys.push(key);
  const from = (left: LeftBehind) => left[key] as T | undefined;
  return {
    key,
    get: async () => from(await browser.storage.session.get(key)),
    from,
    set: (value) => browser.storage.session.set({ [key]: value }),
    remove: () => browser.storage.session.remove(key),
  };
}
