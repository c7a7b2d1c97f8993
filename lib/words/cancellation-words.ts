import type { Cancellation } from '#lib/domain/cancellation.ts';
import { standingOf } from '#lib/domain/standing.ts';
import type { UserError } from '#lib/domain/user-error.ts';
import { advice } from './advice.ts';
import { remarkWords } from './note-words.ts';
import { withCommas } from './list-words.ts';
import { stateWords, filledWords, contradictionWords } from './state-words.ts';
import { t } from './text.ts';
import { durationWords, secondsWords } from './time-words.ts';

/** What a row says of its state: a word that is always there to see, and what explains it. */
export interface RowWords {
  /** Empty for an open order that nobody has tried to cancel. */
  readonly status: string;
  /** Sentences: what to do, and what was heard. */
  readonly details: readonly string[];
}

export function cancellationWords(
  cancellation: Cancellation,
  venueName: string,
  wait?: number,
): RowWords {
  const status = statusWords(cancellation, venueName, wait);
  const details = [
    ...adviceOn(cancellation, venueName),
    ...(isExplained(cancellation) ? remarkWords(venueName, cancellation) : []),
  ];
  if (wait === undefined || isWaiting(cancellation)) return { status, details };
  const isSending = cancellation.next?.step === 'send';
  const told = t(`cancellation.asks_before_${isSending ? 'sending' : 'reading'}`, {
    venue: venueName,
    wait: secondsWords(wait),
  });
  return { status, details: [told, ...details] };
}

/** The same in the history, where what was heard last belongs to every end, and is said once. */
export function pastWords(cancellation: Cancellation, venueName: string): RowWords {
  const isInStatus = standingOf(cancellation) === 'refused';
  return {
    status: statusWords(cancellation, venueName),
    details: [
      ...adviceOn(cancellation, venueName),
      ...(isInStatus ? [] : remarkWords(venueName, cancellation)),
    ],
  };
}

/** The state in one line; where nothing may be sent yet at the venue's word, that, and for how many seconds. */
export function statusWords(cancellation: Cancellation, venueName: string, wait?: number): string {
  if (wait !== undefined && isWaiting(cancellation)) {
    return t('state.waiting', { venue: venueName, wait: secondsWords(wait) });
  }
  const filled = filledWords(cancellation);
  return withCommas([stateWords(cancellation), ...(filled === undefined ? [] : [filled])]);
}

/** Whether it has not been sent, or only to be told to wait: nothing is in doubt. */
function isWaiting(cancellation: Cancellation): boolean {
  const standing = standingOf(cancellation);
  return (standing === 'requested' || standing === 'sent') && cancellation.next?.step === 'send';
}

function lapsedWords({ at }: Cancellation): string {
  const length = durationWords((at.ended ?? at.requested) - at.requested);
  return t('cancellation.lapsed', { length });
}

/** The wish did not reach the journal, or nobody knows whether it did. */
export function failureWords(
  { code, message }: UserError,
  notDone = t('cancellation.not_started'),
): RowWords {
  const status = code === 'worker-silent' ? t('cancellation.no_answer') : notDone;
  return { status, details: [message] };
}

function adviceOn(cancellation: Cancellation, venueName: string): string[] {
  const { reason, contradiction, trouble } = cancellation;
  switch (standingOf(cancellation)) {
    case 'requested':
    case 'sent':
    case 'accepted':
    case 'unknown':
      return [
        ...(contradiction ? [contradictionWords(contradiction, venueName)] : []),
        // How long it waits for is said by the account.
        ...(trouble && trouble !== 'rate-limited' ? [advice(trouble, venueName)] : []),
      ];
    case 'refused':
      return reason ? [advice(reason, venueName)] : [];
    case 'lapsed':
      return [lapsedWords(cancellation)];
    case 'cancelled':
    case 'was-cancelled':
    case 'filled':
    case 'not-found':
    case 'stopped':
    case 'abandoned':
      return [];
  }
}

/** Whether what was heard last explains where it stands. */
function isExplained(cancellation: Cancellation): boolean {
  switch (standingOf(cancellation)) {
    case 'requested':
    case 'sent':
    case 'accepted':
      return cancellation.trouble === 'rate-limited' && isWaiting(cancellation);
    case 'unknown':
    case 'refused':
      return true;
    case 'not-found':
      return cancellation.note?.code === 'end-unread';
    case 'cancelled':
    case 'was-cancelled':
    case 'filled':
    case 'stopped':
    case 'lapsed':
    case 'abandoned':
      return false;
  }
}
