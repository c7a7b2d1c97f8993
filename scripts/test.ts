/** All checks and all tests; ends with the number of tests that passed and failed. */
import { spawn } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { relative } from 'node:path';

const vitestReport = 'test-results/vitest.json';
const playwrightReport = 'test-results/playwright.json';
for (const report of [vitestReport, playwrightReport]) rmSync(report, { force: true });

const check = await run('npm', ['run', '--silent', 'check']);
// The checks have built Chrome's package for users. What else the tests look at is built beside those that need none, and beside
// the runs with faults, which take one core.
const builds = ['build:sandbox', 'build:firefox', 'build:firefox:sandbox'];
const [units, build, faults] = await Promise.all([
  run('vitest', [
    'run',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${vitestReport}`,
  ]),
  runAll(builds),
  run('npm', ['run', '--silent', 'faults', '--', '--runs', '300']),
]);
const endToEnd = await run('playwright', ['test', '--reporter=list,json'], {
  env: {
    PLAYWRIGHT_JSON_OUTPUT_NAME: playwrightReport,
    ...(check.ok && build.ok && { PULLCORD_BUILT: 'yes' }),
  },
});
const steps = [check, units, build, faults, endToEnd];

const vitest = read(vitestReport);
const playwright = read(playwrightReport);
const passed = (vitest.numPassedTests ?? 0) + (playwright.stats?.expected ?? 0);
const failed = (vitest.numFailedTests ?? 0) + (playwright.stats?.unexpected ?? 0);
const broken = steps.filter(({ ok }) => !ok).map(({ name }) => name);
if (broken.length > 0) console.log(`\nFailed: ${broken.join(', ')}`);
// What they printed stands far above, and a log may have been cut: a failed check says once more what it found.
if (!check.ok) await run('npm', ['run', '--silent', 'check']);
for (const { name, message, assertionResults } of vitest.testResults ?? []) {
  const file = relative('.', name);
  for (const { status, fullName, failureMessages } of assertionResults) {
    if (status === 'failed') console.log(`\n${file}: ${fullName}\n${head(failureMessages)}`);
  }
  if (message) console.log(`\n${file}\n${head([message])}`);
}
console.log(`\n${passed} passed, ${failed} failed`);
// A runner that broke down without a failed test, or a check, fails the whole.
process.exit(broken.length === 0 && failed === 0 && passed > 0 ? 0 : 1);

function run(
  command: string,
  args: string[],
  { stdout = 'inherit', env = {} }: { stdout?: 'inherit' | 'ignore'; env?: NodeJS.ProcessEnv } = {},
): Promise<{ name: string; ok: boolean }> {
  const name = [command, ...args].join(' ');
  console.log(`\n> ${name}`);
  const child = spawn(command, args, {
    stdio: ['inherit', stdout, 'inherit'],
    env: { ...process.env, ...env },
  });
  return new Promise((resolve) => {
    child.on('error', () => resolve({ name, ok: false }));
    child.on('exit', (status) => resolve({ name, ok: status === 0 }));
  });
}

/** One after the other: the tests beside them have the machine's other cores. */
async function runAll(scripts: readonly string[]): Promise<{ name: string; ok: boolean }> {
  for (const script of scripts) {
    const result = await run('npm', ['run', '--silent', script], { stdout: 'ignore' });
    if (!result.ok) return result;
  }
  return { name: scripts.join(', '), ok: true };
}

/** What the runners' own reports say; empty where a runner broke down before it wrote one. */
function read(file: string): Report {
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Report) : {};
}

function head(messages: readonly string[]): string {
  return messages.join('\n').split('\n').slice(0, 20).join('\n');
}

interface Report {
  numPassedTests?: number;
  numFailedTests?: number;
  testResults?: {
    name: string;
    message: string;
    assertionResults: { status: string; fullName: string; failureMessages: string[] }[];
  }[];
  stats?: { expected: number; unexpected: number };
}
