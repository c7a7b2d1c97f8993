import { describe, expect, test } from 'vitest';
import { advance, type CancellationEvent } from '#lib/domain/cancellation-steps.ts';
import {
  requestCancellation,
  type Cancellation,
  type CancellationId,
  type SweepId,
} from '#lib/domain/cancellation.ts';
import type { Decimal } from '#lib/domain/decimal.ts';
import type { OrderId, OrderReading } from '#lib/domain/order.ts';
import type { CancelReply } from '#lib/domain/reply.ts';
import {
  asked,
  id,
  order,
  sending,
  woken,
  abandoned,
  resolved,
  swept,
  hurried,
  stopped,
  unlisted,
  refusal,
  replied,
  accepted,
  dropped,
  refused,
  invalidTime,
  cancelled,
  claimed,
  closed,
  open,
  missing,
  unread,
  read,
  readLimited,
  silence,
  unresolved,
  after,
  ref,
  afterSweep,
  shown,
  accept,
  drop,
} from './cancellation-events.ts';

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
    ['clock unread: 10 min count for nothing', [], -600_000, undefined, 'cancelled'],
    ['clock unread: more than 10 min before', [], -600_001, undefined, 'was-cancelled'],
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
    ['accepted although cancelled long ago', [accepted], -9_000_000, undefined, 'was-cancelled'],
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
      const reply: CancelReply = { kind: 'cancelled', said: ['CANCELED'], ...updatedAt };
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
    ['words of a reply', accept, { said: ['SUCCESS'] }],
    ['words of the last reply', [...drop, open, ...accept], { said: ['SUCCESS'] }],
    ['refused', [sending, refused], { reason: 'no-right', said: ['FORBIDDEN'] }],
    [
      'refused by the clock',
      [sending, invalidTime, sending, invalidTime, open, open, open],
      { state: 'refused', reason: 'clock' },
    ],
    ['no answer', drop, { trouble: 'unreachable' }],
    ['unread', [...accept, unread], { trouble: 'unreachable' }],
    ['not to be read by this key', [...accept, read(refusal)], { trouble: 'no-right' }],
    ['told to wait with reading', [...accept, readLimited], { trouble: 'rate-limited' }],
    ['lookup without answer', [unresolved(silence)], { trouble: 'unreachable' }],
    [
      'said not to be there, and shown as open',
      [sending, claimed('not-found'), open],
      { state: 'unknown', contradiction: { claim: 'not-found' } },
    ],
    [
      'the same, with a status that is not known',
      [
        sending,
        claimed('filled'),
        read({ status: 'open', order: { ...order, unknownStatus: 'DUE' } }),
      ],
      { contradiction: { claim: 'filled', status: 'DUE' } },
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
    ['id not listed', [unlisted], { said: ['no such client id'], sendings: 0 }],
    [
      'lookup refused',
      [unresolved(refusal)],
      { reason: 'no-right', said: ['FORBIDDEN'], sendings: 0 },
    ],
    ['not found thrice', [...accept, missing, missing, missing], { said: ['Order not found'] }],
    ['ended', [sending, cancelled], { at: { requested: asked, sent: asked, ended: asked } }],
    [
      'cancelled before, by the reply, with what had filled',
      [
        sending,
        replied({ kind: 'cancelled', said: ['CANCELED'], updatedAt: asked - 9_000_000, ...end }),
      ],
      { state: 'was-cancelled', ...end },
    ],
    [
      'cancelled, by the reply, with what had filled',
      [sending, replied({ kind: 'cancelled', said: ['canceled'], ...end })],
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

  test.each<[string, CancellationEvent[]]>([
    ['read again', [...accept, unread, open]],
    ['answered again', [...drop, unread, open, ...accept]],
    ['ended', [...drop, unread, closed('cancelled')]],
    ['abandoned', [...drop, unread, abandoned]],
  ])('%s: nothing of the trouble is left', (_, events) => {
    expect(after(...events)).not.toHaveProperty('trouble');
  });

  test.each<[string, CancellationEvent[]]>([
    ['answered otherwise', [sending, claimed('not-found'), open, ...accept]],
    ['ended', [sending, claimed('not-found'), open, sending, cancelled]],
  ])('%s: nothing of the contradiction is left', (_, events) => {
    expect(after(...events)).not.toHaveProperty('contradiction');
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
