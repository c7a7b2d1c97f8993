import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Cancellation } from '#lib/domain/cancellation.ts';
import type { StreamState } from '#lib/domain/stream.ts';
import type { OrdersView, View } from '#lib/protocol/view.ts';
import { venues } from '#lib/venues/venues.ts';
import { createBudget } from '#lib/worker/lanes/create-budget.ts';
import type { CancelAccount } from '#lib/worker/lanes/connected-account.ts';
import { createLane } from '#lib/worker/lanes/lane.ts';
import { createDueReadings } from '#lib/worker/orders/due-readings.ts';
import { accountOf, now } from '#tests/unit/support/view-world.ts';

beforeEach(() => vi.useFakeTimers({ now }));
afterEach(() => vi.useRealTimers());

type Venue = keyof typeof venues;

interface World {
  readonly venue?: Venue;
  /** How many accounts there are at it. */
  readonly accounts?: number;
  readonly stream?: StreamState;
  readonly reading?: Partial<OrdersView>;
  readonly cancellations?: readonly object[];
  /** How long a reading takes. */
  readonly took?: number;
  /** For how long its venue asks to wait with readings. */
  readonly told?: number;
}

function lookingOn({
  venue = 'btcturk',
  accounts = 1,
  stream,
  reading,
  cancellations = [],
  took = 100,
  told = 0,
}: World) {
  const all = Array.from({ length: accounts }, (_, index) => accountOf(`${index}`, venue, 'One'));
  const [first] = all;
  if (!first) throw new Error('no account');
  const view = {
    orders: { [first.id]: { orders: [], reading: false, ...reading } },
    streams: stream ? { [first.id]: stream } : {},
    cancellations: Object.fromEntries(
      cancellations.map((each, index) => [
        `${index}`,
        { ref: { accountId: first.id }, ...each } as Cancellation,
      ]),
    ),
  } as unknown as Pick<View, 'orders' | 'cancellations' | 'streams'>;
  const lane = createLane(venues[venue].limits.map((limit) => createBudget(limit)));
  if (told > 0) lane.holdBack('read', told, now);
  const account = { lane } as unknown as CancelAccount;
  const begun: number[] = [];
  const readings = createDueReadings({
    view,
    accounts: () => all,
    async refresh() {
      begun.push(Date.now() - now);
      await new Promise((resolve) => setTimeout(resolve, took));
    },
  });
  return {
    view,
    begun,
    look: () => readings.look(first.id, account),
    /** Asks every two seconds, as the popup does. */
    async lookFor(milliseconds: number) {
      for (const end = Date.now() + milliseconds; Date.now() <= end;) {
        readings.look(first.id, account);
        // One after the other.
        // oxlint-disable-next-line no-await-in-loop
        await vi.advanceTimersByTimeAsync(2000);
      }
      return begun;
    },
  };
}

const open = { state: 'accepted', at: {} };

describe('an account is read', () => {
  test.each<[what: string, world: World, begun: number[]]>([
    ['every two seconds', {}, [0, 2000, 4000, 6000, 8000]],
    [
      'no sooner than that after another reading',
      { reading: { readAt: now } },
      [2000, 4000, 6000, 8000],
    ],
    [
      'less often where that is half of what the limit leaves to readings',
      { venue: 'ztdx' },
      [0, 4000, 8000],
    ],
    ['the less often the more accounts share it', { venue: 'ztdx', accounts: 2 }, [0, 6000]],
    ['seldom where it leaves nothing', { venue: 'ripio' }, [0]],
    ['the less often the longer it takes', { took: 1400 }, [0, 6000]],
    ['seldom while its stream tells all', { stream: 'live' }, [0]],
    ['as ever while its stream does not', { stream: 'down' }, [0, 2000, 4000, 6000, 8000]],
    ['seldom while its cancels are under way', { cancellations: [open] }, [0]],
    [
      'as ever while it could not be asked what became of one, stream or not',
      { stream: 'live', cancellations: [open, { ...open, trouble: 'unreachable' }] },
      [0, 2000, 4000, 6000, 8000],
    ],
    [
      'as ever when they have ended',
      { cancellations: [{ ...open, state: 'cancelled', trouble: 'unreachable' }] },
      [0, 2000, 4000, 6000, 8000],
    ],
    ['not while it is being read', { reading: { reading: true } }, []],
    ['not before its venue lets it', { told: 5000 }, [6000, 8000]],
    [
      'at once where the clock was set back',
      { reading: { readAt: now + 3_600_000 } },
      [0, 2000, 4000, 6000, 8000],
    ],
  ])('%s', async (_what, world, begun) => {
    expect(await lookingOn(world).lookFor(8000)).toEqual(begun);
  });

  test('every 15 seconds where its limit leaves nothing to readings', async () => {
    const world = lookingOn({ venue: 'ripio', accounts: 2 });
    expect(await world.lookFor(40_000)).toEqual([0, 16_000, 32_000]);
  });

  test('every minute where another program uses the key with higher numbers', async () => {
    const world = lookingOn({ reading: { trouble: { reason: 'nonce', at: now } } });
    expect(await world.lookFor(100_000)).toEqual([0, 60_000]);
  });

  test('every 45 seconds beside its stream, so that what is said of it is younger than a minute', async () => {
    const world = lookingOn({ stream: 'live' });
    expect(await world.lookFor(100_000)).toEqual([0, 46_000, 92_000]);
  });
});
