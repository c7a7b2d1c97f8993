import { describe, expect, test } from 'vitest';
import { type CancellationEvent } from '#lib/domain/cancellation-steps.ts';
import {
  sending,
  woken,
  abandoned,
  resolved,
  unlisted,
  refusal,
  badTime,
  slowDown,
  silence,
  replied,
  refused,
  invalidTime,
  limited,
  cancelled,
  claimed,
  read,
  closed,
  open,
  missing,
  unread,
  readLimited,
  unresolved,
  after,
  shown,
  accept,
  drop,
} from './cancellation-events.ts';

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

  test('readings slow down to one in 30 s, and stay there', () => {
    const waits = Array.from({ length: 11 }, (_, count) =>
      shown(after(...drop, ...Array<CancellationEvent>(count).fill(unread))),
    );
    const seconds = [0.15, 0.4, 1, 2, 4, 8, 16, 30, 30, 30, 30];
    expect(waits).toEqual(seconds.map((wait) => `unknown, read in ${wait * 1000}`));
  });
});
