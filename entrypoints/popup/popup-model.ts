import { batch, computed, effect, signal } from '@preact/signals';
import browser from 'webextension-polyfill';
import type { AccountId } from '#lib/domain/account.ts';
import type { CancellationId } from '#lib/domain/cancellation.ts';
import type { UserError } from '#lib/domain/user-error.ts';
import { findRows, type IdKind } from '#lib/view/find.ts';
import { openPage } from '#lib/view/page.ts';
import { failureWords, type RowWords } from '#lib/view/row-words.ts';
import { arrangeRows, type Group, type Row } from '#lib/view/rows.ts';
import { createSelection } from './selection-model.ts';

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

  const isAsked = (row: Row) => {
    const wish = wishOf(row);
    return wish !== undefined && wish.kind !== 'failed';
  };

  const canCancel = (row: Row) =>
    row.order !== undefined && row.standing === 'open' && !isAsked(row);

  const found = computed(() => findRows(groups.value, find.value));
  const selection = createSelection(found, canCancel);

  const ask = async (accountId: AccountId, idKind: IdKind, id: string, symbol?: string) => {
    const known = symbol ? { symbol } : {};
    return (await page.ask({ kind: 'cancel', accountId, idKind, id, ...known })).cancellationId;
  };

  const cancel = async (row: Row) => {
    if (!row.order || !canCancel(row)) return;
    const askedAt = Date.now();
    setWish(row.key, { kind: 'asked' });
    try {
      const cancellationId = await ask(row.ref.accountId, 'order-id', row.order.id);
      setWish(row.key, { kind: 'taken', cancellationId, at: Date.now() });
    } catch (error) {
      setWish(row.key, { kind: 'failed', words: failureWords(error as UserError), askedAt });
    }
  };

  /** Asked for, the rows leave the selection; refused, they come back to it. */
  const cancelSelected = async () => {
    const rows = found
      .peek()
      .flatMap((group) => group.rows)
      .filter((row) => selection.keys.peek().has(row.key));
    const orders = rows.flatMap(({ key, ref, order }) =>
      order ? [{ key, accountId: ref.accountId, orderId: order.id }] : [],
    );
    const setWishes = (wishFor: (index: number) => Wish | undefined) => {
      const next = new Map(wishes.peek());
      for (const [index, { key }] of orders.entries()) {
        const wish = wishFor(index);
        if (wish) next.set(key, wish);
        else next.delete(key);
      }
      wishes.value = next;
    };
    setWishes(() => ({ kind: 'asked' }));
    try {
      const { cancellationIds } = await page.ask({
        kind: 'cancel-many',
        orders: orders.map(({ accountId, orderId }) => ({ accountId, orderId })),
      });
      const at = Date.now();
      setWishes((index) => {
        const cancellationId = cancellationIds[index];
        return cancellationId && { kind: 'taken', cancellationId, at };
      });
    } catch (error) {
      batch(() => {
        setWishes(() => undefined);
        selection.restore(
          orders.map(({ key }) => key),
          (error as UserError).message,
        );
      });
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
    found,
    selection,
    isReading: computed(
      () => refreshing.value || groups.value.some(({ reading }) => reading?.reading === true),
    ),
    isAsked,
    canCancel,
    failureOf: (row: Row) => {
      const wish = wishOf(row);
      if (wish?.kind !== 'failed' || row.standing !== 'open') return undefined;
      // A worker that was silent may have taken the wish all the same; then what came of it counts.
      const isOutdated = row.cancellation && row.cancellation.at.requested >= wish.askedAt;
      return isOutdated ? undefined : wish.words;
    },
    setFind: (text: string) => (find.value = text),
    cancel,
    cancelSelected,
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
