import { describe, expect, test } from 'vitest';
import type { AccountId } from '#lib/domain/account.ts';
import {
  requestCancellation,
  type Cancellation,
  type CancellationId,
} from '#lib/domain/cancellation.ts';
import type { OrderId } from '#lib/domain/order.ts';
import { advice } from '#lib/words/advice.ts';
import { cancellationWords, pastWords } from '#lib/words/cancellation-words.ts';

const asked = 1_700_000_000_000;
const said = { said: ['FORBIDDEN', '403'], note: { code: 'http', status: 403 } } as const;
const quoted = 'BtcTurk: “FORBIDDEN” · “403” · HTTP 403';
const ours = { note: { code: 'id-not-borne' } } as const;
const unquoted = 'no open order bears this id';
const unread =
  'no longer among the open orders; whether it was cancelled or had filled, this key may not read';
const noRight = advice('no-right', 'BtcTurk');

function wish(more: Partial<Cancellation>): Cancellation {
  const ref = { accountId: 'a' as AccountId, orderId: '1' as OrderId };
  return { ...requestCancellation('c' as CancellationId, ref, undefined, asked), ...more };
}

/** The details of a row, and those in the history. */
const rows: [string, Partial<Cancellation>, inRow: string[], inHistory: string[]][] = [
  ['refused', { state: 'refused', reason: 'no-right', ...said }, [noRight, quoted], [noRight]],
  ['refused, and nobody says why', { state: 'refused' }, [], []],
  ['refused by Pullcord', { state: 'refused', ...ours }, [unquoted], []],
  ['cancelled', { state: 'cancelled', ...said }, [], [quoted]],
  ['not found by Pullcord', { state: 'not-found', ...ours }, [], [unquoted]],
  [
    'not found by a key that may not read ends',
    { state: 'not-found', note: { code: 'end-unread' } },
    [unread],
    [unread],
  ],
  ['unknown', { state: 'unknown', ...said }, [quoted], [quoted]],
  [
    'unknown, without an answer',
    { state: 'unknown', note: { code: 'timed-out' } },
    ['no answer within 10 s'],
    ['no answer within 10 s'],
  ],
  ['accepted', { state: 'accepted', ...said }, [], [quoted]],
  [
    'told to wait',
    { state: 'sent', next: { step: 'send', at: asked }, trouble: 'rate-limited', ...said },
    [quoted],
    [quoted],
  ],
  ['abandoned', { state: 'sent', abandoned: true, ...said }, [], [quoted]],
  ['stopped', { stopped: true, ...said }, [], [quoted]],
];

describe.each(rows)('%s', (_, more, inRow, inHistory) => {
  test('what the row says', () => {
    expect(cancellationWords(wish(more), 'BtcTurk').details).toEqual(inRow);
  });

  test('what the history says', () => {
    expect(pastWords(wish(more), 'BtcTurk').details).toEqual(inHistory);
  });

  test('the state is the same in both', () => {
    expect(pastWords(wish(more), 'BtcTurk').status).toBe(
      cancellationWords(wish(more), 'BtcTurk').status,
    );
  });
});

test('a refusal says in its state what was heard, without quotes', () => {
  expect(statusOf(said)).toBe('Refused: FORBIDDEN · 403 · HTTP 403');
  expect(statusOf(ours)).toBe(`Refused: ${unquoted}`);
  expect(statusOf({ note: { code: 'earlier', text: 'no answer' } })).toBe('Refused: no answer');
  expect(statusOf({})).toBe('Refused: no reason given');
});

function statusOf(more: Partial<Cancellation>): string {
  return cancellationWords(wish({ state: 'refused', ...more }), 'BtcTurk').status;
}
