import { computed, effect, signal, type ReadonlySignal } from '@preact/signals';
import browser from 'webextension-polyfill';
import type { AccountId } from '#lib/domain/account.ts';
import { originsOf } from '#lib/venues/hosts.ts';
import type { Page } from './page.ts';

type Barred = ReadonlySignal<ReadonlySet<AccountId>>;

const watched = new WeakMap<Page, Barred>();

/** One watch for all who want to know, begun with the first. */
export function barredIn(page: Page): Barred {
  const barred = watched.get(page) ?? watchBarred(page);
  watched.set(page, barred);
  return barred;
}

/**
 * The accounts whose venue the browser does not let the extension reach: what was allowed can be taken back at any time, in
 * Firefox host by host among the add-on's permissions. Looked for once a page stands.
 */
function watchBarred({ view, painted }: Page): Barred {
  const barred = signal<ReadonlySet<AccountId>>(new Set());
  /** Of a page's state all else changes oftener. */
  const known = computed(() => view.value?.accounts.map(({ id }) => id).join(' '));

  const look = async () => {
    const accounts = view.peek()?.accounts ?? [];
    const isBarred = async (account: (typeof accounts)[number]) =>
      !(await browser.permissions.contains({ origins: originsOf(account) }));
    const found = await Promise.all(accounts.map(isBarred));
    barred.value = new Set(accounts.filter((_, at) => found[at]).map(({ id }) => id));
  };
  browser.permissions.onAdded.addListener(() => void look());
  browser.permissions.onRemoved.addListener(() => void look());
  void painted.then(() => effect(() => void (known.value !== undefined && look())));
  return barred;
}
