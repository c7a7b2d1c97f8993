import { shownAlerts, watchAlerts } from '#tests/e2e/support/firefox/own-window.ts';
import { id as firefoxId } from '#tests/e2e/support/firefox/extension.ts';
import type { OwnExtension } from './extension.ts';

/** A system notification, as it was handed to the browser. */
export interface Notice {
  readonly title: string;
  readonly message: string;
}

/** What the worker keeps for the test. */
interface Watched {
  shownNotices?: Notice[];
}

/**
 * The system's notifications are nobody's page: the worker notes what it shows, anew for each life of the worker. Firefox, into whose
 * event page nobody is let, shows them itself.
 */
export async function watchNotices(extension: OwnExtension): Promise<void> {
  if (extension.inChrome) return extension.inChrome(watchAlerts, firefoxId);
  const worker = await extension.worker();
  await worker.evaluate(() => {
    const watched = globalThis as Watched;
    if (watched.shownNotices) return;
    const shown: Notice[] = (watched.shownNotices = []);
    const create = chrome.notifications.create.bind(chrome.notifications);
    chrome.notifications.create = ((id: string, options: Notice, ...rest: []) => {
      shown.push({ title: options.title, message: options.message });
      return create(id, options as never, ...rest);
    }) as unknown as typeof chrome.notifications.create;
  });
}

/** All that were shown since, in their order. */
export async function shownNotices(extension: OwnExtension): Promise<readonly Notice[]> {
  if (extension.inChrome) return extension.inChrome(shownAlerts, firefoxId);
  const worker = await extension.worker();
  return worker.evaluate(() => (globalThis as Watched).shownNotices ?? []);
}
