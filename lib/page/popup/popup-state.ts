/** What of the popup is shown. */
export type Tab = 'orders' | 'history';

/** Brings the keyboard into the list: to the row with that key, or to the first one. */
export type ListEntry = (key?: string) => void;
