import browser from 'webextension-polyfill';
import { badgeOf } from './badge-words.ts';
import type { View } from '#lib/protocol/view.ts';

/** Between two looks at the view, in milliseconds: behind a click's request, and seldom while thousands of orders go. */
const pause = 250;

const calm = '#2b50c8';
const warning = '#b0203a';

/** Keeps the toolbar button's badge and tooltip as the view is. The returned function says that it has changed. */
export function createBadge(view: View): () => void {
  let shown = '';
  let isDue = false;

  async function show(): Promise<void> {
    const badge = badgeOf(view);
    const now = JSON.stringify(badge);
    if (now === shown) return;
    shown = now;
    const { action } = browser;
    await Promise.all([
      action.setBadgeText({ text: badge.text }),
      action.setBadgeBackgroundColor({ color: badge.isTrouble ? warning : calm }),
      action.setBadgeTextColor?.({ color: '#ffffff' }),
      action.setTitle({ title: badge.title }),
    ]);
  }

  return () => {
    if (isDue) return;
    isDue = true;
    setTimeout(() => {
      isDue = false;
      // A badge that cannot be set is no reason to fail.
      void show().catch(() => undefined);
    }, pause);
  };
}
