import { expect, test } from 'vitest';
import { ztdx } from '#lib/venues/ztdx/ztdx.ts';

/** Beside `feeds.test.ts` and `wire.test.ts`: what keeps ZTDX's stream open (fact sheet 2.9). */

const { longestSilence = 0, pass, ping } = ztdx.feed;

test('the listen key is renewed well within its hour', () => {
  expect(pass?.renew?.every).toBeLessThanOrEqual(1_800_000);
});

test('a ping goes out before a browser ends an idle worker, and each is answered', () => {
  expect(JSON.parse(ping?.text ?? '')).toEqual({ type: 'ping' });
  expect(ping?.every).toBeLessThan(30_000);
  expect(longestSilence).toBeGreaterThan(2 * (ping?.every ?? Infinity));
});
