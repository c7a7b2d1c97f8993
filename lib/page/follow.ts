import browser from 'webextension-polyfill';
import {
  applyTexts,
  indexKey,
  isViewKey,
  partKey,
  smallParts,
  type ViewTexts,
} from '#lib/protocol/stored-view.ts';
import { emptyView, type View } from '#lib/protocol/view.ts';

/** The view as the worker last wrote it; undefined since the browser's start until the worker first wrote one. */
export async function readView(): Promise<View | undefined> {
  const first = await readTexts([indexKey, ...smallParts.map(partKey)]);
  if (!first.has(partKey('vault'))) return undefined;
  const index = JSON.parse(first.get(indexKey) ?? '[]') as string[];
  const others = index.length > 0 ? await readTexts(index) : [];
  return applyTexts(emptyView, new Map([...first, ...others]));
}

async function readTexts(keys: string[]): Promise<Map<string, string>> {
  return new Map(
    Object.entries((await browser.storage.session.get(keys)) as Record<string, string>),
  );
}

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
