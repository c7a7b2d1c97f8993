import type { Fault } from '#tests/sandbox/shared/faults.ts';
import type { TestError, TestVenue } from './test.ts';

/** One thing that a venue can do with a cancel, and what the user then reads. */
export interface Case {
  readonly name: string;
  readonly fault: Fault<TestError>;
  /** The state's words, and whatever else the row must say. */
  readonly says: readonly (string | RegExp)[];
  /** Requests to cancel that reach the venue. */
  readonly sendings: number;
  readonly book: 'open' | 'cancelled' | 'filled';
}

const cancelled = (name: string, fault: Fault<TestError>, sendings: number): Case => ({
  name,
  fault,
  says: [/(?<!Already )Cancelled/i],
  sendings,
  book: 'cancelled',
});

const refused = (error: TestError, ...says: (string | RegExp)[]): Case => ({
  name: `refused with ${error}`,
  fault: { kind: 'refuse', error },
  says: [/Refused:/, ...says],
  sendings: 1,
  book: 'open',
});

/** In doubt or not yet: the truth is found out, and the order is gone in the end. */
const settled: readonly Case[] = [
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
const settledBySocket: readonly Case[] = [
  cancelled('socket cut before acting', { kind: 'drop', when: 'before-acting' }, 2),
  cancelled('socket cut after acting', { kind: 'drop', when: 'after-acting' }, 1),
  cancelled('garbage after acting', { kind: 'garbage', when: 'after-acting' }, 1),
  cancelled('accepted, cancelled later', { kind: 'accept-then-cancel', delayMs: 300 }, 1),
  cancelled('slow', { kind: 'delay', ms: 300 }, 1),
];

const filled: Case = {
  name: 'accepted, then filled',
  fault: { kind: 'accept-then-fill', delayMs: 100 },
  says: ['Already filled', /filled ([\d.]+) of \1/],
  sendings: 1,
  book: 'filled',
};

export const cases: Record<TestVenue, readonly Case[]> = {
  btcturk: [
    ...settled,
    filled,
    cancelled('redirected', { kind: 'redirect', location: 'http://127.0.0.1:9/' }, 2),
    cancelled('503', { kind: 'refuse', error: '503' }, 2),
    cancelled(
      'unknown, though it is open',
      { kind: 'refuse', error: 'NO_ORDER_MATCHES_YOUR_REQUEST' },
      2,
    ),
    cancelled(
      'a nonce that is invalid once',
      { kind: 'refuse', error: 'Unauthorized - Invalid Nonce' },
      2,
    ),
    refused('ORDER_COULD_NOT_BE_CANCELED', 'ORDER_COULD_NOT_BE_CANCELED', 'still open'),
    refused('ORDER_CANCEL_BLOCKED', 'ORDER_CANCEL_BLOCKED', 'maintenance'),
    refused('Unauthorized - Invalid Request', 'Invalid Request', 'secret is wrong'),
    refused('Unauthorized - Headers are missing', 'Headers are missing'),
    refused('Invalid Signature', 'Invalid Signature', 'secret is wrong'),
    refused('Invalid Public/Private key', 'Invalid Public/Private key', 'API key'),
    refused('bare-401', 'HTTP 401', 'without saying why'),
    refused('404', 'HTTP 404'),
    refused('405', 'HTTP 405'),
  ],
  ripio: [
    ...settled,
    filled,
    ...(['50000', '50001', '50002', '50003', '503'] as const).map((error) =>
      cancelled(error, { kind: 'refuse', error }, 2),
    ),
    cancelled('unknown, though it is open', { kind: 'refuse', error: '40400' }, 2),
    cancelled('42900', { kind: 'refuse', error: '42900' }, 2),
    cancelled('a time that is invalid once', { kind: 'refuse', error: 'Invalid timestamp' }, 2),
    refused('40000', 'Invalid parameters', '40000'),
    refused('40090', 'Unsupported operation', '40090'),
    refused('40100', 'Not authorized'),
    refused('Invalid token', 'Invalid token', 'API key'),
    refused('Invalid signature', 'Invalid signature', 'secret is wrong'),
    refused('Blocked token', 'Blocked token', 'ask its support'),
    refused('40300', 'Forbidden', 'right is not ticked'),
    refused('html-404', 'HTTP 404'),
  ],
  ztdx: [
    ...settled,
    filled,
    ...(['-1000', '-1001', '-1006', '-1007', '503', 'ENGINE_BUSY'] as const).map((error) =>
      cancelled(error, { kind: 'refuse', error }, 2),
    ),
    cancelled('unknown, though it is open', { kind: 'refuse', error: '-2011' }, 2),
    cancelled('not there, though it is open', { kind: 'refuse', error: '-2013' }, 2),
    cancelled('a time that is invalid once', { kind: 'refuse', error: '-1021' }, 2),
    refused('-1022', 'Signature', 'secret is wrong'),
    refused('-2014', 'API-key format invalid'),
    refused('-2015', 'IP, or permissions', 'without saying why'),
    refused('-1121', 'Invalid symbol', 'does not know this symbol'),
    refused('-4000', 'Invalid order status', 'still open'),
    refused('trigger-already-triggered', 'has been triggered', 'still open'),
    refused('trigger-not-owned', 'not owned'),
    refused('403', 'HTTP 403', 'did not come from ZTDX itself'),
    refused('404', 'HTTP 404'),
  ],
  'habit-trade': [
    ...settled,
    filled,
    ...(['500', '502', '503', '504', '409'] as const).map((error) =>
      cancelled(error, { kind: 'refuse', error }, 2),
    ),
    refused('030202', 'Invalid Parameter', '030202', 'still open'),
    refused('11030204', 'Order Limit', 'still open'),
    refused('not-cancellable', 'cannot be cancelled', 'still open'),
    refused('401', 'HTTP 401', 'without saying why'),
    refused('unknown-key', 'Invalid API key'),
    refused('403', 'HTTP 403', 'did not come from Habit Trade itself'),
  ],
  'ox-fun': [
    ...settledBySocket,
    filled,
    refused('05001', 'authority', 'lacks the right'),
    refused('20031', 'temporarily closed', 'maintenance'),
    refused('200050', 'not active', 'maintenance'),
    refused('20011', 'marketCode is required'),
    refused('20001', 'Operation failed', 'still open'),
    cancelled('not found, though it is open', { kind: 'refuse', error: '100005' }, 2),
    cancelled('a time-out inside', { kind: 'refuse', error: '20032' }, 2),
    cancelled('busy', { kind: 'refuse', error: '000201' }, 2),
    cancelled('too fast', { kind: 'refuse', error: '20007' }, 2),
  ],
};
