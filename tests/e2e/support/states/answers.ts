import type { AccountId } from '#lib/domain/account.ts';
import { now } from '#tests/unit/support/view-world.ts';
import type { StandInAnswers } from '#tests/e2e/support/stand-in.ts';
import { orderAnswers } from './lookup-states.ts';
import { ended } from './popup-states.ts';
import { futures, lira } from './world.ts';

/** What pages ask for that the view does not tell. */

const past = Object.values(ended.cancellations).map((cancellation, index) => ({
  row: 9 - index,
  accountLabel: lira.label,
  venueName: 'BtcTurk',
  cancellation,
}));

const cancels = Array.from({ length: 40 }, (_, index) => ({
  clicked: now - index * 4_000_000,
  accepted: 80 + ((index * 37) % 90),
  proven: 300 + ((index * 91) % 2400),
}));

export const answers: StandInAnswers = {
  'ask-order': orderAnswers,
  unlock: 'never',
  'create-vault': 'never',
  'test-account': 'never',
  'cancel-many': 'never',
  'plan-cancel-all': {
    orders: 5,
    milliseconds: 3200,
    slowest: { accountId: 'b' as AccountId, limit: { most: 1, per: 1000 } },
  },
  history: {
    newest: 9,
    rows: [...past, { row: 1, accountLabel: futures.label, venueName: 'ZTDX' }],
    next: 1,
  },
  latencies: {
    removed: 2,
    systems: [
      { venue: 'btcturk', environment: 'live', cancels },
      { venue: 'ripio', environment: 'live', cancels: [] },
      { venue: 'ztdx', environment: 'test', cancels: [{ clicked: now - 1000, proven: 120 }] },
    ],
  },
};
