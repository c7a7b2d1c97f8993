import browser from 'webextension-polyfill';
import { emptyView, type View } from './view.ts';

const parts = ['vault', 'accounts', 'orders', 'cancellations'] as const satisfies (keyof View)[];

/** Where a part of the view lies in `storage.session`. */
export function viewKey(part: keyof View): string {
  return `view.${part}`;
}

/** The view as the worker last wrote it; undefined since the browser's start until the worker first wrote one. */
export async function readView(): Promise<View | undefined> {
  const stored = await browser.storage.session.get(parts.map(viewKey));
  if (stored[viewKey('vault')] === undefined) return undefined;
  return Object.fromEntries(
    parts.map((part) => [part, stored[viewKey(part)] ?? emptyView[part]]),
  ) as unknown as View;
}

/** Calls back with the parts that changed, until the returned function is called. */
export function followView(onChange: (changed: Partial<View>) => void): () => void {
  const listener = (changes: Record<string, browser.Storage.StorageChange>) => {
    const changed = parts
      .filter((part) => viewKey(part) in changes)
      .map((part) => [part, changes[viewKey(part)]?.newValue ?? emptyView[part]]);
    if (changed.length > 0) onChange(Object.fromEntries(changed) as Partial<View>);
  };
  browser.storage.session.onChanged.addListener(listener);
  return () => browser.storage.session.onChanged.removeListener(listener);
}
