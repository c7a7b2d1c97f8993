import { brokenIn } from '#tests/faults/chromium/laws.ts';
import { runSeed } from '#tests/faults/chromium/run.ts';
import { browserScheduleFor } from '#tests/faults/chromium/schedule.ts';
import { expect, test } from '#tests/e2e/support/test.ts';

/** A sample of what `npm run faults:chromium` runs: the browser's death, the worker's and an update are among these. */
const seeds = Array.from({ length: 20 }, (_, index) => index + 15);

for (const seed of seeds) {
  const { faults, venue } = browserScheduleFor(seed);
  const met = faults.map(({ kind, place }) => `${kind} (${place})`).join(' and ');

  test(`seed ${seed}, ${venue}: ${met}`, async ({ browserForAll }) => {
    expect(brokenIn(await runSeed(seed, browserForAll))).toEqual([]);
  });
}
