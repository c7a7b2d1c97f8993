import type { Fault } from './faults.ts';

/** One thing that a venue can do with a cancel, and what the user then reads. */
export interface OutcomeCase<ErrorName extends string> {
  readonly name: string;
  readonly fault: Fault<ErrorName>;
  /** The state's words, and whatever else the row must say. */
  readonly says: readonly (string | RegExp)[];
  /** Requests to cancel that reach the venue. */
  readonly sendings: number;
  readonly book: 'open' | 'cancelled' | 'filled';
}

export function cancelled<ErrorName extends string = never>(
  name: string,
  fault: Fault<ErrorName>,
  sendings: number,
): OutcomeCase<ErrorName> {
  return { name, fault, says: [/(?<!Already )Cancelled/i], sendings, book: 'cancelled' };
}

export function refused<ErrorName extends string>(
  error: ErrorName,
  ...says: (string | RegExp)[]
): OutcomeCase<ErrorName> {
  return {
    name: `refused with ${error}`,
    fault: { kind: 'refuse', error },
    says: [/Refused:/, ...says],
    sendings: 1,
    book: 'open',
  };
}

/** In doubt or not yet: the truth is found out, and the order is gone in the end. */
export const settled: readonly OutcomeCase<never>[] = [
  cancelled('no answer, before acting', { kind: 'drop', when: 'before-acting' }, 2),
  cancelled('no answer, after acting', { kind: 'drop', when: 'after-acting' }, 1),
  cancelled('garbage, before acting', { kind: 'garbage', when: 'before-acting' }, 2),
  cancelled('garbage, after acting', { kind: 'garbage', when: 'after-acting' }, 1),
  cancelled('an HTML page, before acting', { kind: 'html', when: 'before-acting' }, 2),
  cancelled('an HTML page, after acting', { kind: 'html', when: 'after-acting' }, 1),
  cancelled('nothing, before acting', { kind: 'empty', when: 'before-acting' }, 2),
  cancelled('nothing, after acting', { kind: 'empty', when: 'after-acting' }, 1),
  cancelled('500, before acting', { kind: 'status', status: 500, when: 'before-acting' }, 2),
  cancelled('500, after acting', { kind: 'status', status: 500, when: 'after-acting' }, 1),
  cancelled('accepted, cancelled later', { kind: 'accept-then-cancel', delayMs: 300 }, 1),
  cancelled('slow', { kind: 'delay', ms: 300 }, 1),
  cancelled('429 for a second', { kind: 'rate-limit', seconds: 1 }, 2),
];

/** The same where the request goes over a WebSocket: there is no HTTP to be broken. */
export const settledBySocket: readonly OutcomeCase<never>[] = [
  cancelled('socket cut before acting', { kind: 'drop', when: 'before-acting' }, 2),
  cancelled('socket cut after acting', { kind: 'drop', when: 'after-acting' }, 1),
  cancelled('garbage after acting', { kind: 'garbage', when: 'after-acting' }, 1),
  cancelled('accepted, cancelled later', { kind: 'accept-then-cancel', delayMs: 300 }, 1),
  cancelled('slow', { kind: 'delay', ms: 300 }, 1),
];

export const filled: OutcomeCase<never> = {
  name: 'accepted, then filled',
  fault: { kind: 'accept-then-fill', delayMs: 100 },
  says: ['Already filled', /filled ([\d.]+) of \1/],
  sendings: 1,
  book: 'filled',
};
