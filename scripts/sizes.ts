/** Sizes of the release build against their limits, minified and gzipped as a browser would receive them. */
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

const output = '.output/chrome-mv3';
/**
 * Wide enough that no rule has to be written shorter than it reads: a kilobyte of worker costs a cold start some 0.03 ms, so
 * ten of them are less than the benchmark can tell apart. What they are for is a library that slips in.
 */
const limits = { worker: 72_000, popup: 40_000, 'popup in all': 62_000, zip: 200_000 };

execFileSync('wxt', ['zip'], { stdio: ['ignore', 'ignore', 'inherit'] });

const zip = readdirSync('.output').find((name) => name.endsWith('-chrome.zip'));
if (zip === undefined) throw new Error('`wxt zip` left no package');
const first = ['popup.html', ...filesOf('popup.html')];
const later = laterFiles(first);
const sizes = {
  worker: gzipped(['background.js']),
  popup: gzipped(first),
  'popup in all': gzipped([...first, ...later]),
  zip: statSync(join('.output', zip)).size,
};

let tooLarge = false;
for (const [name, limit] of Object.entries(limits)) {
  const size = sizes[name as keyof typeof sizes];
  if (size > limit) tooLarge = true;
  console.log(
    `${name.padEnd(12)} ${kilobytes(size).padStart(9)} of ${kilobytes(limit)}${size > limit ? '  TOO LARGE' : ''}`,
  );
}
for (const file of later) console.log(`  later: ${file} ${kilobytes(gzipped([file]))}`);
process.exit(tooLarge ? 1 : 0);

function kilobytes(bytes: number): string {
  return `${(bytes / 1000).toFixed(1)} kB`;
}

/** What a page loads: its scripts, the chunks that they are split into, and its styles. */
function filesOf(page: string): string[] {
  const html = readFileSync(join(output, page), 'utf8');
  return [...html.matchAll(/(?:src|href)="\/([^"]+\.(?:js|css))"/g)].map((match) => match[1] ?? '');
}

/** What those files load by `import()`: each is named in the script that loads it, and there may be more in turn. */
function laterFiles(files: string[]): string[] {
  const all = new Set(files);
  for (const file of all) {
    if (!file.endsWith('.js')) continue;
    const script = readFileSync(join(output, file), 'utf8');
    for (const [, name = ''] of script.matchAll(
      /["'`](?:\.?\/)?((?:chunks|assets)\/[\w.-]+)["'`]/g,
    ))
      all.add(name);
    for (const [, name = ''] of script.matchAll(/["'`]\.\/([\w.-]+\.js)["'`]/g))
      all.add(`chunks/${name}`);
  }
  return [...all].slice(files.length);
}

function gzipped(files: string[]): number {
  return files
    .map((file) => gzipSync(readFileSync(join(output, file)), { level: 9 }).length)
    .reduce((sum, size) => sum + size, 0);
}
