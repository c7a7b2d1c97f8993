import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { AccountId } from '#lib/domain/account.ts';
import { advance, type CancellationEvent } from '#lib/domain/cancellation-steps.ts';
import {
  hasEnded,
  requestCancellation,
  type Cancellation,
  type CancellationId,
} from '#lib/domain/cancellation.ts';
import type { Decimal } from '#lib/domain/decimal.ts';
import type { ClosedOrder, Order, OrderId, OrderReading } from '#lib/domain/order.ts';
import type { CancelReply, Claim, Failure } from '#lib/domain/reply.ts';
import type { SweepId } from '#lib/domain/sweep.ts';

const asked: number = 1_700_000_000_000;
const id = 'one' as OrderId;
const order: Order = {
  id,
  symbol: 'BTC_BRL',
  side: 'buy',
  type: 'limit',
  quantity: '1' as Decimal,
  remaining: '1' as Decimal,
  protective: false,
};

const sending: CancellationEvent = { type: 'sending' };
const woken: CancellationEvent = { type: 'woken' };
const abandoned: CancellationEvent = { type: 'abandoned' };
const resolved: CancellationEvent = {
  type: 'resolved',
  orderId: 'found' as OrderId,
  symbol: 'BTC_BRL',
};
const swept: CancellationEvent = { type: 'swept', sweep: 'later' as SweepId };
const hurried: CancellationEvent = { type: 'hurried' };
const stopped: CancellationEvent = { type: 'stopped' };
const unlisted: CancellationEvent = { type: 'unlisted', words: 'no such client id' };

const refusal: Failure = { kind: 'refused', reason: 'no-right', words: 'FORBIDDEN' };
const badTime: Failure = { kind: 'invalid-time', words: 'Invalid timestamp' };
const slowDown: Failure = { kind: 'rate-limited', retryAfter: 7000, words: 'TOO_MANY' };
const silence: Failure = { kind: 'unknown', words: 'no answer' };

const replied = (reply: CancelReply): CancellationEvent => ({ type: 'replied', reply });
const accepted = replied({ kind: 'accepted', words: 'SUCCESS' });
const dropped = replied(silence);
const refused = replied(refusal);
const invalidTime = replied(badTime);
const limited = replied(slowDown);
const cancelled = replied({ kind: 'cancelled', words: 'canceled' });
const claimed = (claim: Claim) => replied({ kind: 'claimed', claim, words: `says ${claim}` });

const read = (reading: OrderReading | Failure): CancellationEvent => ({ type: 'read', reading });
const closed = (status: 'filled' | 'cancelled', more: Partial<ClosedOrder> = {}) =>
  read({ status, order: { id, ...more } });
const open = read({ status: 'open', order });
const missing = read({ status: 'not-found', words: 'Order not found' });
const unread = read(silence);
const readLimited = read(slowDown);
const unresolved = (failure: Failure): CancellationEvent => ({ type: 'unresolved', failure });

/** All events happen at the moment of asking, so that `next.at` is the wait. */
function after(...events: CancellationEvent[]): Cancellation {
  const wish = requestCancellation('wish' as CancellationId, ref, order, asked);
  return events.reduce((cancellation, event) => advance(cancellation, event, asked), wish);
}

const ref = { accountId: 'account' as AccountId, orderId: id };

/** The same for one that was asked for by a “Cancel all”. */
function afterSweep(...events: CancellationEvent[]): Cancellation {
  const sweep = 'sweep' as SweepId;
  const wish = requestCancellation('wish' as CancellationId, ref, order, asked, sweep);
  return events.reduce((cancellation, event) => advance(cancellation, event, asked), wish);
}

/** The state; then the next step and its wait, or that it has ended, or that a request is under way. */
function shown(cancellation: Cancellation): string {
  const { state, next } = cancellation;
  if (hasEnded(cancellation)) return next ? `${state} but goes on` : `${state}.`;
  return next ? `${state}, ${next.step} in ${next.at - asked}` : `${state}, under way`;
}

const accept = [sending, accepted];
const drop = [sending, dropped];

const other = (...events: CancellationEvent[]): CancellationEvent => ({
  type: 'joined',
  other: afterSweep(...events),
});

