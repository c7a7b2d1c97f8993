import { expect, test } from 'vitest';
import type { CancellationId } from '#lib/domain/cancellation.ts';
import type { Decimal } from '#lib/domain/decimal.ts';
import type { OrderAnswer } from '#lib/domain/lookup.ts';
import type { OrderId, OrderReading } from '#lib/domain/order.ts';
import { UserError } from '#lib/domain/user-error.ts';
import { advice } from '#lib/words/advice.ts';
import { idKindOf, unasked, venueRow, type Question } from '#lib/page/lookup/asked-venues.ts';
import { cancellationFor } from './lookup-world.ts';
import { orderOf } from '#tests/unit/support/view-world.ts';

const id = '1' as OrderId;
const read = (reading: OrderReading): OrderAnswer => ({
  kind: 'read',
  idKind: 'client-order-id',
  reading,
});
const failed = (reason: 'unreachable' | 'bad-key'): OrderAnswer => ({
  kind: 'failed',
  reason,
  said: ['E1'],
});
const notFound = read({ status: 'not-found', said: ['no such order'] });
const answered = (answer: OrderAnswer): Question => ({ ...unasked, answer });
const taken = { kind: 'answered', cancellationId: 'c' as CancellationId } as const;

/** What is said, whether it can be cancelled there, and whether it can be asked again. */
const cases: [string, Question, [string, string[], boolean, boolean]][] = [
  ['being asked', { ...unasked, asking: true }, ['Asking BtcTurk…', [], false, false]],
  ['open', answered(read({ status: 'open', order: orderOf('1') })), ['Open', [], true, false]],
  [
    'filled',
    answered(
      read({ status: 'filled', order: { id, filled: '0.6' as Decimal, quantity: '1' as Decimal } }),
    ),
    ['Already filled, filled 0.6 of 1', [], false, false],
  ],
  [
    'cancelled',
    answered(read({ status: 'cancelled', order: { id } })),
    ['Already cancelled', [], false, false],
  ],
  ['not found', answered(notFound), ['Not found', ['BtcTurk: “no such order”'], true, false]],
  [
    'without the symbol',
    answered({ kind: 'symbol-needed', idKind: 'order-id' }),
    ['Symbol needed', ['BtcTurk finds an order by its id and symbol together.'], true, true],
  ],
  [
    'a refusal',
    answered(failed('bad-key')),
    ['No answer to that', [advice('bad-key', 'BtcTurk'), 'BtcTurk: “E1”'], true, true],
  ],
  [
    'an id that is none there: nothing is said of a venue that was not asked',
    answered({ kind: 'failed', reason: 'invalid-request', note: { code: 'no-such-id' } }),
    ['No answer to that', ['no id of this venue looks like that'], true, true],
  ],
  [
    'not found in the list',
    answered(read({ status: 'not-found', note: { code: 'not-listed' } })),
    ['Not found', ['not in the list of orders'], true, false],
  ],
  [
    'a silent worker',
    { ...unasked, failure: new UserError('worker-silent', 'Reload it.') },
    ['No answer', ['Reload it.'], true, true],
  ],
  [
    'not asked',
    { ...unasked, failure: new UserError('locked', 'Unlock it.') },
    ['Not asked', ['Unlock it.'], true, true],
  ],
  [
    'asked to cancel',
    { ...answered(notFound), asked: { kind: 'asking' } },
    ['Cancelling', [], false, false],
  ],
  ['taken', { ...answered(notFound), asked: taken }, ['Cancelling', [], false, false]],
  [
    'not taken',
    { ...answered(notFound), asked: { kind: 'failed', message: 'Try again.' } },
    ['Not found', ['BtcTurk: “no such order”'], true, false],
  ],
];

test.each(cases)('%s', (_, question, expected) => {
  const { words, canCancel, canAskAgain } = venueRow(question, 'btcturk', undefined);
  expect([words.status, words.details, canCancel, canAskAgain]).toEqual(expected);
});

test('nothing promises to go on asking', () => {
  const { words } = venueRow(answered(failed('unreachable')), 'btcturk', undefined);
  expect(words.details[0]).toContain('ask again');
  expect(words.details.join(' ')).not.toContain('goes on');
});

test.each([
  ['accepted', 'Accepted, confirming', false],
  ['not-found', 'Not found', false],
  ['refused', 'Refused: No', true],
] as const)('cancelling came to %s', (state, status, canCancel) => {
  const cancellation = cancellationFor('c', 'a', '1', { state, said: ['No'] });
  const row = venueRow({ ...answered(notFound), asked: taken }, 'btcturk', cancellation);
  expect([row.words.status, row.canCancel]).toEqual([status, canCancel]);
});

test('a symbol is asked for only where the venue needs one, and not once it is being cancelled', () => {
  const cancelling = { ...answered(notFound), asked: taken };
  expect(venueRow(answered(notFound), 'btcturk', undefined).hasSymbolField).toBe(false);
  expect(venueRow(unasked, 'ztdx', undefined).hasSymbolField).toBe(true);
  expect(venueRow(cancelling, 'ztdx', undefined).hasSymbolField).toBe(false);
});

test.each([
  ['ripio', 'grid-1', notFound, 'client-order-id'],
  ['ripio', '26947521101', notFound, 'client-order-id'],
  ['btcturk', '26947521101', failed('unreachable'), 'order-id'],
  ['ripio', '7155ED34-9ec4-4733-8b32-1e4319cb662f', undefined, 'order-id'],
  ['ripio', 'grid-1', failed('unreachable'), 'client-order-id'],
  ['ox-fun', '1612249', undefined, 'client-order-id'],
] as const)(
  '%s: %s is cancelled as the venue took it, else by its form',
  (venue, id, answer, kind) => {
    expect(idKindOf(venue, id, answer)).toBe(kind);
  },
);
