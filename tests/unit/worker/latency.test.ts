import { describe, expect, test } from 'vitest';
import type { AccountId } from '#lib/domain/account.ts';
import {
  requestCancellation,
  type Cancellation,
  type CancellationId,
} from '#lib/domain/cancellation.ts';
import type { OrderId } from '#lib/domain/order.ts';
import { mostRows, readLatencies } from '#lib/worker/latency.ts';
import { accountOf, now } from '#tests/unit/support/view-world.ts';

const lira = accountOf('a', 'btcturk', 'Lira');
const alsoLira = accountOf('b', 'btcturk', 'More lira');
const testLira = { ...accountOf('c', 'btcturk', 'Lira, test'), environment: 'test' as const };
const reais = accountOf('d', 'ripio', 'Reais');
const accounts = [lira, reais, alsoLira, testLira];

const minute = 60_000;
const from = now - 60 * minute;

/** A cancel that was clicked so many minutes ago, and proven after that many milliseconds. */
function cancelled(minutesAgo: number, proven = 40, account: string = lira.id): Cancellation {
  const at = now - minutesAgo * minute;
  const ref = { accountId: account as AccountId, orderId: '1' as OrderId };
  return {
    ...requestCancellation('c' as CancellationId, ref, undefined, at),
    state: 'cancelled',
    at: { requested: at, sent: at + 1, ended: at + proven },
  };
}

/** A history, oldest first, in which what is undefined does not open. It counts the rows that are read. */
function historyOf(cancellations: readonly (Cancellation | undefined)[]) {
  const rows = cancellations.map((cancellation, index) => ({
    row: index + 1,
    ...(cancellation && { cancellation }),
  }));
  const counted = { read: 0, most: 0 };
  return {
    counted,
    accounts: () => accounts,
    async history(limit: number, before = Infinity) {
      const page = rows.slice(0, Math.min(before - 1, rows.length)).slice(-limit);
      counted.read += page.length;
      counted.most = Math.max(counted.most, page.length);
      return page.toReversed();
    },
  };
}

const read = (open: ReturnType<typeof historyOf>) => readLatencies(open, from, now);

const provenOf = ({ systems }: Awaited<ReturnType<typeof read>>) =>
  systems.map(({ venue, environment, cancels }) => [
    venue,
    environment,
    cancels.map(({ proven }) => proven),
  ]);

test('each system on which there is an account has its own, newest first', async () => {
  const latencies = await read(
    historyOf([
      cancelled(5, 50),
      cancelled(4, 40, alsoLira.id),
      cancelled(3, 30, testLira.id),
      cancelled(2, 20),
    ]),
  );
  expect(provenOf(latencies)).toEqual([
    ['btcturk', 'live', [20, 40, 50]],
    ['ripio', 'live', []],
    ['btcturk', 'test', [30]],
  ]);
  expect(latencies).toMatchObject({ removed: 0 });
  expect(latencies).not.toHaveProperty('readBackTo');
});

test('numbers are all that is handed over', async () => {
  const { systems } = await read(historyOf([cancelled(5)]));
  expect(systems[0]?.cancels).toEqual([{ clicked: now - 5 * minute, proven: 40 }]);
});

test('what went to a removed account is counted, since nobody knows its venue', async () => {
  const latencies = await read(historyOf([cancelled(5, 40, 'x'), cancelled(4, 40, 'y')]));
  expect(latencies.removed).toBe(2);
  expect(provenOf(latencies)[0]?.[2]).toEqual([]);
});

test('what was clicked before, or is said to be clicked later than now, is left out', async () => {
  const latencies = await read(historyOf([cancelled(61, 61), cancelled(60, 60), cancelled(-1, 1)]));
  expect(provenOf(latencies)[0]?.[2]).toEqual([60]);
});

test('a row that does not open, and one of another clock, are passed over', async () => {
  const latencies = await read(
    historyOf([cancelled(9, 9), undefined, cancelled(500), cancelled(1, 1)]),
  );
  expect(provenOf(latencies)[0]?.[2]).toEqual([1, 9]);
});

test('an empty history', async () => {
  const latencies = await read(historyOf([]));
  expect(latencies.systems.flatMap(({ cancels }) => cancels)).toEqual([]);
});

describe('how much is read', () => {
  const old = Array.from({ length: 100_000 }, () => cancelled(5000));

  test('of a long history no more than a little beyond what is shown', async () => {
    const open = historyOf([...old, ...Array.from({ length: 250 }, () => cancelled(5))]);
    const latencies = await read(open);
    expect(latencies.systems[0]?.cancels).toHaveLength(250);
    expect(latencies).not.toHaveProperty('readBackTo');
    expect(open.counted.read).toBeLessThanOrEqual(600);
  });

  test('never more than the most, and it says how far back that was', async () => {
    const lately = Array.from({ length: mostRows + 1000 }, (_, index) =>
      cancelled(50 - index / 1000),
    );
    const open = historyOf([...old, ...lately]);
    const latencies = await read(open);
    expect(open.counted.read).toBe(mostRows);
    expect(open.counted.most).toBeLessThanOrEqual(200);
    expect(latencies.systems[0]?.cancels).toHaveLength(mostRows);
    expect(latencies.readBackTo).toBe(latencies.systems[0]?.cancels.at(-1)?.clicked);
  });

  test('a history that has no more than the most is all read, and nothing is said', async () => {
    const open = historyOf(Array.from({ length: mostRows }, () => cancelled(5)));
    expect(await read(open)).not.toHaveProperty('readBackTo');
    expect(open.counted.read).toBe(mostRows);
  });

  test('rows of which none opens do not end the search', async () => {
    const latencies = await read(
      historyOf([
        cancelled(9, 9),
        ...Array.from({ length: 300 }, () => undefined),
        cancelled(1, 1),
      ]),
    );
    expect(provenOf(latencies)[0]?.[2]).toEqual([1, 9]);
  });
});
