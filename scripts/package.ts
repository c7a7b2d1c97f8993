/**
 * What the stores are given, into `.output/packages/`: Chrome's package, Firefox's, the source that Firefox's reviewers build it from,
 * and the SHA-256 sums of the three. Byte for byte the same from the same commit, in any place, time zone or language.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { filesIn, zipOf } from './zip.ts';

const root = join(import.meta.dirname, '..');
const output = join(root, '.output/packages');
const { name, version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

// The tests, of which one runs this, have built them.
if (process.env['PULLCORD_BUILT'] === undefined) {
  for (const script of ['build', 'build:firefox']) {
    execFileSync('npm', ['run', '--silent', script], {
      cwd: root,
      // Else a shell that has set it otherwise would have another package built.
      env: { ...process.env, NODE_ENV: 'production' },
      stdio: ['ignore', 'ignore', 'inherit'],
    });
  }
}

warnOfChanges();
rmSync(output, { recursive: true, force: true });
mkdirSync(output, { recursive: true });
const sums = [
  pack('chrome', join(root, '.output/chrome-mv3')),
  pack('firefox', join(root, '.output/firefox-mv3')),
  pack('source', root, filesIn(root, ignored())),
];
writeFileSync(join(output, 'SHA256SUMS'), sums.join(''));
console.log(`${sums.join('')}${relative('.', output)}`);

/** Its line in the list of sums, as `sha256sum --check` reads it. */
function pack(what: string, folder: string, files?: readonly string[]): string {
  const zip = zipOf(folder, files);
  const file = `${name}-${version}-${what}.zip`;
  writeFileSync(join(output, file), zip);
  return `${createHash('sha256').update(zip).digest('hex')}  ${file}\n`;
}

/** What git does not take, and git's own. */
function ignored(): RegExp {
  const lines = readFileSync(join(root, '.gitignore'), 'utf8').split('\n').filter(Boolean);
  const names = ['.git', ...lines].map((line) =>
    line
      .replace(/\/$/, '')
      .replaceAll('.', String.raw`\.`)
      .replaceAll('*', '.*'),
  );
  return new RegExp(`^(?:${names.join('|')})$`);
}

/** Where there is no git, as in a source package, there is nothing to say. */
function warnOfChanges(): void {
  // Whoever owns the checkout, it is only looked at.
  const args = ['-c', 'safe.directory=*', 'status', '--porcelain'];
  const { stdout } = spawnSync('git', args, { cwd: root, encoding: 'utf8' });
  if (stdout) console.warn('Not packages of a commit: there are changes that are not committed.');
}
