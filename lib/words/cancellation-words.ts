import type { Cancellation } from '#lib/domain/cancellation.ts';
import { standingOf } from '#lib/domain/standing.ts';
import { saidWords } from '#lib/domain/own-words.ts';
import type { UserError } from '#lib/domain/user-error.ts';
import { advice } from './advice.ts';
import { stateWords, filledWords, contradictionWords } from './state-words.ts';
import { durationWords, secondsWords } from './time-words.ts';

/** What a row says of its state: a word that is always there to see, and what explains it. */
export interface RowWords {
  /** Empty for an open order that nobody has tried to cancel. */
  readonly status: string;
  /** Sentences: what to do, and the venue's own words. */
  readonly details: readonly string[];
}

export function cancellationWords(
  cancellation: Cancellation,
  venueName: string,
  wait?: number,
): RowWords {
  const status = statusWords(cancellation, venueName, wait);
  const details = detailsOf(cancellation, venueName);
  if (wait === undefined || isWaiting(cancellation)) return { status, details };
  const what = cancellation.next?.step === 'send' ? 'is sent again' : 'is read';
  return {
    status,
    details: [`${venueName} asks to wait ${secondsWords(wait)} before it ${what}.`, ...details],
  };
}

/** The state in one line; where nothing may be sent yet at the venue's word, that, and for how many seconds. */
export function statusWords(cancellation: Cancellation, venueName: string, wait?: number): string {
  if (wait !== undefined && isWaiting(cancellation)) {
    return `Waiting: ${venueName} asks for ${secondsWords(wait)}`;
  }
  return [stateWords(cancellation), filledWords(cancellation)].filter(Boolean).join(', ');
}

/** Whether it has not been sent, or only to be told to wait: nothing is in doubt. */
function isWaiting(cancellation: Cancellation): boolean {
  const standing = standingOf(cancellation);
  return (standing === 'requested' || standing === 'sent') && cancellation.next?.step === 'send';
}

function lapsedWords({ at }: Cancellation): string {
  const ago = durationWords((at.ended ?? at.requested) - at.requested);
  return `You asked for it ${ago} before Pullcord could go on with it. The order is still open: cancel it again if you still want to.`;
}

/** The wish did not reach the journal, or nobody knows whether it did. */
export function failureWords({ code, message }: UserError): RowWords {
  return { status: code === 'worker-silent' ? 'No answer' : 'Not started', details: [message] };
}

function detailsOf(cancellation: Cancellation, venueName: string): string[] {
  const { reason, words } = cancellation;
  switch (standingOf(cancellation)) {
    case 'requested':
    case 'sent':
    case 'accepted':
      return hindrances(cancellation, venueName);
    case 'unknown':
      return [...hindrances(cancellation, venueName), ...(words ? [words] : [])];
    case 'refused':
      return [...(reason ? [advice(reason, venueName)] : []), ...saidWords(venueName, words)];
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

/** What keeps it from its end. */
function hindrances(cancellation: Cancellation, venueName: string): string[] {
  const { words, contradiction, trouble } = cancellation;
  const conflict = contradiction ? [contradictionWords(contradiction, venueName)] : [];
  // How long it waits for is said by the account.
  const hindrance = trouble && trouble !== 'rate-limited' ? [advice(trouble, venueName)] : [];
  const why =
    trouble === 'rate-limited' && isWaiting(cancellation) ? saidWords(venueName, words) : [];
  return [...conflict, ...hindrance, ...why];
}
