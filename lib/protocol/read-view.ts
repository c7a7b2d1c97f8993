import browser from 'webextension-polyfill';
import { indexKey, partKey, smallParts, viewIn } from './stored-view.ts';
import type { View } from './view.ts';

/** The view as the worker last wrote it; undefined since the browser's start until the worker first wrote one. */
export async function readView(): Promise<View | undefined> {
  const { session } = browser.storage;
  const first = await session.get([indexKey, ...smallParts.map(partKey)]);
  const index = JSON.parse((first[indexKey] as string | undefined) ?? '[]') as string[];
  const others = index.length > 0 ? await session.get(index) : {};
  return viewIn({ ...first, ...others });
}
