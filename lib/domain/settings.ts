/** Minutes without an act of the user after which the vault locks, or when the browser closes. */
export type AutoLock = 1 | 5 | 15 | 60 | 'browser-close';

/** Which ends of cancellations a system notification tells of. */
export type Notifications = 'off' | 'trouble' | 'all';

/** Every how many minutes the open orders are read for the badge while no popup is open. */
export type ReadEvery = 'off' | 1 | 5 | 15;

/** What the user has chosen. Kept sealed. */
export interface Settings {
  readonly autoLock: AutoLock;
  readonly notifications: Notifications;
  readonly readEvery: ReadEvery;
  /** Streams of orders stay open as long as the vault is. */
  readonly keepLive: boolean;
  /** The popup's list has one line for an order. */
  readonly compactRows: boolean;
}

export const defaultSettings: Settings = {
  autoLock: 15,
  notifications: 'all',
  readEvery: 'off',
  keepLive: false,
  compactRows: false,
};
