/** Minutes without an act of the user after which the vault locks, or `browser-close`. */
export type AutoLock = 1 | 5 | 15 | 60 | 'browser-close';

export const defaultAutoLock: AutoLock = 15;
