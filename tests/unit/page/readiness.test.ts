import { expect, test } from 'vitest';
import { readinessOf } from '#lib/page/readiness.ts';
import { emptyView, type AccountView, type View } from '#lib/protocol/view.ts';
import { accountOf, now } from '#tests/unit/support/view-world.ts';

const lira = accountOf('a', 'btcturk', 'Turkish lira');
const main = accountOf('b', 'ripio', 'Main');

/** All well on both accounts, as far as the view tells. */
const well: View = {
  ...emptyView,
  orders: {
    [lira.id]: { orders: [], readAt: now, reading: false },
    [main.id]: { orders: [], readAt: now, reading: false },
  },
  seen: {
    [lira.id]: seen(),
    [main.id]: seen(),
  },
};

function seen() {
  return {
    workedAt: now,
    clock: { offset: 0, uncertainty: 5, at: now },
    roundTrips: { took: [40], at: now },
  };
}

const trouble = { reason: 'maintenance', at: now } as const;

test.each<[what: string, view: Partial<View>, account: AccountView, sentence: string]>([
  ['well', {}, lira, 'Ready, answers in 40 ms'],
  ['a right that no listing shows', {}, main, 'Answers; right to cancel not seen yet'],
  [
    'a right that was seen',
    {},
    { ...main, right: { has: true, at: 0 } },
    'Ready, answers in 40 ms',
  ],
  ['a right refused', {}, { ...lira, right: { has: false, at: 0 } }, 'Key may not cancel'],
  ['a lost key', {}, { ...lira, keyTrouble: 'key-lost' }, 'Key cannot be read'],
  ['one of no use', {}, { ...lira, keyTrouble: 'key-unusable' }, 'Key cannot be used here'],
  ['nothing read', { orders: {} }, lira, 'Not all checked yet'],
  ['nothing seen', { seen: {} }, lira, 'Not all checked yet'],
  [
    'a list that failed',
    { orders: { [lira.id]: { orders: [], readAt: now, reading: false, trouble } } },
    lira,
    'In maintenance',
  ],
  [
    'told to wait with cancels',
    { holds: { [lira.id]: { cancels: now + 5000, reads: 0 } } },
    lira,
    'Asks to wait 5 s with cancels',
  ],
  [
    'told to wait with readings alone',
    { holds: { [lira.id]: { cancels: 0, reads: now + 5000 } } },
    lira,
    'Ready, answers in 40 ms',
  ],
  ['a stream that is down', { streams: { [lira.id]: 'down' } }, lira, 'Stream is down'],
])('%s', (_what, view, account, sentence) => {
  expect(readinessOf({ ...well, ...view }, account, now, false).sentence).toBe(sentence);
});

test('what the browser does not allow is told before all that follows from it', () => {
  const unreachable = { reason: 'unreachable', at: now } as const;
  const view = { ...well, seen: { [lira.id]: { trouble: unreachable } } };
  expect(readinessOf(view, lira, now, false).sentence).toBe('Cannot be reached');
  expect(readinessOf(view, lira, now, true)).toMatchObject({
    sentence: 'Browser forbids it',
    advice: expect.stringContaining('does not let Pullcord reach BtcTurk') as string,
  });
});
