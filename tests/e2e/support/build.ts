import { execFileSync } from 'node:child_process';

/** Builds the packages that the tests look at, unless `npm test` has just done so. */
export default function build(): void {
  if (process.env['PULLCORD_BUILT'] !== undefined) return;
  for (const script of ['build', 'build:sandbox', 'build:firefox', 'build:firefox:sandbox']) {
    execFileSync('npm', ['run', '--silent', script], { stdio: ['ignore', 'ignore', 'inherit'] });
  }
}
