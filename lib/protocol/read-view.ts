import { indexKey, smallParts, partKey, applyTexts } from './stored-view.ts';
import { type View, emptyView } from './view.ts';
import browser from 'webextension-polyfill';

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
