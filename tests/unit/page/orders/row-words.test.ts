import { expect, test } from 'vitest';
import type { AccountId } from '#lib/domain/account.ts';
import {
  requestCancellation,
  type Cancellation,
  type CancellationId,
} from '#lib/domain/cancellation.ts';
import type { Decimal } from '#lib/domain/decimal.ts';
import type { OrderId } from '#lib/domain/order.ts';
import { UserError } from '#lib/domain/user-error.ts';
import { advice } from '#lib/words/advice.ts';
import { frozenNotes, rowWords } from '#lib/page/orders/row-words.ts';
import { failureWords, type RowWords } from '#lib/words/cancellation-words.ts';
import type { Group, Row } from '#lib/page/orders/row.ts';

const ref = { accountId: 'a' as AccountId, orderId: '1' as OrderId };
const asked = requestCancellation('c' as CancellationId, ref, undefined, 0);
const row = (more: Partial<Cancellation> | undefined, kind: Row['kind'] = 'left'): Row => ({
  key: '1',
  ref,
  kind,
  ...(more && { cancellation: { ...asked, ...more } }),
});
const refused = {
  state: 'refused',
  reason: 'no-right',
  said: ['Forbidden'],
  at: { requested: 0, ended: 5 },
} as const;
const noRight = [advice('no-right', 'BtcTurk'), 'BtcTurk: “Forbidden”'];

const cases: [string, Row, RowWords][] = [
  ['an open order', row(undefined, 'open'), { status: '', details: [] }],
  ['one that vanished', row(undefined), { status: 'No longer open', details: [] }],
  [
    'one that vanished from a list that could not be read wholly',
    { ...row(undefined), mayBeOpen: true },
    { status: 'No longer listed', details: [] },
  ],
  [
    'one that filled elsewhere',
    {
      ...row(undefined),
      ended: { id: ref.orderId, status: 'filled', filled: '2' as Decimal, at: 0 },
    },
    { status: 'Filled', details: [] },
  ],
  [
    'one that was cancelled elsewhere',
    {
      ...row(undefined),
      ended: {
        id: ref.orderId,
        status: 'cancelled',
        filled: '0.5' as Decimal,
        quantity: '2' as Decimal,
        at: 0,
      },
    },
    { status: 'Cancelled elsewhere, filled 0.5 of 2', details: [] },
  ],
  ['sent', row({ state: 'sent' }, 'cancelling'), { status: 'Cancelling', details: [] }],
  [
    'cancelled in part',
    row({
      state: 'cancelled',
      filled: '0.6' as Decimal,
      quantity: '1' as Decimal,
      said: ['SUCCESS'],
    }),
    { status: 'Cancelled, filled 0.6 of 1', details: [] },
  ],
  ['refused', row(refused), { status: 'Refused: Forbidden', details: noRight }],
  [
    'refused without a reason',
    row({ state: 'refused' }),
    { status: 'Refused: no reason given', details: [] },
  ],
  [
    'unknown',
    row({ state: 'unknown', note: { code: 'timed-out' } }),
    { status: 'Unknown, checking', details: ['no answer within 10 s'] },
  ],
  [
    'unknown, and nobody to ask',
    row({ state: 'unknown', said: ['Unknown order sent'], trouble: 'unreachable' }, 'cancelling'),
    {
      status: 'Unknown, checking',
      details: [advice('unreachable', 'BtcTurk'), 'BtcTurk: “Unknown order sent”'],
    },
  ],
  [
    'accepted, but the key may not read it',
    row({ state: 'accepted', trouble: 'no-right' }, 'cancelling'),
    { status: 'Accepted, confirming', details: [advice('no-right', 'BtcTurk')] },
  ],
  [
    'accepted, and told to wait with reading',
    row({ state: 'accepted', trouble: 'rate-limited' }, 'cancelling'),
    { status: 'Accepted, confirming', details: [] },
  ],
  [
    'said not to exist and shown as open',
    row({ state: 'unknown', contradiction: { claim: 'not-found' } }, 'cancelling'),
    {
      status: 'Unknown, checking',
      details: [
        'BtcTurk contradicts itself: asked to cancel, it says that the order does not exist; asked for the order, it shows it as open. Pullcord goes on, ever less often. Look on BtcTurk’s own site.',
      ],
    },
  ],
  [
    'said to have filled and shown with a status of its own',
    row({ state: 'unknown', contradiction: { claim: 'filled', status: 'DUE' } }, 'cancelling'),
    {
      status: 'Unknown, checking',
      details: [
        'BtcTurk contradicts itself: asked to cancel, it says that the order has filled; asked for the order, it shows it with the status “DUE”, so as not ended. Pullcord goes on, ever less often. Look on BtcTurk’s own site.',
      ],
    },
  ],
];

test.each(cases)('%s', (_, each, words) => {
  expect(rowWords(each, 'BtcTurk', false)).toEqual(words);
});

const send = { next: { step: 'send', at: 0 } } as const;
const read = { next: { step: 'read', at: 0 } } as const;
test.each<[string, Partial<Cancellation>, string, string[]]>([
  ['not sent', { state: 'requested', ...send }, 'Waiting: BtcTurk asks for 8 s', []],
  ['told to wait', { state: 'sent', ...send }, 'Waiting: BtcTurk asks for 8 s', []],
  [
    'in doubt, to be sent again',
    { state: 'unknown', ...send },
    'Unknown, checking',
    ['BtcTurk asks to wait 8 s before it is sent again.'],
  ],
  [
    'in doubt, to be read',
    { state: 'unknown', ...read },
    'Unknown, checking',
    ['BtcTurk asks to wait 8 s before it is read.'],
  ],
  [
    'accepted, to be read',
    { state: 'accepted', ...read },
    'Accepted, confirming',
    ['BtcTurk asks to wait 8 s before it is read.'],
  ],
])('while the venue asks to wait, one that is %s', (_, more, status, details) => {
  expect(rowWords(row(more, 'cancelling'), 'BtcTurk', false, 8)).toEqual({ status, details });
});

test('what was just asked for is shown at once, whatever was before', () => {
  expect(rowWords(row(refused, 'open'), 'BtcTurk', true)).toEqual({
    status: 'Cancelling',
    details: [],
  });
});

test.each([
  ['worker-silent', 'No answer'],
  ['locked', 'Not started'],
])('asking failed with %s: %s', (code, status) => {
  expect(failureWords(new UserError(code, 'Do this.'))).toEqual({ status, details: ['Do this.'] });
});

const group = (rows: Row[], waiting: Row[]): Group => ({
  account: { id: ref.accountId, venue: 'btcturk', label: 'Main', environment: 'live' },
  openOrders: 0,
  rows,
  waiting,
});

test('a frozen list tells below it what it has no room for', () => {
  expect(frozenNotes([group([row(undefined, 'open')], [])], 10)).toEqual([]);
  expect(frozenNotes([group([row(refused)], [row(undefined)])], 10)).toEqual([
    noRight.join(' '),
    '1 new order, shown when the pointer leaves the list',
  ]);
  expect(frozenNotes([group([row(refused)], [row(undefined), row(undefined)])], 60_005)).toEqual([
    '2 new orders, shown when the pointer leaves the list',
  ]);
});
