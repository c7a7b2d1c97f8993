import { describe, expect, test } from 'vitest';
import type { AccountId } from '#lib/domain/account.ts';
import type { AccountSweep, Sweep, Tally } from '#lib/domain/sweep.ts';
import type { SweepId } from '#lib/domain/cancellation.ts';
import { accountName } from '#lib/words/account-name.ts';
import { isFresh } from '#lib/words/fresh.ts';
import {
  accountSweepWords,
  canStop,
  countSweep,
  sweepAnnouncement,
  sweepHeadline,
} from '#lib/words/sweep-words.ts';
import { accountOf, now } from '#tests/unit/support/view-world.ts';

function part(
  phase: AccountSweep['phase'],
  tally: Tally = {},
  more: Partial<AccountSweep> = {},
): AccountSweep {
  return { accountId: 'a' as AccountId, phase, tally, ...more };
}

function sweep(accounts: readonly AccountSweep[], more: Partial<Sweep> = {}): Sweep {
  const id = 'f' as SweepId;
  return { id, filter: {}, withProtective: false, requestedAt: now, accounts, ...more };
}

const read = (open: number, meant: number, kept: number, age = 400) => ({
  reading: { readAt: now - age, open, meant, kept },
});

test('each state is counted once', () => {
  const tally: Tally = {
    requested: 1,
    sent: 2,
    accepted: 4,
    unknown: 8,
    cancelled: 16,
    filled: 32,
    'was-cancelled': 64,
    'not-found': 128,
    refused: 256,
    stopped: 512,
    abandoned: 1024,
  };
  expect(countSweep([{ tally }, { tally: { requested: 5 } }])).toEqual({
    total: 2052,
    done: 2032,
    confirming: 6,
    unknown: 8,
    left: 6,
  });
});

const headlines: [string, Sweep][] = [
  ['Reading what is open', sweep([part('cancelling')])],
  ['Cancelling 1 order', sweep([part('cancelling', { requested: 1 })])],
  [
    'Cancelling 134 orders',
    sweep([part('cancelling', { requested: 100, cancelled: 30 }), part('empty', { filled: 4 })]),
  ],
  ['Reading whether anything is left', sweep([part('sweeping', { cancelled: 3 })])],
  [
    'Stopped: waiting for what was sent',
    sweep([part('cancelling', { sent: 1, stopped: 2 })], { stoppedAt: now }),
  ],
  ['All cancelled', sweep([part('empty', { cancelled: 3 }), part('empty')])],
  // What is still open must not hide behind a full count.
  ['3 of 3 cancelled', sweep([part('empty', { cancelled: 3 }), part('left')])],
  [
    '121 of 124 cancelled, 1 already filled, 2 refused',
    sweep([part('left', { cancelled: 121, filled: 1, refused: 2 })]),
  ],
  [
    '1 of 7 cancelled, 1 already cancelled, 1 not found, 2 confirming, 1 unknown, checking, 1 not known: account removed',
    sweep([
      part('left', {
        cancelled: 1,
        'was-cancelled': 1,
        'not-found': 1,
        sent: 1,
        accepted: 1,
        unknown: 1,
        abandoned: 1,
      }),
    ]),
  ],
  [
    'Stopped: 40 of 134 cancelled, 94 not sent',
    sweep([part('stopped', { cancelled: 40, stopped: 94 })], { stoppedAt: now }),
  ],
  ['Nothing was open', sweep([part('empty')])],
  ['Nothing was cancelled', sweep([part('left')])],
];
test.each(headlines)('“%s”', (expected, given) => {
  expect(sweepHeadline(given)).toBe(expected);
});

test('a screen reader hears the beginning and the end, not each step', () => {
  const steps = Array.from({ length: 20 }, (_, cancelled) =>
    sweep([part('cancelling', { cancelled, sent: 20 - cancelled })]),
  );
  expect(new Set(steps.map(sweepAnnouncement))).toEqual(new Set(['Cancelling all']));
  expect(sweepAnnouncement(sweep([part('empty', { cancelled: 1 })]))).toBe('All cancelled');
});

test('it can be stopped until it has ended or was stopped', () => {
  expect(canStop(sweep([part('sweeping'), part('empty')]))).toBe(true);
  expect(canStop(sweep([part('empty')]))).toBe(false);
  expect(canStop(sweep([part('cancelling', { sent: 1 })], { stoppedAt: now }))).toBe(false);
});

