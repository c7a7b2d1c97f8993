import { batch, computed, effect, signal } from '@preact/signals';
import browser from 'webextension-polyfill';
import type { AccountId } from '#lib/domain/account.ts';
import type { CancellationId } from '#lib/domain/cancellation.ts';
import type { UserError } from '#lib/domain/user-error.ts';
import { findRows } from '#lib/view/find.ts';
import { openPage } from '#lib/view/page.ts';
import { failureWords, type RowWords } from '#lib/view/row-words.ts';
import { arrangeRows, type Group, type Row } from '#lib/view/rows.ts';

const refreshPause = 15_000;
const tick = 1000;

/** What the user asked of a row, until the view tells what became of it. */
type Wish =
  | { readonly kind: 'asked' }
  | { readonly kind: 'taken'; readonly cancellationId: CancellationId; readonly at: number }
  | { readonly kind: 'failed'; readonly words: RowWords; readonly askedAt: number };

const isVisible = () => document.visibilityState === 'visible';

/** The popup's state: the view, arranged as rows, and what the user is doing with it. */
export function createPopup() {
  const page = openPage();
  const now = signal(Date.now());
  const frozen = signal(false);
  const find = signal('');
  const groups = signal<readonly Group[]>([]);
  const wishes = signal<ReadonlyMap<string, Wish>>(new Map());
  const refreshing = signal(false);

  const isUnlocked = computed(() => page.view.value?.vault.state === 'unlocked');
  const hasAccounts = computed(() => (page.view.value?.accounts.length ?? 0) > 0);

  effect(() => {
    const view = page.view.value;
    groups.value =
      view && isUnlocked.value
        ? arrangeRows({ view, previous: groups.peek(), frozen: frozen.value, now: now.value })
        : [];
  });

  // A wish that was taken is shown as one until the view has it, or has had time to.
  effect(() => {
    const known = page.view.value?.cancellations ?? {};
    const isSettled = (wish: Wish) =>
      wish.kind === 'taken' && (wish.cancellationId in known || now.value - wish.at > 3000);
    if ([...wishes.value.values()].some(isSettled)) {
      wishes.value = new Map([...wishes.value].filter(([, wish]) => !isSettled(wish)));
    }
  });

  const setWish = (key: string, wish: Wish) => {
    wishes.value = new Map(wishes.peek()).set(key, wish);
  };

  const wishOf = (row: Row) => wishes.value.get(row.key);

  const ask = async (accountId: AccountId, idKind: 'order-id' | 'client-order-id', id: string) =>
    (await page.ask({ kind: 'cancel', accountId, idKind, id })).cancellationId;

  const cancel = async (row: Row) => {
    const kind = wishOf(row)?.kind;
    if (!row.order || row.standing !== 'open' || kind === 'asked' || kind === 'taken') return;
    const askedAt = Date.now();
    setWish(row.key, { kind: 'asked' });
    try {
      const cancellationId = await ask(row.ref.accountId, 'order-id', row.order.id);
      setWish(row.key, { kind: 'taken', cancellationId, at: Date.now() });
    } catch (error) {
      setWish(row.key, { kind: 'failed', words: failureWords(error as UserError), askedAt });
    }
  };

  const refresh = async (byUser: boolean) => {
    if (byUser) refreshing.value = true;
    try {
      await page.ask({ kind: 'refresh', byUser });
    } catch {
      // The banner tells of a silent worker, each account of its own trouble.
    } finally {
      if (byUser) refreshing.value = false;
    }
  };

  const refreshIfShown = () => {
    if (isVisible() && isUnlocked.peek() && hasAccounts.peek()) void refresh(false);
  };
  effect(() => {
    if (isUnlocked.value && hasAccounts.value) void page.painted.then(refreshIfShown);
  });
  setInterval(refreshIfShown, refreshPause);
  setInterval(() => {
    if (isVisible()) now.value = Date.now();
  }, tick);
  document.addEventListener('visibilitychange', () => {
    if (!isVisible()) return;
    now.value = Date.now();
    refreshIfShown();
  });

  return {
    page,
    now,
    frozen,
    find,
    /** All groups, and those that fit what is sought. */
    groups,
    found: computed(() => findRows(groups.value, find.value)),
    isReading: computed(
      () => refreshing.value || groups.value.some(({ reading }) => reading?.reading === true),
    ),
    isAsked: (row: Row) => {
      const wish = wishOf(row);
      return wish !== undefined && wish.kind !== 'failed';
    },
    failureOf: (row: Row) => {
      const wish = wishOf(row);
      if (wish?.kind !== 'failed' || row.standing !== 'open') return undefined;
      // A worker that was silent may have taken the wish all the same; then what came of it counts.
      const isOutdated = row.cancellation && row.cancellation.at.requested >= wish.askedAt;
      return isOutdated ? undefined : wish.words;
    },
    setFind: (text: string) => (find.value = text),
    cancel,
    cancelById: ask,
    refresh: () => refresh(true),
    unlock: (passphrase: string) => page.ask({ kind: 'unlock', passphrase }),
    lock: () => void page.ask({ kind: 'lock' }).catch(() => {}),
    setFrozen: (isInside: boolean) =>
      batch(() => {
        frozen.value = isInside;
        now.value = Date.now();
      }),
    openOptions: () => void browser.runtime.openOptionsPage(),
    reload: () => browser.runtime.reload(),
  };
}

export type PopupModel = ReturnType<typeof createPopup>;
