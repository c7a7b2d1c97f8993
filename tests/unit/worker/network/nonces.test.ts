import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { createNonces, type NonceHeight } from '#lib/worker/network/nonces.ts';

/** A database that every life of the worker finds as the one before left it. */
function database() {
  let kept = 0;
  let writes = 0;
  let isShut = false;
  const height: NonceHeight = {
    read: async () => kept,
    async write(value) {
      await Promise.resolve();
      if (isShut) throw new Error('the disk is full');
      kept = value;
      writes++;
    },
  };
  return { height, writes: () => writes, shut: (shut: boolean) => (isShut = shut) };
}

test('the clock’s milliseconds, and each once', async () => {
  const next = createNonces(database().height);
  const now = 1_764_062_040_000.25;
  expect(await Promise.all([next(now), next(now), next(now)])).toEqual([
    '1764062040001',
    '1764062040002',
    '1764062040003',
  ]);
});

test('rise for ever, whatever the clock does and whenever a life ends', async () => {
  const life = fc.array(fc.integer({ min: 0, max: 100_000 }), { maxLength: 20 });
  await fc.assert(
    fc.asyncProperty(fc.array(life, { maxLength: 6 }), async (lives) => {
      const { height } = database();
      let last = -1;
      for (const clock of lives) {
        const next = createNonces(height);
        for (const now of clock) {
          const nonce = Number(await next(now));
          expect(nonce).toBeGreaterThan(last);
          expect(nonce).toBeGreaterThanOrEqual(now);
          last = nonce;
        }
      }
    }),
  );
});

test('none is given before the height above it is written', async () => {
  const { height, shut } = database();
  const next = createNonces(height);
  shut(true);
  await expect(next(5)).rejects.toThrow('full');
  shut(false);
  expect(await next(5)).toBe('5');
});

test('lives that follow each other every half minute do not run away from the clock', async () => {
  const { height, writes } = database();
  let now = 1_764_062_040_000;
  for (let life = 0; life < 100; life++) {
    const next = createNonces(height);
    for (let request = 0; request < 30; request++) {
      await next(now);
      now += 1000;
    }
    expect(Number(await next(now)) - now).toBeLessThanOrEqual(10_000);
  }
  // Once in ten seconds, not once a request.
  expect(writes()).toBeLessThanOrEqual(400);
});
