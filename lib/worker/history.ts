import type { Account } from '#lib/domain/account.ts';
import type { Cancellation } from '#lib/domain/cancellation.ts';
import { createTextMatcher } from '#lib/domain/order-filter.ts';
import { standingOf } from '#lib/domain/standing.ts';
import { venueNames } from '#lib/domain/venue-id.ts';
import { plainRemark } from '#lib/words/note-words.ts';
import { shortStateWords } from '#lib/words/state-words.ts';
import type { Answers, HistoryRow, RequestOf } from '#lib/protocol/messages.ts';
import type { HistoryEntry } from '#lib/worker/store/cancellations.ts';
import type { Unlocked } from './unlocked.ts';
import { t } from '#lib/words/text.ts';

const pageSize = 50;
/** So many rows are looked through for one answer, in less than a tenth of a second: what was found so far shall not wait. */
const mostSought = 2000;

/** A page of the history, or what of it is sought, as far as that was looked through. */
export async function readHistory(
  open: Pick<Unlocked, 'accounts' | 'history' | 'nextRow'>,
  { before = Infinity, text }: Omit<RequestOf<'history'>, 'kind'>,
): Promise<Answers['history']> {
  const accounts = open.accounts();
  const matches = text?.trim() ? createHistoryMatcher(text, accounts) : undefined;
  const end = Math.min(before, open.nextRow());
  const from = matches ? Math.max(end - mostSought, 1) : 1;
  let searchedTo: number | undefined;
  const look = (cancellation: Cancellation) => {
    searchedTo = cancellation.at.requested;
    return matches?.(cancellation) ?? true;
  };
  const rows = await open.history(pageSize, end, matches && look, from);
  // Below the last of a full page, what was looked through already is looked through again.
  const next = rows.length === pageSize ? (rows.at(-1)?.row ?? 1) : from;
  return {
    rows: rows.map((row) => historyRow(row, accounts)),
    newest: end - 1,
    // The first row of all has none before it.
    ...(next > 1 && { next, ...(searchedTo !== undefined && { searchedTo }) }),
  };
}

function createHistoryMatcher(text: string, accounts: readonly Account[]) {
  const matches = createTextMatcher(text);
  return (cancellation: Cancellation) => {
    const { ref, order } = cancellation;
    const symbol = order?.symbol ?? ref.symbol;
    return matches(
      [
        ref.orderId ?? order?.id,
        ref.clientOrderId ?? order?.clientOrderId,
        symbol,
        order?.side,
        order?.side && t(`order.side_${order.side}`),
        labelOf(accounts.find(({ id }) => id === ref.accountId)),
        // As the history shows it, and in English.
        shortStateWords(cancellation),
        standingOf(cancellation).replaceAll('-', ' '),
        plainRemark(cancellation),
      ],
      symbol,
    );
  };
}

function historyRow({ row, cancellation }: HistoryEntry, accounts: readonly Account[]): HistoryRow {
  if (!cancellation) return { row, accountLabel: '', venueName: '' };
  const account = accounts.find(({ id }) => id === cancellation.ref.accountId);
  return {
    row,
    accountLabel: labelOf(account),
    venueName: account ? venueNames[account.venue] : '',
    cancellation,
  };
}

function labelOf(account: Account | undefined): string {
  return account?.label ?? t('account.removed');
}
