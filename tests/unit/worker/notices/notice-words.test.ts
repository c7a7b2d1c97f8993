import { describe, expect, test } from 'vitest';
import {
  requestCancellation,
  type Cancellation,
  type CancellationId,
  type CancellationState,
} from '#lib/domain/cancellation.ts';
import type { Decimal } from '#lib/domain/decimal.ts';
import type { ClientOrderId, Order, OrderId, OrderRef } from '#lib/domain/order.ts';
import { isTrouble } from '#lib/domain/standing.ts';
import { lockedNoticeWords, noticeWords } from '#lib/worker/notices/notice-words.ts';
import { accountOf, now, orderOf } from '#tests/unit/support/view-world.ts';

const account = accountOf('a', 'btcturk', 'Turkish lira');
const accountOfAll = () => account;
const half: Order = orderOf('26947521101', {
  quantity: '0.5' as Decimal,
  price: '4150000' as Decimal,
});

/** Of an order of which only the name is known. */
function unseen(name: Pick<OrderRef, 'orderId' | 'clientOrderId'>): Cancellation {
  const ref = { accountId: account.id, ...name };
  const wish = requestCancellation('1' as CancellationId, ref, undefined, now);
  return { ...wish, state: 'not-found' };
}

function ended(
  state: CancellationState,
  more: Partial<Cancellation> = {},
  order = orderOf(`${state} order`),
): Cancellation {
  const ref = { accountId: account.id, orderId: order.id };
  const id = state as string as CancellationId;
  return { ...requestCancellation(id, ref, order, now), state, ...more };
}

describe('what is trouble', () => {
  test.each<[state: CancellationState, more: Partial<Cancellation>, trouble: boolean]>([
    ['cancelled', {}, false],
    ['was-cancelled', {}, false],
    ['filled', {}, true],
    ['not-found', {}, true],
    ['refused', {}, true],
    ['unknown', {}, true],
    ['requested', {}, true],
    ['sent', {}, true],
    ['accepted', {}, true],
    ['cancelled', { abandoned: true }, true],
    ['sent', { stopped: true }, true],
    ['was-cancelled', { stopped: true }, true],
  ])('%s %o: %s', (state, more, trouble) => {
    expect(isTrouble(ended(state, more))).toBe(trouble);
  });
});

describe('one cancellation', () => {
  const name = 'Buy 0.5 BTCTRY at 4150000, Turkish lira (BtcTurk), 26947521101';
  test.each<[what: string, cancellation: Cancellation, title: string, message: string]>([
    ['cancelled', ended('cancelled', {}, half), 'Cancelled', name],
    [
      'partly filled',
      ended('cancelled', { filled: '0.2' as Decimal, quantity: '0.5' as Decimal }, half),
      'Cancelled, filled 0.2 of 0.5',
      name,
    ],
    ['nothing filled', ended('cancelled', { filled: '0' as Decimal }, half), 'Cancelled', name],
    [
      'filled',
      ended('filled', { filled: '0.5' as Decimal, quantity: '0.5' as Decimal }, half),
      'Already filled, filled 0.5 of 0.5',
      name,
    ],
    ['was cancelled', ended('was-cancelled', {}, half), 'Already cancelled', name],
    ['not found', ended('not-found', {}, half), 'Not found', name],
    ['refused', ended('refused', { said: ['FORBIDDEN'] }, half), 'Refused: FORBIDDEN', name],
    ['still under way', ended('accepted', {}, half), 'Accepted, confirming', name],
    ['unknown', ended('unknown', {}, half), 'Unknown, checking', name],
    [
      'account removed',
      ended('sent', { abandoned: true, sendings: 1 }, half),
      'Unknown: the account was removed',
      name,
    ],
    [
      'the order not known',
      unseen({ orderId: '4711' as OrderId }),
      'Not found',
      'Turkish lira (BtcTurk), 4711',
    ],
    [
      'only the client id known',
      unseen({ clientOrderId: 'grid-1' as ClientOrderId }),
      'Not found',
      'Turkish lira (BtcTurk), grid-1',
    ],
    [
      'asked for by the client id, the order known',
      ended(
        'cancelled',
        { ref: { accountId: account.id, clientOrderId: 'grid-1' as ClientOrderId } },
        half,
      ),
      'Cancelled',
      name,
    ],
  ])('%s', (_, cancellation, title, message) => {
    expect(noticeWords([cancellation], accountOfAll)).toEqual({ title, message });
  });

  test('of an account that is there no more', () => {
    expect(noticeWords([ended('cancelled', {}, half)], () => undefined).message).toBe(
      'Buy 0.5 BTCTRY at 4150000, 26947521101',
    );
  });
});

describe('several cancellations', () => {
  test.each<[states: readonly CancellationState[], words: string]>([
    [['cancelled', 'cancelled'], '2 cancelled'],
    [['cancelled', 'filled', 'cancelled'], '2 cancelled, 1 already filled'],
    [['requested', 'sent', 'cancelled'], '2 cancelling, 1 cancelled'],
    [['refused', 'refused', 'unknown'], '2 refused, 1 unknown, checking'],
  ])('%j', (states, words) => {
    const cancellations = states.map((state) => ended(state));
    expect(noticeWords(cancellations, accountOfAll).title).toBe(words);
    expect(lockedNoticeWords(cancellations)).toEqual({
      title: words,
      message: 'Pullcord is locked. Unlock it to see which.',
    });
  });

  test('three are named, trouble first, else in their order', () => {
    const { message } = noticeWords(
      [
        ended('cancelled', {}, orderOf('1')),
        ended('cancelled', {}, orderOf('2')),
        ended('refused', { said: ['FORBIDDEN'] }, orderOf('3')),
        ended('was-cancelled', {}, orderOf('4')),
        ended('filled', {}, orderOf('5')),
      ],
      accountOfAll,
    );
    expect(message).toBe(
      [
        'Refused: Buy 1 BTCTRY, Turkish lira (BtcTurk), 3',
        'Already filled: Buy 1 BTCTRY, Turkish lira (BtcTurk), 5',
        'Cancelled: Buy 1 BTCTRY, Turkish lira (BtcTurk), 1',
        'and 2 more',
      ].join('\n'),
    );
  });

  test.each([2, 3])('%i are all named', (count) => {
    const all = Array.from({ length: count }, (_, index) =>
      ended('cancelled', {}, orderOf(`${index}`)),
    );
    const { message } = noticeWords(all, accountOfAll);
    expect(message.split('\n')).toHaveLength(count);
    expect(message).not.toContain('more');
  });
});

test('while locked nothing but the ends is told', () => {
  const secret = ended('refused', { said: ['SECRET REASON'] }, half);
  const { title, message } = lockedNoticeWords([secret]);
  expect(title).toBe('1 refused');
  for (const word of ['SECRET', 'BTCTRY', '4150000', 'lira', '26947521101']) {
    expect(title + message).not.toContain(word);
  }
});
