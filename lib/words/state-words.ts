import type { Cancellation } from '#lib/domain/cancellation.ts';
import { isZero } from '#lib/domain/decimal.ts';
import type { Claim } from '#lib/domain/reply.ts';

/** The state of a cancellation in the words that users see. One word for one thing. */
export function stateWords(
  cancellation: Pick<Cancellation, 'state'> &
    Partial<Pick<Cancellation, 'words' | 'abandoned' | 'stopped' | 'lapsed' | 'sendings'>>,
): string {
  if (cancellation.abandoned) {
    return cancellation.sendings === 0
      ? 'Not sent: the account was removed'
      : 'Unknown: the account was removed';
  }
  if (cancellation.lapsed) {
    const what = cancellation.sendings === 0 ? 'Not sent' : 'Still open';
    return `${what}: asked too long ago`;
  }
  if (cancellation.stopped) return 'Not sent: stopped';
  switch (cancellation.state) {
    case 'requested':
    case 'sent':
      return 'Cancelling';
    case 'accepted':
      return 'Accepted, confirming';
    case 'cancelled':
      return 'Cancelled';
    case 'filled':
      return 'Already filled';
    case 'was-cancelled':
      return 'Already cancelled';
    case 'not-found':
      return 'Not found';
    case 'refused':
      return `Refused: ${cancellation.words ?? 'no reason given'}`;
    case 'unknown':
      return 'Unknown, checking';
  }
}

/** "filled 0.6 of 1", where something had filled; undefined where nothing had, or where it is not known. */
export function filledWords({
  filled,
  quantity,
}: Pick<Cancellation, 'filled' | 'quantity'>): string | undefined {
  if (filled === undefined || isZero(filled)) return undefined;
  return quantity === undefined ? `filled ${filled}` : `filled ${filled} of ${quantity}`;
}

/** What a venue says of the order and what it shows do not fit together. */
export function contradictionWords(
  { claim, status }: NonNullable<Cancellation['contradiction']>,
  venueName: string,
): string {
  const shown = status === undefined ? 'as open' : `with the status “${status}”, so as not ended`;
  return `${venueName} contradicts itself: asked to cancel, it says that the order ${claimWords[claim]}; asked for the order, it shows it ${shown}. Pullcord goes on, ever less often. Look on ${venueName}’s own site.`;
}

const claimWords: Readonly<Record<Claim, string>> = {
  'not-found': 'does not exist',
  filled: 'has filled',
  'was-cancelled': 'was cancelled before',
  'not-cancellable': 'cannot be cancelled',
};
