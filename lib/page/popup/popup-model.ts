import { batch, computed, effect, signal } from '@preact/signals';
import browser from 'webextension-polyfill';
import type { AccountId } from '#lib/domain/account.ts';
import type { CancellationId } from '#lib/domain/cancellation.ts';
import { refTo, type IdKind } from '#lib/domain/order.ts';
import type { UserError } from '#lib/domain/user-error.ts';
import { findRows } from '#lib/page/orders/find.ts';
import { isFresh } from '#lib/words/fresh.ts';
import type { LapsedWish } from '#lib/page/orders/lapsed.ts';
import { openPage } from '#lib/page/page.ts';
import { failureWords } from '#lib/words/cancellation-words.ts';
import { arrangeRows } from '#lib/page/orders/rows.ts';
import { canGoFirst, type Group, type Row } from '#lib/page/orders/row.ts';
import { sendingTime, wakingTime } from '#lib/domain/sending-time.ts';
import { placeIn } from './keep-open.ts';
import { createNow, isVisible } from './now.ts';
import type { ListEntry, Tab } from './popup-state.ts';
import { createFilter } from '#lib/page/orders/filter-model.ts';
import { createSelection } from '#lib/page/orders/selection-model.ts';
import { createAsked, type Asked } from '#lib/page/orders/asked-model.ts';

/** How often the worker is asked to read what is to be read; whose turn it is, it knows. */
const duePause = 2000;

const pause = (milliseconds: number) =>
  new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
  });

