import { expect, test } from 'vitest';
import type { KeyTest } from '#lib/domain/account.ts';
import { advice } from '#lib/words/advice.ts';
import { keyTestWords } from '#lib/page/options/key-test-words.ts';

const works = (openOrders: number) => ({ ok: true as const, openOrders });
const networkTime = 'Pullcord allows for it. Better set it to network time.';

const cases: [Omit<KeyTest, 'at'>, string[]][] = [
  [{ result: works(0) }, ['Works: no open orders.']],
  [{ result: works(1) }, ['Works: 1 open order.']],
  [{ result: { ...works(0), unreadable: 1 } }, ['Works: 1 order could not be read.']],
  [{ result: { ...works(8), unreadable: 2 } }, ['Works: 8 open orders, 2 more could not be read.']],
  [
    { result: works(8), clockOffset: 12 },
    ['Works: 8 open orders.', 'BtcTurk’s clock is 12 ms ahead of yours.'],
  ],
  [
    { result: works(8), clockOffset: -12 },
    ['Works: 8 open orders.', 'BtcTurk’s clock is 12 ms behind yours.'],
  ],
  [
    { result: works(8), clockOffset: 0.3 },
    ['Works: 8 open orders.', 'BtcTurk’s clock agrees with yours.'],
  ],
  [
    { result: works(8), clockOffset: -8000 },
    ['Works: 8 open orders.', `Your clock is 8.0 s ahead of BtcTurk’s; ${networkTime}`],
  ],
  [
    { result: works(8), clockOffset: 1001 },
    ['Works: 8 open orders.', `Your clock is 1.0 s behind BtcTurk’s; ${networkTime}`],
  ],
  [
    { result: { ok: false, reason: 'bad-key', said: ['Invalid key'] } },
    [advice('bad-key', 'BtcTurk'), 'BtcTurk: “Invalid key”'],
  ],
  [
    { result: { ok: false, reason: 'unreachable', note: { code: 'no-answer' } } },
    [advice('unreachable', 'BtcTurk'), 'no answer: the connection failed'],
  ],
  [{ result: { ok: false, reason: 'unreachable' } }, [advice('unreachable', 'BtcTurk')]],
];

test.each(cases)('%j', (keyTest, words) => {
  expect(keyTestWords({ at: 0, ...keyTest }, 'BtcTurk')).toEqual(words);
});
