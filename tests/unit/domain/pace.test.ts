import { describe, expect, test } from 'vitest';
import type { CancellationEvent } from '#lib/domain/cancellation-steps.ts';
import type { Claim } from '#lib/domain/reply.ts';
import {
  after,
  asked,
  claimed,
  drop,
  open,
  replied,
  sending,
  shown,
  unread,
} from './cancellation-events.ts';

const contradicted = (claim: Claim) => [sending, claimed(claim), open];
/** The same happens so often. */
const often = (times: number, events: readonly CancellationEvent[]) =>
  after(...Array.from({ length: times }, () => events).flat());

describe('the pace of one order', () => {
  test.each<[string, CancellationEvent[]]>([
    ['claims that there is none', contradicted('not-found')],
    ['claims that it has filled', contradicted('filled')],
    ['claims that it was cancelled', contradicted('was-cancelled')],
    ['says nothing usable', [...drop, open]],
    [
      'says nothing usable, then that it cannot',
      [...drop, open, sending, claimed('not-cancellable'), open],
    ],
    [
      'claims that there is none, and some readings fail',
      [sending, claimed('not-found'), unread, open],
    ],
  ])('%s while it is open: sent less and less often', (_, round) => {
    const waits = Array.from({ length: 12 }, (__, count) => {
      const { next } = often(count + 1, round);
      expect(next?.step).toBe('send');
      return (next?.at ?? 0) - asked;
    });
    expect(waits).toEqual(waits.toSorted((a, b) => a - b));
    expect(waits.at(-1)).toBe(60_000);
    // So many sendings in the first minute and a half.
    const times = waits.map((__, index) =>
      waits.slice(0, index + 1).reduce((sum, wait) => sum + wait),
    );
    expect(times.filter((time) => time < 90_000).length).toBeLessThan(10);
  });

  test('a wait of no time, told again and again, grows', () => {
    const now = replied({ kind: 'rate-limited', retryAfter: 250, said: ['slow down'] });
    const waits = Array.from({ length: 11 }, (_, count) => shown(often(count + 1, [sending, now])));
    const seconds = [0.25, 0.4, 1, 2, 4, 8, 16, 30, 60, 60, 60];
    expect(waits).toEqual(seconds.map((wait) => `sent, send in ${wait * 1000}`));
  });

  test('readings slow down to one in 30 s, and stay there', () => {
    const waits = Array.from({ length: 11 }, (_, count) =>
      shown(after(...drop, ...Array<CancellationEvent>(count).fill(unread))),
    );
    const seconds = [0.15, 0.4, 1, 2, 4, 8, 16, 30, 30, 30, 30];
    expect(waits).toEqual(seconds.map((wait) => `unknown, read in ${wait * 1000}`));
  });
});
