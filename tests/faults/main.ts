import '#tests/support/english.ts';
import { parseArgs } from 'node:util';
import { brokenIn, laws } from '#tests/faults/laws/laws.ts';
import { startSandbox } from '#tests/sandbox/sandbox.ts';
import { loadCode } from './code.ts';
import { workerGlobals } from './life.ts';
import { documentGlobals } from './offscreen.ts';
import { createReport } from './report.ts';
import { faultKinds, lasting, scheduleFor } from './schedule.ts';
import { installTime } from './time.ts';
import { runSchedule } from './world.ts';

const { values } = parseArgs({
  options: {
    seed: { type: 'string' },
    from: { type: 'string', default: '1' },
    runs: { type: 'string', default: '10000' },
  },
});
const first = Number(values.seed ?? values.from);
const runs = values.seed === undefined ? Number(values.runs) : 1;

const startedAt = process.hrtime.bigint();
const stage = {
  start: await loadCode('background', workerGlobals),
  runDocument: await loadCode('offscreen', documentGlobals),
  sandbox: await startSandbox(),
};
// Who hears of a rejection late is told of so often.
process.removeAllListeners('warning');
// In a browser a line in the worker's log, where it is a sentence of the worker's. Anything else is a fault of the harness.
process.on('unhandledRejection', (error: unknown) => {
  if (!(error instanceof Error && error.constructor.name === 'UserError')) throw error;
});
installTime();

const report = createReport({
  laws,
  kinds: faultKinds,
  lasting,
  alone: 'npm run faults -- --seed N',
});
for (let seed = first; seed < first + runs; seed++) {
  const schedule = scheduleFor(seed);
  const records = await runSchedule(schedule, stage).catch((error: unknown) => error as Error);
  if (records instanceof Error) report.failed(seed, records);
  else report.add(records, brokenIn(records));
  if (values.seed !== undefined && !(records instanceof Error)) report.tell(records);
}
const seconds = Number((process.hrtime.bigint() - startedAt) / 1_000_000n) / 1000;
console.log(report.text(first, seconds));
process.exit(report.isWhole() ? 0 : 1);
