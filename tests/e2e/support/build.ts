import { execFileSync } from 'node:child_process';

/** Builds both packages that the tests look at. */
export default function build(): void {
  for (const script of ['build', 'build:sandbox']) {
    execFileSync('npm', ['run', '--silent', script], { stdio: ['ignore', 'ignore', 'inherit'] });
  }
}
