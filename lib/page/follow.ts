import browser from 'webextension-polyfill';
import { isViewKey, type ViewTexts } from '#lib/protocol/stored-view.ts';

/** Calls back with what of the view has changed, until the returned function is called. */
export function followView(onChange: (changed: ViewTexts) => void): () => void {
  const listener = (changes: Record<string, browser.Storage.StorageChange>) => {
    const changed = new Map<string, string | undefined>();
    for (const [key, { newValue }] of Object.entries(changes)) {
      if (isViewKey(key)) changed.set(key, newValue as string | undefined);
    }
    if (changed.size > 0) onChange(changed);
  };
  browser.storage.session.onChanged.addListener(listener);
  return () => browser.storage.session.onChanged.removeListener(listener);
}
