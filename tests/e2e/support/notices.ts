import type { Extension } from './extension.ts';

/** A system notification, as it was handed to the browser. */
export interface Notice {
  readonly id: string;
  readonly title: string;
  readonly message: string;
}

/** What the worker keeps for the test. */
interface Watched {
  shownNotices?: Notice[];
}

/** The system's notifications are nobody's page: the worker notes what it shows. Anew for each life of the worker. */
export async function watchNotices(extension: Extension): Promise<void> {
  const worker = await extension.worker();
  await worker.evaluate(() => {
    const watched = globalThis as Watched;
    if (watched.shownNotices) return;
    const shown: Notice[] = (watched.shownNotices = []);
    const create = chrome.notifications.create.bind(chrome.notifications);
    chrome.notifications.create = ((id: string, options: Notice, ...rest: []) => {
      shown.push({ id, title: options.title, message: options.message });
      return create(id, options as never, ...rest);
    }) as unknown as typeof chrome.notifications.create;
  });
}

/** All that were shown since, in their order. */
export async function shownNotices(extension: Extension): Promise<readonly Notice[]> {
  const worker = await extension.worker();
  return worker.evaluate(() => (globalThis as Watched).shownNotices ?? []);
}