/** The popup's state: the view, arranged as rows, and what the user is doing with it. */
export function createPopup() {
  const page = openPage();
  const { now, moment, setNow } = createNow((time) =>
    isFresh(page.view.peek()?.sweeps ?? [], time),
  );
  const frozen = signal(false);
  const groups = signal<readonly Group[]>([]);
  const refreshing = signal(false);
  const isCancelAllOpen = signal(false);
  const isKeysOpen = signal(false);
  const tab = signal<Tab>('orders');

  const compact = computed(() => page.view.value?.settings.compactRows === true);
  const isUnlocked = computed(() => page.view.value?.vault.state === 'unlocked');
  const hasAccounts = computed(() => (page.view.value?.accounts.length ?? 0) > 0);

  effect(() => {
    const view = page.view.value;
    groups.value =
      view && isUnlocked.value
        ? arrangeRows({ view, previous: groups.peek(), frozen: frozen.value, now: now.value })
        : [];
  });

  const asked = createAsked(page.view, now);
  const { isAsked, failureOf } = asked;

  const canCancel = (row: Row) => row.order !== undefined && row.kind === 'open' && !isAsked(row);

  /** What is open there may be more than what is listed. */
  const isUnknown = ({ account, reading }: Group) =>
    [undefined, account.id].includes(filter.choice.value.accountId) &&
    (reading?.readAt === undefined || reading.trouble !== undefined);

  const filter = createFilter(page.view, now);
  const found = computed(() => findRows(groups.value, filter.filter.value));
  const selection = createSelection(found, canCancel);

  const cancelById = async (
    accountId: AccountId,
    idKind: IdKind,
    id: string,
    symbol: string | undefined,
  ) => {
    const known = symbol ? { symbol } : {};
    return (await page.ask({ kind: 'cancel', accountId, idKind, id, ...known })).cancellationId;
  };

  const cancel = async (row: Row) => {
    const { order } = row;
    if (!order || isAsked(row) || !(canCancel(row) || canGoFirst(row))) return;
    const askedAt = Date.now();
    const setAsked = (state: Asked) => asked.set([[row.key, state]]);
    const { accountId } = row.ref;
    const wish = { kind: 'cancel', accountId, idKind: 'order-id', id: order.id, order } as const;
    const out = pause(page.isWorkerAwake() ? sendingTime : wakingTime);
    const answer = page.ask(wish);
    // Shown then: painting must not compete with the request that is on its way out.
    const shown = out.then(() => setAsked({ kind: 'asked' }));
    try {
      const { cancellationId } = await answer;
      await shown;
      setAsked({ kind: 'taken', cancellationId, at: Date.now() });
    } catch (error) {
      await shown;
      setAsked({ kind: 'failed', words: failureWords(error as UserError), askedAt });
    }
  };

  /** The venue has asked to wait; the user has the last word. */
  const sendNow = async ({ key, cancellation }: Row) => {
    if (!cancellation) return;
    const askedAt = Date.now();
    try {
      await page.ask({ kind: 'send-now', cancellationId: cancellation.id });
    } catch (error) {
      asked.set([[key, { kind: 'failed', words: failureWords(error as UserError), askedAt }]]);
    }
  };

  const refresh = async (byUser: boolean, accountId?: AccountId) => {
    if (byUser) refreshing.value = true;
    try {
      await page.ask({ kind: 'refresh', byUser, ...(accountId && { accountId }) });
    } catch {
      // The banner tells of a silent worker, each account of its own trouble.
    } finally {
      if (byUser) refreshing.value = false;
    }
  };

  const isReadable = () => isVisible() && isUnlocked.peek() && hasAccounts.peek();
  const refreshIfShown = () => {
    if (isReadable()) void refresh(false);
  };
  effect(() => {
    if (isUnlocked.value && hasAccounts.value) void page.painted.then(refreshIfShown);
  });
  setInterval(() => {
    if (isReadable()) void page.ask({ kind: 'read-due' }).catch(() => undefined);
  }, duePause);
  document.addEventListener('visibilitychange', refreshIfShown);

  // What stood open before a lock does not come back after it.
  effect(() => {
    if (!isUnlocked.value) isCancelAllOpen.value = false;
  });

  return {
    page,
    place: placeIn(location.search),
    tab,
    setTab: (chosen: Tab) => (tab.value = chosen),
    /** What the history is to show. */
    sought: signal<CancellationId>(),
    /** Brings the keyboard to a row of the list, or to its first one; while there is a list. */
    entryRef: { current: undefined as ListEntry | undefined },
    now,
    /** As `now`, to a quarter of a second while a “Cancel all” is told of. */
    moment,
    frozen,
    filter,
    /** All groups, and those that fit the filter. */
    groups,
    found,
    selection,
    isCancelAllOpen,
    isKeysOpen,
    setKeysOpen: (isOpen: boolean) => (isKeysOpen.value = isOpen),
    /** Whether there is anything to cancel, or an account of which that is not known. */
    canCancelAll: computed(
      () =>
        found.value.some((group) => group.rows.some(canCancel) || group.waiting.some(canCancel)) ||
        groups.value.some(isUnknown),
    ),
    isReading: computed(
      () => refreshing.value || groups.value.some(({ reading }) => reading?.reading === true),
    ),
    compact,
    // What does not come to be kept is not shown either.
    toggleCompact: () =>
      void page.ask({ kind: 'change-settings', compactRows: !compact.peek() }).catch(() => {}),
    isAsked,
    canCancel,
    failureOf,
    cancel,
    cancelLapsed: (lapsed: readonly LapsedWish[]) =>
      page.ask({
        kind: 'cancel-many',
        orders: lapsed.map(({ accountId, order }) => refTo(accountId, order)),
      }),
    leaveLapsed: (lapsed: readonly LapsedWish[]) =>
      page.ask({ kind: 'leave-lapsed', cancellationIds: lapsed.map(({ id }) => id) }),
    sendNow: (row: Row) => void sendNow(row),
    asked,
    cancelById,
    refresh: () => refresh(true),
    unlock: (passphrase: string) => page.ask({ kind: 'unlock', passphrase }),
    lock: () => void page.ask({ kind: 'lock' }).catch(() => {}),
    setFrozen: (isInside: boolean) =>
      batch(() => {
        frozen.value = isInside;
        setNow();
      }),
    openCancelAll: () => (isCancelAllOpen.value = true),
    closeCancelAll: () => (isCancelAllOpen.value = false),
    // Where that fails it is still said, and can be clicked again.
    acceptDamage: () => void page.ask({ kind: 'accept-damage' }).catch(() => undefined),
    openOptions: () => void browser.runtime.openOptionsPage(),
    reload: () => browser.runtime.reload(),
  };
}

export type PopupModel = ReturnType<typeof createPopup>;
