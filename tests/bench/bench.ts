/**
 * What speed is measured with: the built extension in a real Chromium, sandbox venues on loopback. Nothing here passes or
 * fails, and nothing is asserted: compare the ratios of one run, not the milliseconds of two.
 *
 *     npm run bench                 every part
 *     npm run bench -- 1 4          some of them
 *     npm run bench -- 1 --readme   what was measured into the README too
 *     npm run bench -- 1 9 --clicks 120
 *                                   so many clicks for each row of parts 1, 9 and 10 and with --beside
 *     npm run bench -- 1 4 --beside ../other/.output/chrome-mv3-sandbox
 *                                   clicks and the popup in turn with those of another build, in pairs
 *
 * 1. **One click**: from the click in the popup to the arrival of the cancel at the venue, and to the proof on the screen.
 *    With the worker warm and with the worker just killed. Beside them the floor: the same request from a worker that does
 *    nothing else.
 * 2. **Beside ccxt**: the same cancel with the best known library, and what either weighs. Fetches ccxt into a cache.
 * 3. **Cancel all**: 50 to 2,000 orders on five venues, beside as many bare requests, and beside what the venues' limits
 *    allow.
 * 4. **Popup**: its first screen with few orders and many, typing in its search, its memory.
 * 5. **History**: with few cancellations and many.
 * 6. **Warming**: what it saves that an opening popup wakes the worker and connects to the venues, where connections are dear.
 * 7. **Streams**: from the click to the proof on the screen where the venue's stream tells it, beside where it is read.
 * 8. **Load**: 10,000 open orders, 100,000 rows of history and 20 accounts beside a tenth of that and beside none.
 * 9. **Flat**: from the click to the arrival, with few accounts and many, few open orders and many, no history and much.
 * 10. **Where the time goes**: what passes between a click and its arrival, and before the popup's first frame.
 *
 * Tables go to the console, all figures to `test-results/bench.json`. A target stands beside the figure that it is for, and
 * whether the median meets it.
 *
 * **How it is measured.** The browser is driven over the DevTools protocol by `support/browser.ts`, without Playwright,
 * which would attach to every worker. The venues are a process of their own (`support/venues.ts`). Clicks and keys are
 * input events of the browser. A page notes times by listeners and observers that run in it, never by asking from outside.
 */
import { execFileSync } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { measureBesideBuild } from './beside-build.ts';
import { measureBesideCcxt } from './beside-ccxt.ts';
import { measureCancelAll } from './cancel-all.ts';
import { measureFlat } from './flat.ts';
import { measureHistory } from './history.ts';
import { measureLoad } from './load.ts';
import { describeMachine } from './machine.ts';
import { measureOneClick } from './one-click.ts';
import { measurePopup } from './popup.ts';
import { writeReadme } from './readme.ts';
import { measureStreams } from './streams.ts';
import { measureWarming } from './warming.ts';
import { measureWhereTimeGoes } from './where-time-goes.ts';
import { printPart, type Part } from './report.ts';

const parts: Readonly<Record<string, (clicks?: number) => Promise<Part>>> = {
  1: measureOneClick,
  2: measureBesideCcxt,
  3: measureCancelAll,
  4: measurePopup,
  5: measureHistory,
  6: measureWarming,
  7: measureStreams,
  8: measureLoad,
  9: measureFlat,
  10: measureWhereTimeGoes,
};

const { values, positionals } = parseArgs({
  options: {
    readme: { type: 'boolean', default: false },
    beside: { type: 'string' },
    clicks: { type: 'string' },
  },
  allowPositionals: true,
});
const unknown = positionals.filter((each) => !(each in parts));
if (unknown.length > 0) {
  console.error(
    `There is no part ${unknown.join(', ')}: name some of ${Object.keys(parts).join(', ')}.`,
  );
  process.exit(2);
}

const clicks = values.clicks === undefined ? undefined : Number(values.clicks);
if (clicks !== undefined && !(Number.isInteger(clicks) && clicks > 0)) {
  console.error('--clicks is how many: a whole number.');
  process.exit(2);
}

execFileSync('npm', ['run', '--silent', 'build:sandbox'], {
  stdio: ['ignore', 'ignore', 'inherit'],
});
if (values.beside !== undefined) {
  await measureBesideBuild(values.beside, positionals, clicks);
  process.exit();
}
const machine = await describeMachine();
const measured: Part[] = [];
for (const [number, measure] of Object.entries(parts)) {
  if (positionals.length > 0 && !positionals.includes(number)) continue;
  const part = await measure(clicks);
  printPart(part);
  measured.push(part);
}

const root = join(import.meta.dirname, '../..');
await mkdir(join(root, 'test-results'), { recursive: true });
const report = { machine, parts: measured };
await writeFile(join(root, 'test-results/bench.json'), JSON.stringify(report, null, 2));
if (values.readme) await writeReadme(join(root, 'README.md'), machine, measured);