describe('one account', () => {
  const trouble = { reason: 'unreachable', note: { code: 'http', status: 503 } } as const;
  const lines: [string, AccountSweep][] = [
    ['0 done · 5 left', part('cancelling', { requested: 5 })],
    [
      '12 done · 3 confirming · 1 unknown, checking · 5 left',
      part('cancelling', {
        cancelled: 11,
        filled: 1,
        sent: 1,
        accepted: 2,
        unknown: 1,
        requested: 5,
      }),
    ],
    ['12 done · reading again', part('sweeping', { cancelled: 12 })],
    ['reading again', part('sweeping')],
    ['12 done · 2 still listed', part('sweeping', { cancelled: 12 }, read(3, 2, 1))],
    ['12 done · cannot be read, trying again', part('sweeping', { cancelled: 12 }, { trouble })],
    ['0 open on BtcTurk, read 0.4 s ago', part('empty', { cancelled: 12 }, read(0, 0, 0))],
    [
      '0 open on BtcTurk, read 12 s ago · 1 already filled',
      part('empty', { filled: 1 }, read(0, 0, 0, 12_345)),
    ],
    ['0 open on BtcTurk, 2 protective kept, read 0.4 s ago', part('empty', {}, read(2, 0, 2))],
    ['0 open of those meant, 2 protective kept, read 0.4 s ago', part('empty', {}, read(5, 0, 2))],
    ['0 open of those meant, read 0.4 s ago', part('empty', {}, read(5, 0, 0))],
    ['BtcTurk was not read', part('empty', { cancelled: 1 })],
    [
      '3 still open on BtcTurk, read 9.9 s ago · 3 refused',
      part('left', { refused: 3 }, read(4, 3, 1, 9900)),
    ],
    [
      'BtcTurk: Something went wrong inside Pullcord.',
      part('left', {}, { failure: { code: 'inside' } }),
    ],
    [
      'BtcTurk could not be read: “try later” · HTTP 503',
      part('left', {}, { trouble: { ...trouble, said: ['try later'] } }),
    ],
    ['BtcTurk could not be read: HTTP 503', part('left', {}, { trouble, ...read(1, 1, 0) })],
    [
      'BtcTurk could not be read: BtcTurk cannot be reached or gives no usable answer. Check your connection; Pullcord goes on trying.',
      part('left', {}, { trouble: { reason: 'unreachable' } }),
    ],
    ['BtcTurk was not read', part('left')],
    ['4 done · 6 not sent', part('stopped', { cancelled: 4, stopped: 6 })],
    [
      '4 done · 6 not sent · 6 still open, read 0.4 s ago',
      part('stopped', { cancelled: 4, stopped: 6 }, read(6, 6, 0)),
    ],
  ];
  test.each(lines)('“%s”', (expected, given) => {
    expect(accountSweepWords(given, 'BtcTurk', now)).toBe(expected);
  });

  test.each<[string, Tally]>([
    ['0 done · 3 waiting, asked for 8 s', { requested: 3 }],
    ['1 done · 3 waiting, asked for 8 s', { cancelled: 1, sent: 1, requested: 2 }],
    ['1 done · 2 confirming', { cancelled: 1, accepted: 2 }],
  ])('while the venue asks to wait: “%s”', (expected, tally) => {
    const holds = { a: { cancels: now + 7500, reads: 0 } };
    expect(accountSweepWords(part('cancelling', tally), 'BtcTurk', now, holds)).toBe(expected);
  });

  test('bears its label only where the venue’s name would not tell it apart', () => {
    const accounts = [
      accountOf('a', 'btcturk', 'Lira'),
      accountOf('b', 'ripio', 'Reais'),
      accountOf('c', 'ripio', 'More reais'),
    ];
    expect(['a', 'b', 'c', 'd'].map((id) => accountName(id as AccountId, accounts))).toEqual([
      'BtcTurk',
      'Reais',
      'More reais',
      'Removed account',
    ]);
  });
});

test('the tenth of a second counts while one runs, and shortly after its last reading', () => {
  expect(isFresh([sweep([part('sweeping')])], now)).toBe(true);
  expect(isFresh([sweep([part('empty', {}, read(0, 0, 0, 9000))])], now)).toBe(true);
  expect(isFresh([sweep([part('empty', {}, read(0, 0, 0, 11_000))])], now)).toBe(false);
  expect(isFresh([], now)).toBe(false);
});
