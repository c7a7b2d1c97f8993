/** Sizes of the release build against their limits, minified and gzipped as a browser would receive them. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { zipOf } from './zip.ts';

const output = '.output/chrome-mv3';
/**
 * Far above what there is: a kilobyte of worker costs a cold start some 0.03 ms, a round trip to a venue 30 to 300. What they
 * catch is an accident, as a library that slips in; what is fast enough is told by `npm run bench`.
 */
const limits = { worker: 100_000, popup: 45_000, zip: 400_000 };

execFileSync('wxt', ['build'], { stdio: ['ignore', 'ignore', 'inherit'] });

const sizes = {
  worker: gzipped(['background.js']),
  popup: gzipped(['popup.html', ...filesOf('popup.html')]),
  zip: zipOf(output).length,
};

let tooLarge = false;
for (const [name, limit] of Object.entries(limits)) {
  const size = sizes[name as keyof typeof sizes];
  if (size > limit) tooLarge = true;
  console.log(
    `${name.padEnd(12)} ${kilobytes(size).padStart(9)} of ${kilobytes(limit)}${size > limit ? '  TOO LARGE' : ''}`,
  );
}
process.exit(tooLarge ? 1 : 0);

function kilobytes(bytes: number): string {
  return `${(bytes / 1000).toFixed(1)} kB`;
}

/** What a page loads before its first frame: its scripts, the chunks that they are split into, and its styles. */
function filesOf(page: string): string[] {
  const html = readFileSync(join(output, page), 'utf8');
  return [...html.matchAll(/(?:src|href)="\/([^"]+\.(?:js|css))"/g)].map((match) => match[1] ?? '');
}

function gzipped(files: string[]): number {
  return files
    .map((file) => gzipSync(readFileSync(join(output, file)), { level: 9 }).length)
    .reduce((sum, size) => sum + size, 0);
}
