import { expect, test } from 'vitest';
import type { Stated } from '#lib/domain/standing.ts';
import { toneOf, type Tone } from '#lib/page/tone.ts';

test.each<[Stated, Tone]>([
  [{ state: 'requested' }, 'busy'],
  [{ state: 'sent' }, 'busy'],
  [{ state: 'accepted' }, 'busy'],
  [{ state: 'unknown' }, 'warn'],
  [{ state: 'cancelled' }, 'good'],
  [{ state: 'was-cancelled' }, 'plain'],
  [{ state: 'filled' }, 'warn'],
  [{ state: 'not-found' }, 'plain'],
  [{ state: 'refused' }, 'bad'],
  // Nothing is under way any more.
  [{ state: 'requested', stopped: true }, 'plain'],
  [{ state: 'unknown', stopped: true, lapsed: true }, 'warn'],
  [{ state: 'sent', abandoned: true }, 'warn'],
])('%o is %s', (cancellation, tone) => {
  expect(toneOf(cancellation)).toBe(tone);
});
