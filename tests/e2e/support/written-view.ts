import type { Page } from '@playwright/test';

/** Whether the worker has written its view: it writes no more by itself. Runs in a page of ours. */
export const isWritten = () =>
  chrome.storage.session.get('view.vault').then((all) => 'view.vault' in all);

/** In the worker’s place. */
export const writeView = (page: Page, parts: object) =>
  page.evaluate(
    (all) =>
      chrome.storage.session.set(
        Object.fromEntries(
          Object.entries(all).map(([key, part]) => [`view.${key}`, JSON.stringify(part)]),
        ),
      ),
    parts,
  );
