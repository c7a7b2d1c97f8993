import type { Account } from '#lib/domain/account.ts';
import type { Cancellation } from '#lib/domain/cancellation.ts';
import { isTrouble } from '#lib/domain/standing.ts';
import { venueNames } from '#lib/domain/venue-id.ts';
import { shortStateWords } from '#lib/words/state-words.ts';
import { orderWords, placeWords } from '#lib/words/order-words.ts';
import { statusWords } from '#lib/words/cancellation-words.ts';

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
    .map((each) => `${shortStateWords(each)}: ${nameOf(each, accountOf(each))}`);
  const others = cancellations.length - named.length;
  return {
    title: capital(countStates(cancellations)),
    message: [...named, ...(others > 0 ? [`and ${others} more`] : [])].join('\n'),
  };
}

/** The same while Pullcord is locked: that there is an end, and not of what. */
export function lockedNoticeWords(cancellations: readonly Cancellation[]): NoticeWords {
  const title = capital(countStates(cancellations));
  return { title, message: 'Pullcord is locked. Unlock it to see which.' };
}

function oneWords(
  cancellation: Cancellation,
  account: Account | undefined,
  wait: number | undefined,
): NoticeWords {
  const venueName = account ? venueNames[account.venue] : 'the venue';
  return {
    title: statusWords(cancellation, venueName, wait),
    message: nameOf(cancellation, account),
  };
}

/** `Buy 0.5 BTCTRY at 4150000, Turkish lira (BtcTurk), 26947521101`. */
function nameOf({ order, ref }: Cancellation, account: Account | undefined): string {
  const id = ref.orderId ?? order?.id ?? ref.clientOrderId;
  return capital(
    [order && orderWords(order), account && placeWords(account), id].filter(Boolean).join(', '),
  );
}

/** `2 cancelled, 1 already filled`, in the order in which they come. */
function countStates(cancellations: readonly Cancellation[]): string {
  const counts = new Map<string, number>();
  for (const each of cancellations) {
    const words = shortStateWords(each).toLowerCase();
    counts.set(words, (counts.get(words) ?? 0) + 1);
  }
  return [...counts].map(([words, count]) => `${count} ${words}`).join(', ');
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
