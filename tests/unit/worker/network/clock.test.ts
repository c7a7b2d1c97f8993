import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createClocks, type KnownClocks } from '#lib/worker/network/clock.ts';
import { venues } from '#lib/venues/venues.ts';

/** This machine's two clocks, one of which is set at times, and a venue whose clock is ahead by so much. */

const base = 'http://venue';
const start = 1_700_000_000_000;
let ahead = 0;

beforeEach(() => {
  ahead = 0;
  vi.useFakeTimers({ now: start, toFake: ['Date', 'performance'] });
});
afterEach(() => {
  vi.useRealTimers();
});

const send = () =>
  Promise.resolve({
    status: 200,
    headers: new Headers(),
    text: `{"data":{"timestamp":${Date.now() + ahead}}}`,
  });

/** Time passes. */
const pass = (milliseconds: number) => vi.advanceTimersByTime(milliseconds);
/** Somebody sets this machine's clock: the time since its start stays as it is. */
const setClock = (by: number) => vi.setSystemTime(Date.now() + by);

function begin(known: KnownClocks = {}) {
  let kept = known;
  const clocks = createClocks(known, (all) => (kept = all));
  return { clocks, measure: () => clocks.measure(venues.ripio, base, { send }), kept: () => kept };
}

describe('a clock since a time', () => {
  test('that was never read is not known', () => {
    expect(begin().clocks.since(base, start)).toBeUndefined();
  });

  test('is as certain as its reading where nothing was set', async () => {
    const { clocks, measure } = begin();
    ahead = 500;
    await measure();
    pass(60_000);
    expect(clocks.since(base, start + 30_000)).toEqual({ offset: 500, uncertainty: 1 });
  });

  test('is as uncertain as the venue has set it since', async () => {
    const { clocks, measure } = begin();
    await measure();
    pass(60_000);
    const asked = Date.now();
    pass(100);
    ahead = -3000;
    await measure();
    expect(clocks.since(base, asked)).toEqual({ offset: -1500, uncertainty: 1501 });
  });

  test('does not care what was before the reading that held then', async () => {
    const { clocks, measure } = begin();
    ahead = 9000;
    await measure();
    pass(60_000);
    ahead = 0;
    await measure();
    pass(60_000);
    const asked = Date.now();
    pass(100);
    await measure();
    expect(clocks.since(base, asked)).toEqual({ offset: 0, uncertainty: 1 });
  });

  test.each([3000, -3000, -400_000])(
    'is as uncertain as this machine’s has been set since: %i ms',
    async (by) => {
      const { clocks, measure } = begin();
      await measure();
      pass(100);
      const asked = Date.now();
      pass(100);
      setClock(by);
      expect(clocks.since(base, asked)?.uncertainty).toBe(Math.abs(by) + 1);
    },
  );

  test('is as good as unread where it was first read after that time', async () => {
    const { clocks, measure } = begin();
    const asked = Date.now();
    pass(100);
    await measure();
    expect(clocks.since(base, asked)).toEqual({ offset: 0, uncertainty: 600_001 });
  });

  test('goes by what was set after that time alone', async () => {
    const { clocks, measure } = begin();
    setClock(3000);
    await measure();
    pass(100);
    expect(clocks.since(base, Date.now())?.uncertainty).toBe(1);
  });

  test('holds the true offset where both clocks are set between two readings, the one before that time', async () => {
    const { clocks, measure } = begin();
    await measure();
    pass(100);
    setClock(5000);
    const asked = Date.now();
    pass(100);
    ahead = -4000;
    await measure();
    const { offset, uncertainty } = clocks.since(base, asked) ?? { offset: 0, uncertainty: 0 };
    expect(offset - uncertainty).toBeLessThanOrEqual(-5000);
    expect(offset + uncertainty).toBeGreaterThanOrEqual(-4000);
  });

  test('is not less certain for a clock that the network keeps right', async () => {
    const { clocks, measure } = begin();
    await measure();
    pass(100);
    const asked = Date.now();
    pass(100);
    setClock(30);
    expect(clocks.since(base, asked)?.uncertainty).toBe(1);
  });

  test('is told by the next life of the worker too', async () => {
    const first = begin();
    await first.measure();
    pass(100);
    const asked = Date.now();
    ahead = -3000;
    await first.measure();
    const second = begin(first.kept());
    expect(second.clocks.since(base, asked)).toEqual({ offset: -1500, uncertainty: 1501 });
  });

  test('of a clock that was set back while no life saw it, both sides are held possible', async () => {
    const first = begin();
    await first.measure();
    pass(3000);
    const asked = Date.now();
    pass(1000);
    setClock(-600_000);
    ahead = 600_000;
    const second = begin(first.kept());
    await second.measure();
    expect(second.clocks.since(base, asked)).toEqual({ offset: 300_000, uncertainty: 300_001 });
  });
});

describe('a reading can be relied on', () => {
  test('once there is one', async () => {
    const { clocks, measure } = begin();
    expect(clocks.isFresh(base)).toBe(false);
    await measure();
    expect(clocks.isFresh(base)).toBe(true);
  });

  test('until it is ten minutes old', async () => {
    const { clocks, measure } = begin();
    await measure();
    pass(599_999);
    expect(clocks.isFresh(base)).toBe(true);
    pass(1);
    expect(clocks.isFresh(base)).toBe(false);
  });

  test.each([3000, -3000])('until this machine’s clock is set: %i ms', async (by) => {
    const { clocks, measure } = begin();
    await measure();
    pass(1000);
    setClock(by);
    expect(clocks.isFresh(base)).toBe(false);
    await measure();
    expect(clocks.isFresh(base)).toBe(true);
  });
});

test('only the last few readings are kept', async () => {
  const { measure, kept } = begin();
  for (let count = 0; count < 50; count++) {
    pass(1000);
    // Each is asked for after the last has come.
    // oxlint-disable-next-line no-await-in-loop
    await measure();
  }
  expect(kept()[base]).toHaveLength(40);
});