describe('state and next step', () => {
  test.each<[string, CancellationEvent[], string]>([
    ['a wish', [], 'requested, send in 0'],
    ['sending', [sending], 'sent, under way'],

    ['replied: cancelled', [sending, cancelled], 'cancelled.'],
    ['replied: accepted', accept, 'accepted, read in 150'],
    ['replied: nothing', drop, 'unknown, read in 150'],
    ['replied: refused', [sending, refused], 'refused.'],
    ['replied: invalid time', [sending, invalidTime], 'sent, send in 0'],
    ['replied: rate-limited', [sending, limited], 'sent, send in 7000'],
    ['replied: claims it filled', [sending, claimed('filled')], 'sent, read in 0'],
    ['replied: claims it was cancelled', [sending, claimed('was-cancelled')], 'sent, read in 0'],
    ['replied: claims there is none', [sending, claimed('not-found')], 'sent, read in 0'],
    ['replied: claims it cannot', [sending, claimed('not-cancellable')], 'sent, read in 0'],

    ['invalid time, sent again', [sending, invalidTime, sending], 'sent, under way'],
    ['invalid time, cancelled', [sending, invalidTime, sending, cancelled], 'cancelled.'],
    ['invalid time twice', [sending, invalidTime, sending, invalidTime], 'sent, read in 0'],
    [
      'invalid time twice, read: open, thrice',
      [sending, invalidTime, sending, invalidTime, open, open, open],
      'refused.',
    ],
    [
      'invalid time twice, unread thrice',
      [sending, invalidTime, sending, invalidTime, unread, unread, unread],
      'refused.',
    ],
    [
      'invalid time twice, read: cancelled, for the first was a repetition by the browser',
      [sending, invalidTime, sending, invalidTime, closed('cancelled')],
      'cancelled.',
    ],
    ['rate-limited, sent again', [sending, limited, sending], 'sent, under way'],
    ['rate-limited twice', [sending, limited, sending, limited], 'sent, send in 7000'],
    ['rate-limited, refused', [sending, limited, sending, refused], 'refused.'],

    ['accepted, read: filled', [...accept, closed('filled')], 'filled.'],
    ['accepted, read: cancelled', [...accept, closed('cancelled')], 'cancelled.'],
    ['accepted, read: open', [...accept, open], 'accepted, read in 400'],
    ['accepted, open twice', [...accept, open, open], 'accepted, read in 1000'],
    ['accepted, open 3 times', [...accept, open, open, open], 'accepted, read in 2000'],
    ['accepted, open 4 times', [...accept, open, open, open, open], 'accepted, read in 4000'],
    [
      'accepted, open 5 times: sent again',
      [...accept, open, open, open, open, open],
      'accepted, send in 8000',
    ],
    [
      'accepted, sent again: still accepted',
      [...accept, open, open, open, open, open, sending],
      'accepted, under way',
    ],
    ['accepted, unread', [...accept, unread], 'accepted, read in 400'],
    ['accepted, reading refused', [...accept, read(refusal)], 'accepted, read in 400'],
    ['accepted, reading at a wrong time', [...accept, read(badTime)], 'accepted, read in 400'],
    ['accepted, reading rate-limited', [...accept, readLimited], 'accepted, read in 7000'],
    ['accepted, not found once', [...accept, missing], 'accepted, read in 400'],
    ['accepted, not found twice', [...accept, missing, missing], 'accepted, read in 1000'],
    ['accepted, not found thrice', [...accept, missing, missing, missing], 'not-found.'],
    [
      'not found thrice, but not in a row',
      [...accept, missing, missing, open, missing],
      'accepted, read in 4000',
    ],
    [
      'an unread order breaks no row of not found',
      [...accept, missing, unread, missing, unread, missing],
      'not-found.',
    ],

    ['dropped, read: open: sent again at once', [...drop, open], 'unknown, send in 0'],
    ['dropped, sent again', [...drop, open, sending], 'unknown, under way'],
    ['dropped, sent again, accepted', [...drop, open, ...accept], 'accepted, read in 400'],
    ['dropped, sent again, cancelled', [...drop, open, sending, cancelled], 'cancelled.'],
    ['dropped twice', [...drop, open, ...drop], 'unknown, read in 400'],
    ['dropped, read: filled', [...drop, closed('filled')], 'filled.'],
    ['dropped, read: cancelled', [...drop, closed('cancelled')], 'cancelled.'],
    ['dropped, unread', [...drop, unread], 'unknown, read in 400'],
    ['dropped, not found once', [...drop, missing], 'unknown, read in 400'],
    ['dropped, not found thrice', [...drop, missing, missing, missing], 'not-found.'],
    [
      'dropped; not found before the second sending counts no more',
      [...drop, missing, missing, ...drop, missing],
      'unknown, read in 2000',
    ],

    ['second sending refused: read', [...drop, open, sending, refused], 'unknown, read in 0'],
    [
      'second sending refused, read: open, while the first may still act: tried again',
      [...drop, open, sending, refused, open],
      'unknown, send in 1000',
    ],
    [
      'second sending refused, read: cancelled',
      [...drop, open, sending, refused, closed('cancelled')],
      'cancelled.',
    ],
    [
      'second sending refused, read: filled',
      [...drop, open, sending, refused, closed('filled')],
      'filled.',
    ],
    ['second sending refused, not found', [...drop, open, sending, refused, missing], 'not-found.'],
    [
      'second sending refused, never readable: goes on',
      [...drop, open, sending, refused, unread, unread, unread, unread, unread],
      'unknown, read in 16000',
    ],
    [
      'second sending at a wrong time twice: read',
      [...drop, open, sending, invalidTime, sending, invalidTime],
      'unknown, read in 0',
    ],
    ['second sending rate-limited', [...drop, open, sending, limited], 'unknown, send in 7000'],

    ['claim filled, read: filled', [sending, claimed('filled'), closed('filled')], 'filled.'],
    [
      'claim filled, read: cancelled',
      [sending, claimed('filled'), closed('cancelled')],
      'cancelled.',
    ],
    ['claim filled, not found', [sending, claimed('filled'), missing], 'filled.'],
    ['claim filled, read: open', [sending, claimed('filled'), open], 'unknown, send in 400'],
    [
      'claim filled, unread twice',
      [sending, claimed('filled'), unread, unread],
      'sent, read in 1000',
    ],
    [
      'claim filled, unread thrice',
      [sending, claimed('filled'), unread, unread, unread],
      'filled.',
    ],
    [
      'claim filled, reads rate-limited: waits for one',
      [sending, claimed('filled'), readLimited, readLimited, readLimited, readLimited],
      'sent, read in 7000',
    ],
    [
      'claim was-cancelled, not found',
      [sending, claimed('was-cancelled'), missing],
      'was-cancelled.',
    ],
    [
      'claim was-cancelled, unread thrice',
      [sending, claimed('was-cancelled'), unread, unread, unread],
      'was-cancelled.',
    ],
    [
      'claim was-cancelled after a sending in doubt, unread thrice: our own',
      [...drop, open, sending, claimed('was-cancelled'), unread, unread, unread],
      'cancelled.',
    ],
    [
      'claim was-cancelled after a sending in doubt, not found: our own',
      [...drop, open, sending, claimed('was-cancelled'), missing],
      'cancelled.',
    ],
    [
      'claim was-cancelled, read: open',
      [sending, claimed('was-cancelled'), open],
      'unknown, send in 400',
    ],
    [
      'claim was-cancelled, read: open, sent again, dropped: the claim is forgotten',
      [sending, claimed('was-cancelled'), open, ...drop, unread, unread, unread],
      'unknown, read in 4000',
    ],
    ['claim not-found, not found', [sending, claimed('not-found'), missing], 'not-found.'],
    ['claim not-found, read: open', [sending, claimed('not-found'), open], 'unknown, send in 400'],
    ['claim not-found, read: filled', [sending, claimed('not-found'), closed('filled')], 'filled.'],
    [
      'claim not-found, unread thrice',
      [sending, claimed('not-found'), unread, unread, unread],
      'not-found.',
    ],
    [
      'claim not-cancellable, read: open, once: a repeated request may be under way',
      [sending, claimed('not-cancellable'), open],
      'sent, read in 400',
    ],
    [
      'claim not-cancellable, read: open, thrice',
      [sending, claimed('not-cancellable'), open, open, open],
      'refused.',
    ],
    [
      'claim not-cancellable, read: filled',
      [sending, claimed('not-cancellable'), closed('filled')],
      'filled.',
    ],
    [
      'claim not-cancellable, not found',
      [sending, claimed('not-cancellable'), missing],
      'not-found.',
    ],
    [
      'claim not-cancellable, unread thrice',
      [sending, claimed('not-cancellable'), unread, unread, unread],
      'refused.',
    ],
    [
      'claim not-cancellable after a sending in doubt, unread thrice: goes on',
      [...drop, open, sending, claimed('not-cancellable'), unread, unread, unread],
      'unknown, read in 2000',
    ],

    ['id found', [resolved], 'requested, send in 0'],
    ['id found, sending', [resolved, sending], 'sent, under way'],
    ['id not listed', [unlisted], 'not-found.'],
    ['lookup refused', [unresolved(refusal)], 'refused.'],
    ['lookup rate-limited', [unresolved(slowDown)], 'requested, send in 7000'],
    ['lookup without answer', [unresolved(silence)], 'requested, send in 400'],
    [
      'lookup without answer twice',
      [unresolved(silence), unresolved(silence)],
      'requested, send in 1000',
    ],
    ['lookup at a wrong time', [unresolved(badTime)], 'requested, send in 400'],
    [
      'several ids found',
      [replied({ kind: 'refused', reason: 'ambiguous', words: '2' })],
      'refused.',
    ],

    ['woken before it was sent', [woken], 'requested, send in 0'],
    ['woken while under way: the journal knows no answer', [sending, woken], 'unknown, read in 0'],
    [
      'woken while the second sending was under way',
      [...drop, open, sending, woken],
      'unknown, read in 0',
    ],
    [
      'woken while sending again what was accepted',
      [...accept, open, open, open, open, open, sending, woken],
      'accepted, read in 0',
    ],
    [
      'woken, then refused: in doubt',
      [sending, woken, open, sending, refused],
      'unknown, read in 0',
    ],
    ['woken while confirming', [...accept, woken], 'accepted, read in 150'],
    ['woken in doubt', [...drop, woken], 'unknown, read in 150'],
    ['woken while rate-limited', [sending, limited, woken], 'sent, send in 7000'],
    ['woken with a claim', [sending, claimed('filled'), woken], 'sent, read in 0'],
    ['woken after the end', [sending, cancelled, woken], 'cancelled.'],

    ['abandoned before it was sent', [abandoned], 'requested.'],
    ['abandoned under way', [sending, abandoned], 'sent.'],
    ['abandoned while confirming', [...accept, abandoned], 'accepted.'],
    ['abandoned in doubt', [...drop, abandoned], 'unknown.'],
    ['abandoned, then proven: nobody looked', [...drop, abandoned, closed('filled')], 'unknown.'],
    ['abandoned after the end', [sending, cancelled, abandoned], 'cancelled.'],
  ])('%s', (_, events, expected) => {
    expect(shown(after(...events))).toBe(expected);
  });

  describe('of a “Cancel all” that is stopped', () => {
    const doubted = [woken, stopped];
    test.each<[string, CancellationEvent[], string]>([
      ['not sent: it ends', [stopped], 'requested.'],
      ['under way: it goes on', [sending, stopped], 'sent, under way'],
      ['and is cancelled', [sending, stopped, cancelled], 'cancelled.'],
      ['accepted: it is read on', [...accept, stopped], 'accepted, read in 150'],
      ['no answer: it is read on', [...drop, stopped], 'unknown, read in 150'],
      ['no answer and open: it is sent again', [...drop, open, stopped], 'unknown, send in 0'],
      ['rate-limited: nothing was done, it ends', [sending, limited, stopped], 'sent.'],
      ['at a wrong time: nothing was done, it ends', [sending, invalidTime, stopped], 'sent.'],
      ['its list could not be read: it ends', [unresolved(silence), stopped], 'requested.'],
      ['claims it filled: it is read', [sending, claimed('filled'), stopped], 'sent, read in 0'],
      [
        'claims it cannot, and open: that is its end',
        [sending, claimed('not-cancellable'), stopped, open, open, open],
        'refused.',
      ],
      [
        'claims it filled, and filled',
        [sending, claimed('filled'), stopped, closed('filled')],
        'filled.',
      ],
      ['ended: nothing changes', [sending, cancelled, stopped], 'cancelled.'],

      ['the last life may have sent it: it is read', doubted, 'requested, read in 0'],
      ['and is open', [...doubted, open], 'requested, read in 400'],
      ['and is open twice', [...doubted, open, open], 'requested, read in 1000'],
      ['and is open thrice: it was not', [...doubted, open, open, open], 'requested.'],
      ['and is unread: it is read again', [...doubted, unread], 'requested, read in 400'],
      ['and is cancelled: it was', [...doubted, closed('cancelled')], 'cancelled.'],
      ['and is filled', [...doubted, closed('filled')], 'filled.'],
      ['and is gone', [...doubted, missing, missing, missing], 'not-found.'],
      ['stopped twice', [...doubted, stopped], 'requested, read in 0'],
      ['stopped, and the worker dies again', [...doubted, woken], 'requested, read in 0'],
      ['the last life had sent it: it goes on', [sending, woken, stopped], 'unknown, read in 0'],

      ['asked for by itself too: it goes on', [hurried, stopped], 'requested, send in 0'],
      [
        'asked for by itself while it is read: it is sent',
        [...doubted, open, hurried],
        'requested, send in 0',
      ],
      [
        'meant by another one while it is read: it is sent',
        [...doubted, open, swept],
        'requested, send in 0',
      ],
    ])('%s', (_, events, expected) => {
      expect(shown(afterSweep(...events))).toBe(expected);
    });
  });

  describe('of one asked for by itself', () => {
    test.each<[string, CancellationEvent[], string]>([
      ['swept: nothing else changes', [swept], 'requested, send in 0'],
      ['swept while it is read', [...accept, swept], 'accepted, read in 150'],
      ['swept and stopped: it goes on', [swept, stopped], 'requested, send in 0'],
      ['swept after the end', [sending, cancelled, swept], 'cancelled.'],
      ['hurried: nothing else changes', [hurried], 'requested, send in 0'],
    ])('%s', (_, events, expected) => {
      expect(shown(after(...events))).toBe(expected);
    });

    test.each<[string, CancellationEvent, string]>([
      ['has ended: so does this one', other(sending, cancelled), 'cancelled.'],
      [
        'goes on without being looked after: this one is sent',
        other(...accept),
        'requested, send in 0',
      ],
      ['was stopped before it was sent: this one is sent', other(stopped), 'requested, send in 0'],
    ])('joined to another that %s', (_, joined, expected) => {
      expect(shown(after(joined))).toBe(expected);
    });
  });

  test('readings slow down to one in 30 s, and stay there', () => {
    const waits = Array.from({ length: 11 }, (_, count) =>
      shown(after(...drop, ...Array<CancellationEvent>(count).fill(unread))),
    );
    const seconds = [0.15, 0.4, 1, 2, 4, 8, 16, 30, 30, 30, 30];
    expect(waits).toEqual(seconds.map((wait) => `unknown, read in ${wait * 1000}`));
  });
});

