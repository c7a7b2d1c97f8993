import { venues } from '#lib/venues/venues.ts';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { OrderId } from '#lib/domain/order.ts';
import type { CancelReply, ReadReply } from '#lib/domain/reply.ts';
import {
  account,
  begin,
  journal,
  mortal,
  one,
  open,
  order,
  settle,
  start,
  untilIdle,
} from './cancel-world.ts';

/**
 * The worker dies before or after any of the things it does to the world: a write to the journal, a request. Its next
 * life has the journal alone. Whatever the moment, the order ends cancelled, and the words for it are true.
 */

beforeEach(() => {
  vi.useFakeTimers({ now: start, toFake: ['setTimeout', 'clearTimeout', 'Date'] });
});
afterEach(() => {
  vi.useRealTimers();
});

type Venue = 'sure' | 'asynchronous' | 'deaf';

/** How many things one life without death does: found out, so that none is left out. */
const most = 40;

test.each<[Venue]>([['sure'], ['asynchronous'], ['deaf']])(
  'at a venue that is %s, at every point',
  async (kind) => {
    let lastDeath = 0;
    for (let death = 1; death <= most; death++) {
      vi.setSystemTime(start);
      const { died, rows, state, sendings } = await liveTwice(kind, death);
      if (!died) break;
      lastDeath = death;
      // Before the wish stood in the journal nothing was promised, and nothing was sent.
      if (rows === 0) expect(sendings, `death ${death}`).toBe(0);
      else expect(state, `death ${death}`).toBe('cancelled');
      expect(rows, `death ${death}`).toBeLessThanOrEqual(1);
      expect(sendings, `death ${death}`).toBeLessThanOrEqual(3);
    }
    expect(lastDeath).toBeGreaterThanOrEqual(6);
    expect(lastDeath).toBeLessThan(most);
  },
);

test('a wish without the symbol that its venue needs ends in the next life too, by one look at the list', async () => {
  const { store, all } = journal();
  const needy = { ...venues.ripio, needsSymbol: true, limits: [] };
  const first = begin(store, account({ list: () => new Promise(() => undefined) }, [], needy));
  await first.canceller.request(one, undefined);
  first.canceller.stop();
  const log: string[] = [];
  const empty = { kind: 'page', orders: [] } as const;
  const list = () => (log.length > 5 ? new Promise<never>(() => undefined) : empty);
  const second = begin(store, account({ list }, log, needy));
  await second.canceller.resume();
  await vi.advanceTimersByTimeAsync(1000);
  expect(all()).toMatchObject([{ state: 'refused', reason: 'symbol-needed', sendings: 0 }]);
  expect(log).toHaveLength(1);
});

async function liveTwice(kind: Venue, death: number) {
  const { store, all } = journal();
  const venue = createVenue(kind);
  const worker = mortal(death);
  const first = begin(
    worker.store(store),
    account({ cancel: worker.does(venue.cancel), read: worker.does(venue.read) }),
  );
  void first.canceller.request(one, order('One'));
  for (let passed = 0; passed < 20 && !worker.isDead(); passed++) {
    await vi.advanceTimersByTimeAsync(500);
  }
  await settle();

  const second = begin(store, account({ cancel: venue.cancel, read: venue.read }));
  await second.canceller.resume();
  await untilIdle(second.canceller);
  expect(await store.unfinished()).toEqual([]);
  return {
    died: worker.isDead(),
    rows: all().length,
    state: all()[0]?.state,
    sendings: venue.sendings(),
  };
}

/** An order book of one order: `deaf` loses the first reply, `asynchronous` cancels a second after it has said yes. */
function createVenue(kind: Venue) {
  let cancelledAt: number | undefined;
  let sendings = 0;
  const isCancelled = () => cancelledAt !== undefined && Date.now() >= cancelledAt;
  return {
    sendings: () => sendings,
    cancel: (): CancelReply => {
      sendings += 1;
      const before = isCancelled();
      cancelledAt ??= Date.now() + (kind === 'asynchronous' ? 1000 : 0);
      if (kind === 'deaf' && sendings === 1)
        return { kind: 'unknown', note: { code: 'no-answer' } };
      if (kind === 'asynchronous') return { kind: 'accepted', said: ['SUCCESS'] };
      return before
        ? { kind: 'claimed', claim: 'was-cancelled', said: ['already cancelled'] }
        : { kind: 'cancelled', said: ['canceled'] };
    },
    read: (): ReadReply =>
      cancelledAt === undefined || !isCancelled()
        ? open
        : {
            kind: 'read',
            reading: {
              status: 'cancelled',
              order: { id: 'One' as OrderId, updatedAt: cancelledAt },
            },
          },
  };
}
