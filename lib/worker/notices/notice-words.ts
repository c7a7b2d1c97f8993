import type { Account } from '#lib/domain/account.ts';
import type { Cancellation } from '#lib/domain/cancellation.ts';
import { isTrouble } from '#lib/domain/standing.ts';
import { venueNames } from '#lib/domain/venue-id.ts';
import { withCommas } from '#lib/words/list-words.ts';
import { shortStateWords, stateKey } from '#lib/words/state-words.ts';
import { orderWords, placeWords } from '#lib/words/order-words.ts';
import { statusWords } from '#lib/words/cancellation-words.ts';
import { locale, t, tCount } from '#lib/words/text.ts';

/** What a system notification says. */
export interface NoticeWords {
  readonly title: string;
  readonly message: string;
}

/** How many orders of a group are named. */
const mostNamed = 3;

/** What came of one act of the user: one cancellation or several. What is in trouble is named first. */
export function noticeWords(
  cancellations: readonly Cancellation[],
  accountOf: (cancellation: Cancellation) => Account | undefined,
  waitOf: (cancellation: Cancellation) => number | undefined = () => undefined,
): NoticeWords {
  const [only, ...more] = cancellations;
  if (only && more.length === 0) return oneWords(only, accountOf(only), waitOf(only));
  const sorted = cancellations.toSorted((a, b) => Number(isTrouble(b)) - Number(isTrouble(a)));
  const named = sorted
    .slice(0, mostNamed)
    .map((each) =>
      t('notice.line', { state: shortStateWords(each), what: nameOf(each, accountOf(each)) }),
    );
  const others = cancellations.length - named.length;
  return {
    title: countStates(cancellations),
    message: [...named, ...(others > 0 ? [t('notice.and_more', { n: others })] : [])].join('\n'),
  };
}

/** The same while Pullcord is locked: that there is an end, and not of what. */
export function lockedNoticeWords(cancellations: readonly Cancellation[]): NoticeWords {
  return { title: countStates(cancellations), message: t('notice.locked') };
}

function oneWords(
  cancellation: Cancellation,
  account: Account | undefined,
  wait: number | undefined,
): NoticeWords {
  const venueName = account ? venueNames[account.venue] : t('venue.some_inside');
  return {
    title: statusWords(cancellation, venueName, wait),
    message: nameOf(cancellation, account),
  };
}

/** `Buy 0.5 BTCTRY at 4150000, Turkish lira (BtcTurk), 26947521101`. */
function nameOf({ order, ref }: Cancellation, account: Account | undefined): string {
  const id = ref.orderId ?? order?.id ?? ref.clientOrderId;
  return capital(
    withCommas([
      ...(order ? [orderWords(order)] : []),
      ...(account ? [placeWords(account)] : []),
      ...(id === undefined ? [] : [id]),
    ]),
  );
}

/** `2 cancelled, 1 already filled`, in the order in which they come. */
function countStates(cancellations: readonly Cancellation[]): string {
  const counts = new Map<ReturnType<typeof endKey>, number>();
  for (const each of cancellations) {
    const key = endKey(each);
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return withCommas([...counts].map(([key, count]) => tCount(`notice.end.${key}`, count)));
}

/** What is under way is one to the reader. */
function endKey(cancellation: Cancellation) {
  const key = stateKey(cancellation);
  return key === 'sent' ? 'requested' : key;
}

function capital(text: string): string {
  return text.charAt(0).toLocaleUpperCase(locale()) + text.slice(1);
}