describe('cancelled by this wish, or before it', () => {
  const late = { id, updatedAt: asked + 1 };
  const cases: [string, CancellationEvent[], number | undefined, Clock | undefined, string][] = [
    ['changed after the asking', [], 1, sure(0), 'cancelled'],
    ['changed at the asking', [], 0, sure(0), 'cancelled'],
    ['changed before it', [], -1, sure(0), 'was-cancelled'],
    ['before it, but within the uncertainty', [], -20, { offset: 0, uncertainty: 20 }, 'cancelled'],
    ['before it by more', [], -21, { offset: 0, uncertainty: 20 }, 'was-cancelled'],
    ['venue ahead: its later time is before', [], 59_999, sure(60_000), 'was-cancelled'],
    ['venue ahead: its time is after', [], 60_000, sure(60_000), 'cancelled'],
    ['venue behind: its earlier time is after', [], -60_000, sure(-60_000), 'cancelled'],
    ['venue behind: before', [], -60_001, sure(-60_000), 'was-cancelled'],
    ['clock unread: 5 s count for nothing', [], -5000, undefined, 'cancelled'],
    ['clock unread: more than 5 s before', [], -5001, undefined, 'was-cancelled'],
    ['no time told', [], undefined, sure(0), 'cancelled'],
    ['no time told, yet claimed', [claimed('was-cancelled')], undefined, sure(0), 'was-cancelled'],
    ['claimed, but changed after the asking', [claimed('was-cancelled')], 1, sure(0), 'cancelled'],
    ['claimed, and changed before', [claimed('was-cancelled')], -1, sure(0), 'was-cancelled'],
    [
      'no time told, claimed to a second sending',
      [dropped, open, sending, claimed('was-cancelled')],
      undefined,
      sure(0),
      'cancelled',
    ],
    ['accepted although cancelled long ago', [accepted], -9000, undefined, 'was-cancelled'],
  ];

  test.each(cases)('%s: %s', (_, events, change, clock, expected) => {
    const last: CancellationEvent = {
      type: 'read',
      reading: {
        status: 'cancelled',
        order: { id, ...(change !== undefined && { updatedAt: asked + change }) },
      },
      ...(clock && { clock }),
    };
    expect(shown(after(sending, ...events, last))).toBe(`${expected}.`);
  });

  test.each(cases.filter(([, events]) => events.length === 0))(
    'by the reply itself, %s: %s',
    (_, __, change, clock, expected) => {
      const updatedAt = change === undefined ? {} : { updatedAt: asked + change };
      const reply: CancelReply = { kind: 'cancelled', words: 'CANCELED', ...updatedAt };
      const last: CancellationEvent = { type: 'replied', reply, ...(clock && { clock }) };
      expect(shown(after(sending, last))).toBe(`${expected}.`);
    },
  );

  test('by a reply without a time of change: this wish, whatever was claimed before', () => {
    expect(shown(after(sending, claimed('was-cancelled'), cancelled))).toBe('cancelled.');
  });

  test('what counts is when it was asked for, not when it was sent', () => {
    const wish = requestCancellation('wish' as CancellationId, ref, order, asked);
    const sent = advance(wish, sending, asked + 60_000);
    const reading: OrderReading = { status: 'cancelled', order: late };
    const ended = advance(sent, { type: 'read', reading, clock: sure(0) }, asked + 60_100);
    expect(ended.state).toBe('cancelled');
  });
});

