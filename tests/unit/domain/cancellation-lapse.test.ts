import { describe, expect, test } from 'vitest';
import { advance, type CancellationEvent } from '#lib/domain/cancellation-steps.ts';
import {
  requestCancellation,
  type ActId,
  type Cancellation,
  type CancellationId,
} from '#lib/domain/cancellation.ts';
import type { AccountId } from '#lib/domain/account.ts';
import type { ClientOrderId, OrderId } from '#lib/domain/order.ts';
import {
  accept,
  after,
  asked,
  cancelled,
  claimed,
  closed,
  drop,
  hurried,
  limited,
  missing,
  open,
  order,
  read,
  refused,
  sending,
  shown,
  swept,
  unread,
  unresolved,
  silence,
  woken,
} from './cancellation-events.ts';

const lapsed: CancellationEvent = { type: 'lapsed' };
const wanted: CancellationEvent = { type: 'wanted', act: { id: 'act' as ActId } };

describe('a wish that nobody was there for', () => {
  test.each<[string, CancellationEvent[], string]>([
    ['never sent', [lapsed], 'unknown, read in 0'],
    ['never sent, as the next life finds it', [woken, lapsed], 'unknown, read in 0'],
    ['accepted', [...accept, lapsed], 'accepted, read in 0'],
    ['in doubt', [...drop, lapsed], 'unknown, read in 0'],
    ['told to wait', [sending, limited, lapsed], 'unknown, read in 0'],
    ['under way: it is answered first', [sending, lapsed], 'sent, under way'],
    ['under way, then told to wait: read then', [sending, lapsed, limited], 'sent, read in 7000'],
    ['under way, then nothing usable', [sending, lapsed, ...drop.slice(1)], 'unknown, read in 150'],
    ['under way, then cancelled', [sending, lapsed, cancelled], 'cancelled.'],
    ['under way, then refused', [sending, lapsed, refused], 'refused.'],
    ['read: cancelled', [lapsed, closed('cancelled')], 'cancelled.'],
    ['read: filled', [lapsed, closed('filled')], 'filled.'],
    ['read: not found thrice', [lapsed, missing, missing, missing], 'not-found.'],
    ['read: open', [lapsed, open], 'unknown.'],
    [
      'read: open, though it was claimed to be gone',
      [sending, claimed('filled'), lapsed, open],
      'unknown.',
    ],
    ['unread: read again', [lapsed, unread], 'unknown, read in 400'],
    [
      'not to be found: looked for again, and not sent',
      [lapsed, unresolved(silence)],
      'unknown, read in 400',
    ],
    ['after the end', [sending, cancelled, lapsed], 'cancelled.'],
    ['twice', [lapsed, unread, lapsed], 'unknown, read in 400'],
  ])('%s', (_, events, expected) => {
    expect(shown(after(...events))).toBe(expected);
  });

  test('open, it ends with nothing sent, as lapsed', () => {
    expect(after(lapsed, open)).toMatchObject({ stopped: true, lapsed: true, sendings: 0 });
    expect(after(lapsed, open)).not.toHaveProperty('lapsing');
  });

  test('sent a moment ago, it may still act: one reading as open is no end', () => {
    expect(shown(after(...drop, lapsed, open))).toBe('unknown, read in 400');
    const later = asked + 20_000;
    const read = (times: number) =>
      Array.from({ length: times }).reduce<Cancellation>(
        (each) => advance(each, open, later),
        after(...drop, lapsed),
      );
    // By a clock that has leapt ahead it is only seemingly long ago.
    expect(read(2)).not.toHaveProperty('lapsed');
    expect(read(3)).toMatchObject({ lapsed: true });
  });

  test.each<[string, CancellationEvent]>([
    ['by itself', wanted],
    ['ahead of its “Cancel all”', hurried],
    ['with a “Cancel all”', swept],
  ])('asked for anew %s, it is sent', (_, word) => {
    expect(shown(after(lapsed, word))).toBe('unknown, send in 0');
    expect(after(lapsed, word)).not.toHaveProperty('lapsing');
  });

  test('asked for anew while it is under way, it is not sent twice', () => {
    expect(shown(after(sending, lapsed, wanted))).toBe('sent, under way');
  });
});

/** What becomes of a wish that names the order by its client order id. */
const byClient = (...events: CancellationEvent[]): Cancellation => {
  const ref = { accountId: 'account' as AccountId, clientOrderId: 'mine' as ClientOrderId };
  const wish = requestCancellation('wish' as CancellationId, ref, undefined, asked);
  return events.reduce((each, event) => advance(each, event, asked), wish);
};

const bearing = (clientOrderId: string) =>
  read({ status: 'open', order: { ...order, clientOrderId: clientOrderId as ClientOrderId } });

describe('by a client order id', () => {
  const clock = { offset: 0, uncertainty: 10 };
  const openSince = (createdAt: number): CancellationEvent => ({
    type: 'read',
    reading: { status: 'open', order: { ...order, id: 'Found' as OrderId, createdAt } },
    clock,
  });

  test('only an order that was there is meant: one placed since is another', () => {
    expect(shown(byClient(...drop, openSince(asked + 11)))).toBe('unknown, read in 400');
    const thrice = Array.from({ length: 3 }, () => openSince(asked + 11));
    expect(shown(byClient(...drop, ...thrice))).toBe('not-found.');
    expect(shown(byClient(...drop, openSince(asked + 10)))).toBe('unknown, send in 0');
  });

  test('an order that bears another one is the answer to another question', () => {
    expect(byClient(...drop, bearing('another')).ref).not.toHaveProperty('orderId');
    expect(byClient(...drop, bearing('mine')).ref).toHaveProperty('orderId');
  });

  test('once read, it is that order by its own id', () => {
    const found = byClient(...drop, openSince(asked - 1000));
    expect(found.ref).toMatchObject({ orderId: 'Found', clientOrderId: 'mine', symbol: 'BTC_BRL' });
  });

  test('by the venue’s own id an order is meant whenever it was placed', () => {
    const late = read({ status: 'open', order: { ...order, createdAt: asked + 9_000_000 } });
    expect(shown(after(...drop, late))).toBe('unknown, send in 0');
  });
});
