import { beforeEach, expect, test, vi } from 'vitest';
import type { Cancellation } from '#lib/domain/cancellation.ts';
import { mostRows, readLatencies } from '#lib/worker/latency.ts';
import { cancellationStore } from '#lib/worker/store/cancellations.ts';
import type { Sealer } from '#lib/worker/vault/sealing.ts';
import { emptyDatabase, freshSealer, wish } from '#tests/browser/support/fresh.ts';

beforeEach(emptyDatabase);

const day = 86_400_000;
const now = 1_700_000_000_000 + 30 * day;

/** Clicked so long ago, and proven after 40 ms. */
function cancelled(age: number): Cancellation {
  const at = now - age;
  return {
    ...wish('1'),
    state: 'cancelled',
    at: { requested: at, sent: at + 1, ended: at + 40 },
  };
}

/** A history of rows that are really sealed, with what counts how many are opened. */
async function historyOf(...ages: number[]) {
  const sealer = await freshSealer();
  const open = vi.fn(sealer.open.bind(sealer)) as Sealer['open'];
  const store = await cancellationStore({ ...sealer, open });
  await store.addAll(ages.map(cancelled));
  const accounts = [
    { id: wish('1').ref.accountId, venue: 'ripio', label: 'Reais', environment: 'live' } as const,
  ];
  return { opened: open, open: { accounts: () => accounts, history: store.page.bind(store) } };
}

const many = (count: number, age: number) => Array.from({ length: count }, () => age);

test('of a long history it opens the newest rows, and little more', async () => {
  const { open, opened } = await historyOf(...many(3000, 20 * day), ...many(40, day));
  const { systems } = await readLatencies(open, now - 7 * day, now);
  expect(systems[0]?.cancels).toEqual(
    many(40, day).map((age) => ({ clicked: now - age, proven: 40 })),
  );
  expect(opened).toHaveBeenCalledTimes(400);
});

test('it never opens more than the most, and says how far back it came', async () => {
  const { open, opened } = await historyOf(...many(500, 2 * day), ...many(mostRows, day));
  const latencies = await readLatencies(open, now - 7 * day, now);
  expect(latencies.systems[0]?.cancels).toHaveLength(mostRows);
  expect(latencies.readBackTo).toBe(now - day);
  expect(opened).toHaveBeenCalledTimes(mostRows);
});