type Clock = { offset: number; uncertainty: number };
function sure(offset: number): Clock {
  return { offset, uncertainty: 0 };
}

describe('what is written down besides', () => {
  const end = { filled: '0.4' as Decimal, quantity: '2' as Decimal };
  test.each<[string, CancellationEvent[], Partial<Cancellation>]>([
    ['a wish', [], { at: { requested: asked }, sendings: 0, inDoubt: false, ref, order }],
    ['sending', [sending], { at: { requested: asked, sent: asked }, sendings: 1, lastSent: asked }],
    ['sending thrice', [...drop, open, ...drop, open, sending], { sendings: 3, inDoubt: true }],
    ['accepted', accept, { at: { requested: asked, sent: asked, accepted: asked }, inDoubt: true }],
    ['words of a reply', accept, { words: 'SUCCESS' }],
    ['words of the last reply', [...drop, open, ...accept], { words: 'SUCCESS' }],
    ['refused', [sending, refused], { reason: 'no-right', words: 'FORBIDDEN' }],
    [
      'refused by the clock',
      [sending, invalidTime, sending, invalidTime, unread, unread, unread],
      { state: 'refused', reason: 'clock' },
    ],
    ['the clock was set right', [sending, invalidTime], { clockCorrected: true }],
    [
      'refused although open',
      [sending, claimed('not-cancellable'), open, open, open],
      { reason: 'not-cancellable' },
    ],
    [
      'second sending refused, then cancelled after all: no reason of a refusal is left',
      [...drop, open, sending, refused, closed('cancelled')],
      { state: 'cancelled' },
    ],
    ['id found', [resolved], { ref: { ...ref, orderId: 'found' as OrderId, symbol: 'BTC_BRL' } }],
    ['id not listed', [unlisted], { words: 'no such client id', sendings: 0 }],
    [
      'lookup refused',
      [unresolved(refusal)],
      { reason: 'no-right', words: 'FORBIDDEN', sendings: 0 },
    ],
    ['not found thrice', [...accept, missing, missing, missing], { words: 'Order not found' }],
    ['ended', [sending, cancelled], { at: { requested: asked, sent: asked, ended: asked } }],
    [
      'cancelled before, by the reply, with what had filled',
      [sending, replied({ kind: 'cancelled', words: 'CANCELED', updatedAt: asked - 9000, ...end })],
      { state: 'was-cancelled', ...end },
    ],
    [
      'cancelled, by the reply, with what had filled',
      [sending, replied({ kind: 'cancelled', words: 'canceled', ...end })],
      end,
    ],
    ['cancelled, by a reading, with what had filled', [...accept, closed('cancelled', end)], end],
    ['filled', [...accept, closed('filled', end)], end],
    [
      'the quantity is the order’s where the end tells none',
      [sending, cancelled],
      { quantity: '1' as Decimal },
    ],
    [
      'abandoned',
      [...drop, abandoned],
      { abandoned: true, at: { requested: asked, sent: asked, ended: asked } },
    ],
    ['swept', [swept], { sweep: 'later' as SweepId, first: true }],
    ['hurried', [hurried], { first: true }],
  ])('%s', (_, events, expected) => {
    expect(after(...events)).toMatchObject(expected);
  });

  test.each<[string, CancellationEvent[], Partial<Cancellation>]>([
    ['a wish', [], { sweep: 'sweep' as SweepId }],
    ['hurried', [hurried], { sweep: 'sweep' as SweepId, first: true }],
    ['stopped', [stopped], { stopped: true, sendings: 0, at: { requested: asked, ended: asked } }],
    ['stopped in doubt', [woken, stopped], { stopping: true, readings: 0 }],
  ])('of a “Cancel all”: %s', (_, events, expected) => {
    expect(afterSweep(...events)).toMatchObject(expected);
  });

  test.each<[string, CancellationEvent[], string]>([
    ['a wish', [], 'first'],
    ['meant by another one: it goes no sooner', [swept], 'first'],
    ['stopped', [stopped], 'next'],
    ['stopped after it was read', [woken, stopped, open, open, open], 'stopping'],
    ['read, and not stopped yet', [woken, stopped, open, open], 'stopped'],
    ['under way', [sending, stopped], 'stopped'],
  ])('of a “Cancel all”: %s', (_, events, key) => {
    expect(afterSweep(...events)).not.toHaveProperty(key);
  });

  test('a cancellation of an unknown order ends without a quantity', () => {
    const wish = requestCancellation('wish' as CancellationId, ref, undefined, asked);
    const ended = advance(advance(wish, sending, asked), cancelled, asked);
    expect(ended).not.toHaveProperty('quantity');
    expect(ended).not.toHaveProperty('filled');
  });

  test('not found after a refused second sending takes the reason with it', () => {
    expect(after(...drop, open, sending, refused, missing)).not.toHaveProperty('reason');
  });

  test('the times of the first sending and the first acceptance stay', () => {
    let last = requestCancellation('wish' as CancellationId, ref, order, asked);
    const events = [...accept, open, open, open, open, open, ...accept];
    for (const [index, event] of events.entries()) last = advance(last, event, asked + index * 10);
    expect(last.at).toEqual({ requested: asked, sent: asked, accepted: asked + 10 });
    expect(last.lastSent).toBe(asked + 70);
  });
});

