import { hasEnded, type Cancellation } from '#lib/domain/cancellation.ts';
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
function isWaiting({ state, next }: Cancellation): boolean {
  return (state === 'requested' || state === 'sent') && next?.step === 'send';
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
  const { state, reason, words, contradiction, trouble } = cancellation;
  if (cancellation.lapsed) return [lapsedWords(cancellation)];
  if (hasEnded(cancellation) && state !== 'refused') return [];
  if (state === 'refused') {
    return [...(reason ? [advice(reason, venueName)] : []), ...saidWords(venueName, words)];
  }
  // How long it waits for is said by the account.
  const hindrance = trouble && trouble !== 'rate-limited' ? [advice(trouble, venueName)] : [];
  const conflict = contradiction ? [contradictionWords(contradiction, venueName)] : [];
  const why =
    trouble === 'rate-limited' && isWaiting(cancellation) ? saidWords(venueName, words) : [];
  return [...conflict, ...hindrance, ...why, ...(state === 'unknown' && words ? [words] : [])];
}
