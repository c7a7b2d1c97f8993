import { afterEach, describe, expect, test, vi } from 'vitest';
import { createClocks } from '#lib/worker/network/clock.ts';
import { venues } from '#lib/venues/venues.ts';
import {
  order,
  stops,
  type Answer,
  serve,
  answering,
  client,
  measured,
} from './account-client-world.ts';

/** By whose clock requests are stamped and replies are judged. */

afterEach(() => {
  vi.useRealTimers();
  for (const stop of stops.splice(0)) stop();
});

describe('timestamps', () => {
  const now = 1_700_000_000_000;

  /** The stamps of `count` calls. */
  async function stamps(count: number, offset?: number): Promise<number[]> {
    vi.useFakeTimers({ now, toFake: ['Date'] });
    const sent: number[] = [];
    const base = 'http://venue';
    const known = offset === undefined ? {} : { [base]: [{ offset, uncertainty: 5, at: now }] };
    const account = await client(base, {
      send: answering({ text: '{}' }, ({ headers }) => sent.push(Number(headers['Timestamp']))),
      clocks: measured(known),
    });
    for (let call = 0; call < count; call++) await account.call(venues.ripio.readOrder, order);
    return sent;
  }

  test('rise strictly within a millisecond', async () => {
    expect(await stamps(4)).toEqual([now, now + 1, now + 2, now + 3]);
  });

  test('follow the venue’s clock', async () => {
    expect(await stamps(1, -90_000)).toEqual([now - 90_000]);
  });

  test('are strictly rising over calls side by side', async () => {
    vi.useFakeTimers({ now, toFake: ['Date'] });
    const sent: string[] = [];
    const account = await client('http://venue', {
      send: answering({ text: '{}' }, ({ headers }) => sent.push(headers['Timestamp'] ?? '')),
    });
    await Promise.all(
      Array.from({ length: 20 }, () => account.call(venues.ripio.readOrder, order)),
    );
    expect(new Set(sent).size).toBe(20);
  });

  /** The stamps before and after the venue's clock was found to be off by so many milliseconds. */
  async function stampsAround(offset: number): Promise<[number, number]> {
    vi.useFakeTimers({ now, toFake: ['Date'] });
    const sent: number[] = [];
    const text = `{"data":{"timestamp":${now + offset}}}`;
    const account = await client('http://venue', {
      send: answering({ text }, ({ headers }) => {
        if (headers['Timestamp']) sent.push(Number(headers['Timestamp']));
      }),
    });
    await account.call(venues.ripio.cancel, order);
    await account.measureClock();
    await account.call(venues.ripio.cancel, order);
    return [sent[0] ?? NaN, sent[1] ?? NaN];
  }

  test('are set back at once by a measured clock, although later ones were sent', async () => {
    const [before, after] = await stampsAround(-3_600_000);
    expect(before).toBe(now);
    expect(Math.abs(after - (now - 3_600_000))).toBeLessThan(1000);
  });

  test('go on rising where the clock was only a little ahead: none is used twice', async () => {
    expect(await stampsAround(-100)).toEqual([now, now + 1]);
  });
});

describe('the venue’s clock', () => {
  test('is read once for all who ask at the same time, and again for who asks later', async () => {
    const { base, asked } = await serve({ text: '{"data":{"timestamp":1700000000000}}' });
    const account = await client(base);
    const readings = await Promise.all([account.measureClock(), account.measureClock()]);
    expect(readings[0]).toBe(readings[1]);
    expect(asked).toHaveLength(1);
    await account.measureClock();
    expect(asked).toHaveLength(2);
  });

  test('is read unsigned and kept', async () => {
    const venueTime = Date.now() + 120_000;
    const { base, asked } = await serve({ text: `{"data":{"timestamp":${venueTime}}}` });
    const keep = vi.fn<Parameters<typeof createClocks>[1]>();
    const account = await client(base, { clocks: createClocks({}, keep) });
    expect(account.clock()).toBeUndefined();
    const reading = await account.measureClock();
    expect(account.clock()).toMatchObject(reading);
    expect(keep).toHaveBeenCalledExactlyOnceWith({ [base]: [account.clock()] });
    expect(asked[0]?.headers).not.toHaveProperty('authorization');
    if ('kind' in reading) throw new Error('not read');
    expect(Math.abs(reading.offset - 120_000)).toBeLessThan(5000);
    expect(reading.uncertainty).toBeGreaterThanOrEqual(1);
  });

  test('is taken for the middle of the round trip', async () => {
    vi.useFakeTimers({ now: 1_700_000_000_000, toFake: ['Date', 'performance'] });
    const text = '{"data":{"timestamp":1700000001150}}';
    const send = answering({ text }, () => vi.advanceTimersByTime(300));
    expect(await (await client('http://venue', { send })).measureClock()).toEqual({
      offset: 1000,
      uncertainty: 151,
    });
  });

  test.each<[string, Answer, string]>([
    ['not its JSON', { text: '<html></html>' }, 'unknown'],
    ['rate-limited', { status: 429 }, 'rate-limited'],
    ['cut off', { cut: 'before' }, 'unknown'],
  ])('%s: a failure, and the clock known before stays', async (_, answer, kind) => {
    const { base } = await serve(answer);
    const known = { offset: 7, uncertainty: 1, at: Date.now() };
    const account = await client(base, { clocks: measured({ [base]: [known] }) });
    expect(await account.measureClock()).toMatchObject({ kind });
    expect(account.clock()).toEqual(known);
  });
});

test('a base of one environment does not know the clock of another', async () => {
  const clocks = measured({ 'http://a': [{ offset: 1, uncertainty: 1, at: Date.now() }] });
  const account = await client('http://b', { clocks });
  expect(account.clock()).toBeUndefined();
});
