import type { AccountId } from '#lib/domain/account.ts';
import { venueNames, type Cascades } from '#lib/domain/venue-id.ts';
import type { Group, Row } from '#lib/page/orders/row.ts';
import { accountName } from '#lib/words/account-name.ts';
import { attachedTo } from '#lib/page/orders/attached.ts';
import { ordersWords } from '#lib/words/counts.ts';
import { listNames } from '#lib/words/list-words.ts';
import { durationWords } from '#lib/words/time-words.ts';
import type { AccountView } from '#lib/protocol/view.ts';
import { keyPart, t, tCount } from '#lib/words/text.ts';

/** What “Cancel all” would cancel, as far as it is known from the list. */
export interface CancelAllSummary {
  readonly accounts: readonly AccountSummary[];
  /** Of all accounts. Protective orders are counted apart. */
  readonly orders: number;
  readonly protective: number;
  /** Of the orders and, where they are meant too, of the protective ones; the most frequent first. */
  readonly symbols: readonly string[];
  /** Names of venues that cancel attached take-profit and stop-loss orders too, where some may be attached. */
  readonly cascading: readonly (readonly [venue: string, what: Cascades])[];
}

interface AccountSummary {
  readonly account: AccountView;
  readonly orders: number;
  readonly protective: number;
}

/** A list read longer ago is said to be old. The popup has each account read every 45 s at least. */
const oldAfter = 60_000;

/** `groups`: what the filter means; `all`: every row. `canCancel`: open, and not already being cancelled. */
export function summarizeCancelAll(
  groups: readonly Group[],
  all: readonly Group[],
  canCancel: (row: Row) => boolean,
  withProtective: boolean,
): CancelAllSummary {
  const symbols = new Map<string, number>();
  const cascading = new Map<string, Cascades>();
  const accounts = groups.map((group): AccountSummary => {
    const { account } = group;
    const counts = { orders: 0, protective: 0 };
    // Nothing can be sent there.
    if (account.keyTrouble) return { account, ...counts };
    const mayHaveAttached = attachedTo(all.find((each) => each.account.id === account.id) ?? group);
    for (const row of [...group.rows, ...group.waiting]) {
      const { order } = row;
      if (!order || !canCancel(row)) continue;
      counts[order.protective ? 'protective' : 'orders']++;
      if (order.protective && !withProtective) continue;
      if (order.symbol !== '') symbols.set(order.symbol, (symbols.get(order.symbol) ?? 0) + 1);
      const along = mayHaveAttached(order);
      if (along) cascading.set(venueNames[account.venue], along);
    }
    return { account, ...counts };
  });
  return {
    accounts: accounts.filter(({ orders, protective }) => orders + protective > 0),
    orders: accounts.reduce((sum, { orders }) => sum + orders, 0),
    protective: accounts.reduce((sum, { protective }) => sum + protective, 0),
    symbols: [...symbols].toSorted(([, a], [, b]) => b - a).map(([symbol]) => symbol),
    cascading: [...cascading],
  };
}

/** Sentences about accounts, or the one that is meant, whose list may not be what is open now. `now`: Unix ms. */
export function listDoubts(
  groups: readonly Group[],
  accountId: AccountId | undefined,
  now: number,
): readonly string[] {
  const accounts = groups.map(({ account }) => account);
  return groups
    .filter(({ account }) => accountId === undefined || account.id === accountId)
    .flatMap((group) => doubtOf(group, accountName(group.account.id, accounts), now) ?? []);
}

function doubtOf({ reading }: Group, name: string, now: number): string | undefined {
  const reason = reading?.trouble?.reason;
  if (reason === 'key-lost' || reason === 'key-unusable') {
    return t(`doubt.${keyPart(reason)}`, { name });
  }
  if (reading?.trouble) {
    return t(reading.orders.length === 0 ? 'doubt.unread' : 'doubt.last_known', { name });
  }
  if (reading?.readAt === undefined && reading?.coming) {
    return tCount('doubt.coming', reading.coming, { name });
  }
  if (reading?.readAt === undefined) return t('doubt.not_yet', { name });
  if (reading.unreadable) return tCount('doubt.unreadable', reading.unreadable, { name });
  const age = now - reading.readAt;
  return age > oldAfter ? t('doubt.old', { name, length: durationWords(age) }) : undefined;
}

/** `84 orders on 5 accounts`. */
export function ordersOnWords(count: number, accounts: number): string {
  if (count === 0) return t('cancel_all.none');
  return t('cancel_all.on_accounts', {
    orders: ordersWords(count),
    accounts: tCount('count.accounts', accounts),
  });
}

/** `BTC_TRY, ETH_TRY, XRP_TRY and 4 more`. */
export function symbolsWords(symbols: readonly string[], most = 4): string {
  // “and 1 more” is no shorter than the symbol itself.
  const shown = symbols.length <= most + 1 ? symbols : symbols.slice(0, most);
  const left = symbols.length - shown.length;
  return left === 0 ? listNames(shown) : t('list.and_more', { shown: listNames(shown), n: left });
}
