import { execFile } from 'node:child_process';
import { chmod, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';

/** What `npm test` says first on a machine that has nothing but Node: each command that is there lies in a folder of the test's. */

const root = join(import.meta.dirname, '../../..');
const languages = ['tr', 'es-ar', 'pt-br', 'zh-tw'].map((name) => `firefox-esr-l10n-${name}`);
const wanted = `chromium, chromium-l10n, firefox-esr, ${languages.join(', ')}, xvfb, xdotool`;
const command = `apt-get install --no-install-recommends ${wanted.replaceAll(',', '')}`;

let commands: string;
beforeEach(async () => {
  commands = await mkdtemp(join(tmpdir(), 'pullcord-commands-'));
  for (const name of ['sh', 'env', 'true'])
    await symlink(join('/usr/bin', name), join(commands, name));
});
afterEach(() => rm(commands, { recursive: true }));

async function put(name: string, script: string): Promise<void> {
  await writeFile(join(commands, name), `#!/bin/sh\n${script}\n`);
  await chmod(join(commands, name), 0o755);
}

/** All that the set-up writes. As whom it runs is told it, so that it is the same for whoever runs the tests. */
function setUp({ asRoot }: { asRoot: boolean }): Promise<string> {
  const who = `data:text/javascript,process.getuid = () => ${asRoot ? 0 : 1000}`;
  const args = ['--import', who, 'scripts/set-up.mjs', '--tests'];
  const env = { PATH: commands, HOME: commands };
  return new Promise((resolve) => {
    execFile(process.execPath, args, { cwd: root, env }, (failed, stdout, stderr) => {
      expect(failed).not.toBeNull();
      resolve(stdout + stderr);
    });
  });
}

/** Notes what it is asked for. */
const noting = 'echo "$@" >> "$0.log"';
const asked = async () =>
  (await readFile(join(commands, 'apt-get.log'), 'utf8')).trim().split('\n');

test('who is not root is told the one command that root must run, before anything else is done', async () => {
  await put('apt-get', noting);
  await put('sudo', 'exit 1');
  const said = await setUp({ asRoot: false });
  expect(said).toContain(`Missing: ${wanted}. Installing them needs root`);
  expect(said).toContain(`\n    ${command}\n`);
  expect(said).not.toContain('installing');
  await expect(asked()).rejects.toThrow('ENOENT');
});

test('where there is no apt-get it is said what is missing, and how a browser is named', async () => {
  const said = await setUp({ asRoot: true });
  expect(said).toContain(`Missing: ${wanted} (as Debian calls them). There is no apt-get here`);
  expect(said).toContain('PULLCORD_CHROMIUM');
  expect(said).toContain('PULLCORD_FIREFOX');
});

test.each([
  { who: 'root', asRoot: true },
  { who: 'who may use sudo without a password', asRoot: false },
])('for $who each package is tried, and what could not be had is said', async ({ asRoot }) => {
  await put('apt-get', `${noting}\nexit 1`);
  await put('sudo', 'shift\nexec "$@"');
  const said = await setUp({ asRoot });
  expect(said).toContain(`installing ${wanted} with apt-get`);
  expect(await asked()).toEqual([
    'update -qq',
    ...wanted.split(', ').map((name) => `install -y -qq --no-install-recommends ${name}`),
  ]);
  expect(said).toContain('apt-get could not install them');
  expect(said).toContain(command);
});
