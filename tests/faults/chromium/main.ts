import '#tests/support/english.ts';
import { parseArgs } from 'node:util';
import { startSharedBrowser } from '#tests/e2e/support/shared-browser.ts';
import { createReport } from '#tests/faults/report.ts';
import { brokenIn, laws } from './laws.ts';
import { runSeed } from './run.ts';
import { kinds, lasting } from './schedule.ts';

const { values } = parseArgs({
  options: {
    seed: { type: 'string' },
    from: { type: 'string', default: '1' },
    runs: { type: 'string', default: '200' },
    /** So many at once: a run waits about as long as it works. */
    beside: { type: 'string', default: '3' },
  },
});
const first = Number(values.seed ?? values.from);
const runs = values.seed === undefined ? Number(values.runs) : 1;
const seeds = Array.from({ length: runs }, (_, index) => first + index);

const seconds = (milliseconds = 0) => (milliseconds / 1000).toFixed(2);

/** In milliseconds; the longest runs take half a minute. */
const patience = 180_000;

const startedAt = performance.now();
/** Milliseconds of each run: to make it ready, until the last wish had ended, in all. */
const times: { seed: number; parts: [number, number, number] }[] = [];
const report = createReport({ laws, kinds, lasting, alone: 'npm run faults:chromium -- --seed N' });
await Promise.all(
  Array.from({ length: Math.min(runs, Number(values.beside)) }, async () => {
    const browser = await startSharedBrowser();
    for (let seed = seeds.shift(); seed !== undefined; seed = seeds.shift()) {
      const from = performance.now();
      const records = await bounded(runSeed(seed, browser)).catch(
        (error: unknown) => error as Error,
      );
      if (records instanceof Error) report.failed(seed, records);
      else report.add(records, brokenIn(records));
      if (!(records instanceof Error)) {
        const { readyAfter, settledAt = 0 } = records;
        const parts = [readyAfter, settledAt - readyAfter, performance.now() - from] as const;
        times.push({ seed, parts: [...parts] });
      }
      if (values.seed !== undefined && !(records instanceof Error)) report.tell(records);
    }
    await browser.close();
  }),
);
console.log(report.text(first, (performance.now() - startedAt) / 1000));
console.log(`\n${timesText()}`);
process.exit(report.isWhole() ? 0 : 1);

/** A run that hangs is one that could not be made, and the others are reported all the same. */
function bounded<Result>(run: Promise<Result>): Promise<Result> {
  const late = new Promise<never>((_, reject) => {
    const hang = () => reject(new Error(`has not ended after ${patience / 1000} s`));
    setTimeout(hang, patience).unref();
  });
  return Promise.race([run, late]);
}

function timesText(): string {
  const median = (part: 0 | 1 | 2) => {
    const sorted = times.map(({ parts }) => parts[part]).toSorted((a, b) => a - b);
    return seconds(sorted[Math.floor(sorted.length / 2)]);
  };
  const [slowest] = times.toSorted((a, b) => b.parts[2] - a.parts[2]);
  return [
    `Seconds of a run, median: ${median(0)} to make it ready, ${median(1)} until all had ended, ${median(2)} in all`,
    `The longest, of seed ${slowest?.seed}: ${slowest?.parts.map((part) => seconds(part)).join(', ')}`,
  ].join('\n');
}
