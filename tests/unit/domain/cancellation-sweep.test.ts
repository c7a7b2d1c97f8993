import { describe, expect, test } from 'vitest';
import type { CancellationEvent } from '#lib/domain/cancellation-steps.ts';
import {
  sending,
  woken,
  swept,
  hurried,
  stopped,
  silence,
  invalidTime,
  limited,
  cancelled,
  claimed,
  closed,
  open,
  missing,
  unread,
  unresolved,
  after,
  afterSweep,
  shown,
  accept,
  drop,
  other,
} from './cancellation-events.ts';

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
    ['at a wrong time: it is read', [sending, invalidTime, stopped], 'sent, read in 0'],
    [
      'at a wrong time, and open thrice: it ends',
      [sending, invalidTime, stopped, open, open, open],
      'sent.',
    ],
    [
      'at a wrong time, and cancelled, for that was a repetition by the browser',
      [sending, invalidTime, stopped, closed('cancelled')],
      'cancelled.',
    ],
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
