import { expect, test } from 'vitest';
import type { CancellationState } from '#lib/domain/cancellation.ts';
import type { Decimal } from '#lib/domain/decimal.ts';
import type { Trouble } from '#lib/domain/refusal.ts';
import { filledWords, stateWords } from '#lib/words/state-words.ts';
import { advice } from '#lib/words/advice.ts';

/** The table of states in the design, word for word. */
const words: Record<CancellationState, string> = {
  requested: 'Cancelling',
  sent: 'Cancelling',
  accepted: 'Accepted, confirming',
  cancelled: 'Cancelled',
  filled: 'Already filled',
  'was-cancelled': 'Already cancelled',
  'not-found': 'Not found',
  refused: 'Refused: FORBIDDEN · HTTP 403',
  unknown: 'Unknown, checking',
};

test.each(Object.entries(words))('%s is shown as %j', (state, expected) => {
  const cancellation = { state: state as CancellationState, said: ['FORBIDDEN · HTTP 403'] };
  expect(stateWords(cancellation)).toBe(expected);
});

test('a refusal without words says so', () => {
  expect(stateWords({ state: 'refused' })).toBe('Refused: no reason given');
});

test.each<[CancellationState, number, string]>([
  ['requested', 0, 'Not sent: the account was removed'],
  ['requested', 1, 'Unknown: the account was removed'],
  ['sent', 1, 'Unknown: the account was removed'],
  ['accepted', 2, 'Unknown: the account was removed'],
])('abandoned in state %s after %i sendings: %s', (state, sendings, expected) => {
  expect(stateWords({ state, sendings, abandoned: true })).toBe(expected);
});

test.each([
  ['0.6', '1', 'filled 0.6 of 1'],
  ['0.6', undefined, 'filled 0.6'],
  ['0', '1', undefined],
  [undefined, '1', undefined],
])('filled %s of %s: %s', (filled, quantity, expected) => {
  expect(
    filledWords({
      ...(filled !== undefined && { filled: filled as Decimal }),
      ...(quantity !== undefined && { quantity: quantity as Decimal }),
    }),
  ).toBe(expected);
});

/** A key per reason: a new reason does not compile without its row here. */
const troubles: Record<Trouble, RegExp> = {
  'bad-key': /does not know this API key/,
  'bad-signature': /API secret is wrong/,
  'bad-passphrase': /passphrase/,
  'wrong-site': /another site/,
  clock: /clock/,
  nonce: /another program/,
  address: /internet address/,
  'no-right': /lacks the right/,
  'right-or-address': /right.*or.*internet address/,
  unauthorized: /IPv6/,
  suspended: /ask its support/,
  blocked: /did not come from BtcTurk itself.*nothing of your key/,
  legal: /legal reasons/,
  maintenance: /maintenance/,
  'unknown-symbol': /does not know this symbol/,
  'not-cancellable': /still open/,
  unread: /could not be read/,
  'invalid-request': /Check the id/,
  ambiguous: /nothing was sent/,
  'not-readable': /nothing was sent\. Look on BtcTurk’s own site/,
  'symbol-needed': /Give the symbol/,
  unexpected: /own site/,
  unreachable: /Check your connection/,
  'key-lost': /Enter it again/,
  'key-unusable': /Update the browser, or enter another key/,
  unusable: /answers, but not in a form/,
  'rate-limited': /too many requests/,
};

test.each(Object.entries(troubles))('what to do about %s', (reason, expected) => {
  const sentence = advice(reason as Trouble, 'BtcTurk');
  expect(sentence).toMatch(expected);
  expect(sentence).toMatch(/^[A-Z].*\.$/);
});
