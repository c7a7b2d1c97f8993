import { parseArgs } from 'node:util';
import { startSandbox } from '#tests/sandbox/sandbox.ts';
import { loadWorker } from './code.ts';
import { brokenIn, laws } from './laws.ts';
import { globalNames } from './life.ts';
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
const stage = { start: await loadWorker(globalNames), sandbox: await startSandbox() };
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
