import { computed, effect, signal } from '@preact/signals';
import browser from 'webextension-polyfill';
import type { AccountId, Credentials } from '#lib/domain/account.ts';
import type { Settings } from '#lib/domain/settings.ts';
import { UserError } from '#lib/domain/user-error.ts';
import { venueNames } from '#lib/domain/venue-id.ts';
import { originsFor, originsOf } from '#lib/venues/hosts.ts';
import { barredWords } from '#lib/words/readiness-words.ts';
import { barredIn } from '#lib/page/barred.ts';
import { openPage } from '#lib/page/page.ts';
import type { AccountView } from '#lib/protocol/view.ts';
import { createCommands } from './commands-model.ts';
import type { NewAccount } from './new-account.ts';
import { createSites } from './sites-model.ts';
import { t } from '#lib/words/text.ts';

const tick = 1000;

/** Whether the browser has agreed to keep the storage. */
export type Kept = 'kept' | 'not-kept' | 'refused';

/** The options page's state. */
export function createOptions() {
  const page = openPage();
  const sites = createSites(page);
  const now = signal(Date.now());
  /** What was done last, said to all. */
  const said = signal('');
  const testing = signal<ReadonlySet<AccountId>>(new Set());

  const isReadable = computed(() => {
    const { vault, accounts = [] } = page.view.value ?? {};
    return vault?.state === 'unlocked' && accounts.length > 0;
  });
  /** So that what is said of the accounts is of now. Not again and again: nobody cancels from here, and the worker may sleep. */
  const readDue = () => {
    if (!isReadable.peek() || document.visibilityState !== 'visible') return;
    void page.ask({ kind: 'read-due' }).catch(() => undefined);
  };
  effect(() => {
    if (isReadable.value) void page.painted.then(readDue);
  });
  setInterval(() => (now.value = Date.now()), tick);
  document.addEventListener('visibilitychange', readDue);

  /** Does it, and says why not where it fails. */
  const attempt = async (act: () => Promise<unknown>) => {
    try {
      await act();
    } catch (error) {
      said.value = (error as Error).message;
    }
  };

  const kept = signal<Kept>('not-kept');
  /** To be called from a click: a browser may ask the user. */
  const askToKeep = async () => {
    kept.value = (await navigator.storage.persist()) ? 'kept' : 'refused';
  };
  void navigator.storage.persisted().then((isKept) => isKept && (kept.value = 'kept'));

  const test = async (id: AccountId) => {
    if (testing.value.has(id)) return;
    testing.value = new Set(testing.value).add(id);
    try {
      await attempt(() => page.ask({ kind: 'test-account', accountId: id }));
    } finally {
      testing.value = new Set([...testing.value].filter((each) => each !== id));
      now.value = Date.now();
    }
  };

  return {
    page,
    now,
    said,
    testing,
    sites,
    barred: barredIn(page),
    commands: createCommands(),
    kept,
    askToKeep,
    createVault: (passphrase: string) => {
      void askToKeep();
      return page.ask({ kind: 'create-vault', passphrase });
    },
    unlock: (passphrase: string) => page.ask({ kind: 'unlock', passphrase }),
    lock: () => attempt(() => page.ask({ kind: 'lock' })),
    changeSettings: (change: Partial<Settings>) =>
      attempt(() => page.ask({ kind: 'change-settings', ...change })),

    /** To be called from the click itself: the browser asks for the host only then. */
    save: async (account: NewAccount) => {
      const venueName = venueNames[account.venue];
      const origins = originsFor(account.venue, account.environment);
      if (origins.length > 0 && !(await browser.permissions.request({ origins }))) {
        throw new UserError('host-refused', t('options.host_refused', { venue: venueName }));
      }
      const { accountId } = await page.ask({ kind: 'save-account', ...account });
      said.value = '';
      sites.offer(account.venue);
      void test(accountId);
    },

    /** To be called from the click itself: where the browser does not let the venue be reached, it asks the user again. */
    test: async (account: AccountView) => {
      said.value = '';
      if (await browser.permissions.request({ origins: originsOf(account) })) {
        await test(account.id);
      } else said.value = barredWords(venueNames[account.venue]);
    },

    /** Rejects with the sentence to say. */
    setKey: async ({ id, label }: AccountView, key: Credentials) => {
      await page.ask({ kind: 'set-key', accountId: id, ...key });
      said.value = t('options.saved_key', { label });
      void test(id);
    },

    acceptDamage: () => attempt(() => page.ask({ kind: 'accept-damage' })),

    remove: ({ id, label }: Pick<AccountView, 'id' | 'label'>) =>
      attempt(async () => {
        await page.ask({ kind: 'remove-account', accountId: id });
        said.value = t('options.removed', { label });
      }),

    reload: () => browser.runtime.reload(),
  };
}

export type OptionsModel = ReturnType<typeof createOptions>;
