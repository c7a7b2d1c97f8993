import { hasEnded, type Cancellation } from '#lib/domain/cancellation.ts';
import { saidWords } from '#lib/domain/own-words.ts';
import { advice, contradictionWords, filledWords, stateWords } from '#lib/words/state-words.ts';
import type { UserError } from '#lib/domain/user-error.ts';
import { venueNames } from '#lib/domain/venue-id.ts';
import type { Group, Row } from './rows.ts';
import { durationWords, secondsWords } from '#lib/words/time-words.ts';

/** What a row says of its state: a word that is always there to see, and what explains it. */
export interface RowWords {
  /** Empty for an open order that nobody has tried to cancel. */
  readonly status: string;
  /** Sentences: what to do, and the venue's own words. */
  readonly details: readonly string[];
}

/**
 * `asked`: the user has just asked for it and the worker has not yet answered. `wait`: for how many seconds more the venue
 * asks to wait with the next step.
 */
export function rowWords(row: Row, venueName: string, asked: boolean, wait?: number): RowWords {
  if (asked) return { status: stateWords({ state: 'requested' }), details: [] };
  if (row.cancellation) return cancellationWords(row.cancellation, venueName, wait);
  const left = row.mayBeOpen ? 'No longer listed' : 'No longer open';
  return { status: row.standing === 'left' ? left : '', details: [] };
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

/** What a frozen list has no room to say: rows that wait, and why the latest refusal was. */
export function frozenNotes(groups: readonly Group[], now: number): string[] {
  const waiting = groups.reduce((sum, group) => sum + group.waiting.length, 0);
  const orders = waiting === 1 ? '1 new order' : `${waiting} new orders`;
  const refused = groups
    .flatMap(({ account, rows }) =>
      rows.map(({ cancellation }) => ({ cancellation, venueName: venueNames[account.venue] })),
    )
    .filter(({ cancellation }) => cancellation?.state === 'refused')
    .toSorted((a, b) => (b.cancellation?.at.ended ?? 0) - (a.cancellation?.at.ended ?? 0))[0];
  const isRecent = now - (refused?.cancellation?.at.ended ?? 0) < 60_000;
  return [
    ...(refused?.cancellation && isRecent
      ? [cancellationWords(refused.cancellation, refused.venueName).details.join(' ')]
      : []),
    ...(waiting > 0 ? [`${orders}, shown when the pointer leaves the list`] : []),
  ];
}
