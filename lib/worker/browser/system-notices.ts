import browser from 'webextension-polyfill';
import type { NoticeWords } from '#lib/worker/notices/notice-words.ts';

/** Shows a system notification, in place of the one with the same id. */
export function showNotice(id: string, { title, message }: NoticeWords): void {
  const iconUrl = browser.runtime.getURL('icon/128.png');
  // Where the system shows none there is nobody to tell; the history has it.
  void browser.notifications
    .create(id, { type: 'basic', iconUrl, title, message })
    .catch(() => undefined);
}
