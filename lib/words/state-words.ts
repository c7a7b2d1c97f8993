import type { Cancellation } from '#lib/domain/cancellation.ts';
import { isZero } from '#lib/domain/decimal.ts';
import type { Remark } from '#lib/domain/remark.ts';
import type { Claim } from '#lib/domain/reply.ts';
import { standingOf, type Stated } from '#lib/domain/standing.ts';
import { plainRemark } from './note-words.ts';

/** Where a cancellation stands, in the words that users see. One word for one thing. */
export function stateWords(
  cancellation: Stated & Remark & Partial<Pick<Cancellation, 'sendings'>>,
): string {
  const short = shortStateWords(cancellation);
  return standingOf(cancellation) === 'refused'
    ? `${short}: ${plainRemark(cancellation) || 'no reason given'}`
    : short;
}

/** The same without what was heard. */
export function shortStateWords(
  cancellation: Stated & Partial<Pick<Cancellation, 'sendings'>>,
): string {
  const isUnsent = cancellation.sendings === 0;
  switch (standingOf(cancellation)) {
    case 'requested':
    case 'sent':
      return 'Cancelling';
    case 'accepted':
      return 'Accepted, confirming';
    case 'unknown':
      return 'Unknown, checking';
    case 'cancelled':
      return 'Cancelled';
    case 'was-cancelled':
      return 'Already cancelled';
    case 'filled':
      return 'Already filled';
    case 'not-found':
      return 'Not found';
    case 'refused':
      return 'Refused';
    case 'stopped':
      return 'Not sent: stopped';
    case 'lapsed':
      return `${isUnsent ? 'Not sent' : 'Still open'}: asked too long ago`;
    case 'abandoned':
      return `${isUnsent ? 'Not sent' : 'Unknown'}: the account was removed`;
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
