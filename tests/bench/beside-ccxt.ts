import { execFile, fork } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import type { CcxtAnswer, CcxtTask } from '#tests/bench/support/ccxt-process.ts';
import { row, type Part, type Row } from './report.ts';
import { writeBareExtension } from '#tests/bench/support/bare-extension.ts';
import { launchBrowser, loadedFrom } from '#tests/bench/support/browser.ts';
import { ordersFor, shippedBuild } from '#tests/bench/support/world.ts';
import { startVenues } from '#tests/bench/support/venues.ts';

const version = '4.5.84';
const cancels = 120;
const warmUp = 5;
const imports = 7;
const starts = 30;
const root = join(import.meta.dirname, '../..');
/** Not a dependency of the project: it is here to be compared with, and is fetched when that is wanted. */
const cache = join(root, 'node_modules/.cache/pullcord-bench');
const ccxt = join(cache, 'node_modules/ccxt');
const run = promisify(execFile);

/** What the best known library for exchanges takes for the same cancel, and what it would weigh in a worker. */
export async function measureBesideCcxt(): Promise<Part> {
  await install();
  const rows = [
    ...(await measureCancels()),
    ...(await measureImports()),
    ...(await measureWeight()),
  ];
  return {
    title: '2. Beside ccxt',
    rows,
    notes: [
      `ccxt ${version} in Node ${process.version}, its rate limiter switched off, a process of its own; Pullcord's figures for the same cancel are in part 1.`,
      'Cold: from a message until a worker that did not run has answered it. "Bare" has no script but the one that answers.',
    ],
  };
}

async function install(): Promise<void> {
  const manifest = join(ccxt, 'package.json');
  if (existsSync(manifest) && readFileSync(manifest, 'utf8').includes(`"version": "${version}"`))
    return;
  const npm = ['install', '--no-save', '--no-audit', '--no-fund', '--ignore-scripts'];
  await run('npm', [...npm, '--prefix', cache, `ccxt@${version}`], { cwd: root });
}

async function measureCancels(): Promise<Row[]> {
  const venues = await startVenues({
    btcturk: { seed: false, limits: false, refuseReplays: false },
  });
  const child = fork(join(import.meta.dirname, 'support/ccxt-process.ts'));
  try {
    const placed = await venues.place('btcturk', ordersFor('btcturk', cancels + warmUp));
    const orderIds = placed.map(({ id }) => id);
    const { url, key, secret } = venues.access('btcturk');
    const answered = new Promise<CcxtAnswer>((resolve, reject) => {
      child.once('message', (answer: CcxtAnswer) => resolve(answer));
      child.once('exit', () => reject(new Error('the process with ccxt has gone')));
    });
    child.send({ module: join(ccxt, 'js/ccxt.js'), url, key, secret, orderIds } satisfies CcxtTask);
    const answer = await answered;
    const arrivals = await Promise.all(orderIds.map((id) => venues.arrivalOf('btcturk', id)));
    const measured = answer.slice(warmUp).map(({ called, resolved }, index) => ({
      arrival: (arrivals[index + warmUp] ?? Number.NaN) - called,
      resolution: resolved - called,
    }));
    return [
      row(
        'ccxt, btcturk: cancelOrder → arrival',
        measured.map(({ arrival }) => arrival),
      ),
      row(
        'ccxt, btcturk: cancelOrder → resolved',
        measured.map(({ resolution }) => resolution),
      ),
    ];
  } finally {
    if (child.connected) child.disconnect();
    venues.stop();
  }
}

/** Each in a process that has imported nothing before. */
async function timeImport(module: string): Promise<number[]> {
  const url = JSON.stringify(module);
  const script = `const from = performance.now(); await import(${url}); console.log(performance.now() - from);`;
  const samples: number[] = [];
  for (let round = 0; round <= imports; round++) {
    const { stdout } = await run(process.execPath, ['--input-type=module', '-e', script]);
    samples.push(Number(stdout));
  }
  // The first round reads the disk.
  return samples.slice(1);
}

async function measureImports(): Promise<Row[]> {
  return [
    row('ccxt: import of the whole in Node', await timeImport(join(ccxt, 'js/ccxt.js'))),
    row(
      'ccxt: import of its btcturk alone in Node',
      await timeImport(join(ccxt, 'js/src/btcturk.js')),
    ),
  ];
}

function weights(name: string, script: string): Row[] {
  const zipped = gzipSync(script, { level: 9 }).length;
  return [
    row(`${name}, minified`, [Buffer.byteLength(script) / 1000], { unit: 'kB' }),
    row(`${name}, gzipped`, [zipped / 1000], { unit: 'kB' }),
  ];
}

async function measureWeight(): Promise<Row[]> {
  const folder = await mkdtemp(join(tmpdir(), 'pullcord-bare-'));
  const bundle = await readFile(join(ccxt, 'dist/ccxt.browser.min.js'), 'utf8');
  const output = join(root, '.output', shippedBuild);
  const ours = await readFile(join(output, 'background.js'), 'utf8');
  const bare = await writeBareExtension(join(folder, 'bare'));
  const laden = await writeBareExtension(join(folder, 'laden'), bundle);
  const rows = [...weights('ccxt: browser bundle', bundle), ...weights("Pullcord's worker", ours)];
  const browser = await launchBrowser([output, bare, laden]);
  try {
    for (const [name, from, page] of [
      ['bare worker: cold', bare, 'empty.html'],
      ["Pullcord's worker: cold", output, 'manifest.json'],
      ['bare worker with ccxt: cold', laden, 'empty.html'],
    ] as const) {
      const extension = await loadedFrom(from);
      const worker = browser.worker(extension);
      const tab = await browser.open(`${extension.origin}/${page}`);
      const samples: number[] = [];
      for (let round = 0; round <= starts; round++) {
        await worker.kill();
        samples.push(await tab.run(thereAndBack));
      }
      rows.push(row(name, samples.slice(1)));
      await tab.close();
    }
  } finally {
    await browser.close();
    await rm(folder, { recursive: true });
  }
  return rows;
}

/** Runs in the page. The request means nothing to any of them: it is answered as soon as the script has run. */
async function thereAndBack(): Promise<number> {
  const from = performance.now();
  await chrome.runtime.sendMessage({ kind: 'nothing' });
  return performance.now() - from;
}
