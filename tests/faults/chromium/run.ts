import type { SharedBrowser } from '#tests/e2e/support/shared-browser.ts';
import { sharedBrowser, startOwnBrowser } from './browser.ts';
import type { BrowserRecords } from './records.ts';
import { browserScheduleFor } from './schedule.ts';
import { runInBrowser } from './world.ts';

/** The run of a seed, in the browser that others use too where it leaves that alive. */
export async function runSeed(seed: number, shared: SharedBrowser): Promise<BrowserRecords> {
  const schedule = browserScheduleFor(seed);
  if (!schedule.ownBrowser) {
    try {
      return await runInBrowser(schedule, sharedBrowser(await shared.install()));
    } finally {
      await shared.reset();
    }
  }
  const browser = await startOwnBrowser();
  try {
    return await runInBrowser(schedule, browser);
  } finally {
    await browser.close();
  }
}
