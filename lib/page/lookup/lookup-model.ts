import { computed, effect, signal, untracked } from '@preact/signals';
import browser from 'webextension-polyfill';
import type { Lookup, LookupId } from '#lib/domain/lookup.ts';
import { rememberLookup, sceneOf } from './scene.ts';
import { openPage } from '#lib/page/page.ts';
import { emptyView, type View } from '#lib/protocol/view.ts';
import { createFound } from './found-model.ts';
import { foundNews } from './found-news.ts';
import { createVenues } from './venues-model.ts';

/** How long the worker has to tell of the lookup. */
const patience = 3000;
const tick = 1000;

/** The state of a lookup's window: the view, and what the user is doing with it. */
export function createLookup(id: LookupId) {
  const page = openPage();
  const lookup = signal<Lookup>();
  /** Every cancellation seen since: the view forgets those that ended a while ago. */
  const cancellations = signal<View['cancellations']>({});
  const now = signal(Date.now());
  const isGone = signal(false);

  setInterval(() => (now.value = Date.now()), tick);

  const shared = { page, lookup, cancellations, now };
  const found = createFound(shared);
  const venues = createVenues(shared);

  const isUnlocked = computed(() => page.view.value?.vault.state === 'unlocked');

  effect(() => {
    const view = page.view.value;
    const known = untracked(() => rememberLookup(lookup.value, id, view));
    lookup.value = known;
    if (view && known) cancellations.value = { ...cancellations.peek(), ...view.cancellations };
  });

  // What was known before a lock is not known after it.
  effect(() => {
    if (isUnlocked.value) return;
    cancellations.value = {};
    untracked(found.forget);
    untracked(venues.forget);
  });

  effect(() => {
    isGone.value = false;
    if (!isUnlocked.value || lookup.value) return;
    const waiting = setTimeout(() => (isGone.value = true), patience);
    return () => clearTimeout(waiting);
  });

  const scene = computed(() => sceneOf(page.view.value, lookup.value, isGone.value));

  /** Undefined where nothing may be told. */
  const news = () => {
    const { holds } = page.view.value ?? emptyView;
    return lookup.value && foundNews(found.rows.value, { holds, now: now.value });
  };

  // One id alone is asked about at once; of several, those that the user opens.
  effect(() => {
    const shown = scene.value;
    if (shown.kind === 'unknown-id') untracked(() => venues.open(shown.unknown));
  });

  return {
    page,
    now,
    scene,
    found,
    venues,
    news,
    unlock: (passphrase: string) => page.ask({ kind: 'unlock', passphrase }),
    openOptions: () => void browser.runtime.openOptionsPage(),
    close: () => window.close(),
    reload: () => browser.runtime.reload(),
  };
}

export type LookupModel = ReturnType<typeof createLookup>;