describe('laws', () => {
  const words = fc.string({ maxLength: 5 });
  const decimal = fc.constantFrom('0', '0.5', '1').map((text) => text as Decimal);
  const failure: fc.Arbitrary<Failure> = fc.oneof(
    fc.record({
      kind: fc.constant('refused' as const),
      reason: fc.constantFrom('no-right' as const, 'invalid-request' as const),
      words,
    }),
    fc.record({ kind: fc.constant('invalid-time' as const), words }),
    fc.record({ kind: fc.constant('rate-limited' as const), retryAfter: fc.nat(60_000), words }),
    fc.record({ kind: fc.constant('unknown' as const), words }),
  );
  const claim = fc.constantFrom<Claim>('filled', 'was-cancelled', 'not-found', 'not-cancellable');
  const cancelReply: fc.Arbitrary<CancelReply> = fc.oneof(
    fc.record({ kind: fc.constant('cancelled' as const), filled: decimal, words }),
    fc.record({ kind: fc.constant('accepted' as const), words }),
    fc.record({ kind: fc.constant('claimed' as const), claim, words }),
    failure,
  );
  const closedOrder = fc.record(
    {
      id: fc.constant(id),
      filled: decimal,
      updatedAt: fc.integer({ min: asked - 9000, max: asked + 9000 }),
    },
    { requiredKeys: ['id'] },
  );
  const reading: fc.Arbitrary<OrderReading | Failure> = fc.oneof(
    fc.constant({ status: 'open' as const, order }),
    fc.record({
      status: fc.constantFrom('filled' as const, 'cancelled' as const),
      order: closedOrder,
    }),
    fc.record({ status: fc.constant('not-found' as const), words }),
    failure,
  );
  const event: fc.Arbitrary<CancellationEvent> = fc.oneof(
    { weight: 4, arbitrary: fc.constant(sending) },
    {
      weight: 4,
      arbitrary: fc.record({ type: fc.constant('replied' as const), reply: cancelReply }),
    },
    { weight: 6, arbitrary: fc.record({ type: fc.constant('read' as const), reading }) },
    { weight: 1, arbitrary: fc.record({ type: fc.constant('unresolved' as const), failure }) },
    { weight: 1, arbitrary: fc.constantFrom(woken, resolved, unlisted, abandoned) },
    { weight: 1, arbitrary: fc.constantFrom(swept, hurried, stopped) },
  );
  const events = fc.array(event, { maxLength: 30 });

  const aside = new Set<CancellationEvent['type']>(['resolved', 'swept', 'hurried', 'stopped']);

  /** Each event with the cancellation before and after it. */
  function course(happened: readonly CancellationEvent[]) {
    let before = after();
    return happened.map((event, index) => {
      const step = { event, before, after: advance(before, event, asked + index) };
      before = step.after;
      return step;
    });
  }

  test('what has ended never changes', () => {
    fc.assert(
      fc.property(events, (happened) => {
        for (const step of course(happened)) {
          if (hasEnded(step.before)) expect(step.after).toBe(step.before);
        }
      }),
    );
  });

  test('what has not ended has a next step, unless a request is under way', () => {
    fc.assert(
      fc.property(events, (happened) => {
        let underWay = false;
        for (const step of course(happened)) {
          // Finding the id neither begins nor ends a request, nor does a wish or a stop.
          if (!aside.has(step.event.type)) underWay = step.event.type === 'sending';
          if (hasEnded(step.after)) expect(step.after.next).toBeUndefined();
          else expect(step.after.next === undefined).toBe(underWay);
        }
      }),
    );
  });

  test('nothing is cancelled, filled or already cancelled without the venue having said so', () => {
    fc.assert(
      fc.property(events, (happened) => {
        const said = new Set<string>();
        for (const step of course(happened)) {
          if (!hasEnded(step.before)) said.add(saidBy(step.event));
          const { state } = step.after;
          if (state === 'cancelled' || state === 'was-cancelled') {
            expect(said.has('cancelled') || said.has('was-cancelled')).toBe(true);
          }
          if (state === 'filled') expect(said).toContain('filled');
        }
      }),
    );
  });

  test('each sending is counted, and the journal keeps the wish as it was', () => {
    fc.assert(
      fc.property(events, (happened) => {
        for (const step of course(happened)) {
          const counted = step.event.type === 'sending' && !hasEnded(step.before) ? 1 : 0;
          expect(step.after.sendings).toBe(step.before.sendings + counted);
          expect(step.after.at.requested).toBe(asked);
          expect(step.after.id).toBe('wish');
        }
      }),
    );
  });

  test('a next step is never in the past', () => {
    fc.assert(
      fc.property(events, (happened) => {
        for (const [index, step] of course(happened).entries()) {
          const { next } = step.after;
          if (next && next !== step.before.next)
            expect(next.at).toBeGreaterThanOrEqual(asked + index);
        }
      }),
    );
  });

  test('it survives the journal: the same JSON goes on the same way', () => {
    fc.assert(
      fc.property(events, event, (happened, last) => {
        const cancellation = after(...happened);
        const restored = JSON.parse(JSON.stringify(cancellation)) as Cancellation;
        expect(advance(restored, last, asked)).toEqual(advance(cancellation, last, asked));
      }),
    );
  });
});

function saidBy(event: CancellationEvent): string {
  if (event.type === 'replied') {
    return event.reply.kind === 'claimed' ? event.reply.claim : event.reply.kind;
  }
  return event.type === 'read' && 'status' in event.reading ? event.reading.status : event.type;
}
