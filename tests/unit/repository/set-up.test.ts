import { execFile } from 'node:child_process';
import {
  chmod,
  cp,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

/** What `npm test` says first on a machine that has nothing but Node: each command that is there lies in a folder of the test's. */

const root = join(import.meta.dirname, '../../..');
const languages = ['tr', 'es-ar', 'pt-br', 'zh-tw'].map((name) => `firefox-esr-l10n-${name}`);
const wanted = `chromium, chromium-l10n, firefox-esr, ${languages.join(', ')}, xvfb, xdotool`;
const command = `apt-get update && apt-get install -y --no-install-recommends ${wanted.replaceAll(',', '')}`;

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

interface Run {
  readonly asRoot?: boolean;
  /** Where the repository lies. */
  readonly at?: string;
  readonly env?: NodeJS.ProcessEnv;
}

/** All that the set-up writes. As whom it runs is told it, so that it is the same for whoever runs the tests. */
function setUp({ asRoot = true, at = root, env }: Run, ends: 'well' | 'badly' = 'badly') {
  const who = `data:text/javascript,process.getuid = () => ${asRoot ? 0 : 1000}`;
  const args = ['--import', who, 'scripts/set-up.mjs', '--tests'];
  const options = { cwd: at, env: { PATH: commands, HOME: commands, ...env } };
  return new Promise<string>((resolve) => {
    execFile(process.execPath, args, options, (failed, stdout, stderr) => {
      expect(failed ? 'badly' : 'well').toBe(ends);
      resolve(stdout + stderr);
    });
  });
}

/** What npm leaves behind in place of packages, and how it ends. */
const install = (name: string, status: number) =>
  put('npm', `: > node_modules/${name}\nexit ${status}`);

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
  const said = await setUp({});
  expect(said).toContain(`Missing: ${wanted} (as Debian calls them). There is no apt-get here`);
  expect(said).toContain('PULLCORD_CHROMIUM');
  expect(said).toContain('PULLCORD_FIREFOX');
});

test.each([
  { who: 'root', asRoot: true },
  { who: 'who may use sudo without a password', asRoot: false },
])('for $who each package is tried, and what could not be had is said', async ({ asRoot }) => {
  await put('dpkg', '');
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

test('what was ended in the middle is ended first, since else apt-get would install nothing', async () => {
  await put('dpkg', 'echo "dpkg $@" >> "${0%dpkg}apt-get.log"');
  await put('apt-get', noting);
  await setUp({});
  expect((await asked()).slice(0, 2)).toEqual(['dpkg --configure -a', 'update -qq']);
});

describe('browsers that are there', () => {
  const broken = 'echo "error while loading shared libraries: libnss3.so" >&2\nexit 127';

  test('are missing where they do not start or are too old, and it is said why', async () => {
    await put('chromium', broken);
    await put('firefox-esr', 'echo Mozilla Firefox 140.12.0esr');
    const said = await setUp({});
    expect(said).toContain('Missing: chromium, firefox-esr, xvfb, xdotool (');
    expect(said).toContain(`${commands}/chromium does not start; `);
    expect(said).toContain(`${commands}/firefox-esr is of version 140, which is too old.`);
  });

  test('are not looked for elsewhere where one is named that is of no use', async () => {
    await put('apt-get', noting);
    const env = { PULLCORD_CHROMIUM: '/nowhere/chromium', PULLCORD_FIREFOX: `${commands}/old` };
    await put('old', 'echo Mozilla Firefox 152.0');
    const said = await setUp({ env });
    expect(said).toContain('named, but of no use: /nowhere/chromium does not start');
    expect(said).toContain(`named, but of no use: ${commands}/old is of version 152`);
    await expect(asked()).rejects.toThrow('ENOENT');
  });

  test('are those of Playwright’s whose download came to its end', async () => {
    const [half, whole] = ['chromium-1300', 'chromium-1200'].map((name) => join(commands, name));
    await mkdir(join(half ?? '', 'chrome-linux64'), { recursive: true });
    await mkdir(join(whole ?? '', 'chrome-linux64'), { recursive: true });
    await put('chromium-1300/chrome-linux64/chrome', 'echo Chrome 160.0');
    await put('chromium-1200/chrome-linux64/chrome', broken);
    await writeFile(join(whole ?? '', 'INSTALLATION_COMPLETE'), '');
    const said = await setUp({ env: { PLAYWRIGHT_BROWSERS_PATH: commands } });
    expect(said).toContain(`${whole}/chrome-linux64/chrome does not start; `);
  });
});

test('packages are installed once; those that were ended in the middle, anew', async () => {
  const at = join(commands, 'clone');
  await cp(join(root, 'scripts'), join(at, 'scripts'), { recursive: true });
  await cp(join(root, 'package-lock.json'), join(at, 'package-lock.json'));
  for (const name of ['Xvfb', 'xdotool']) await put(name, '');
  for (const name of ['chromium', 'firefox-esr']) await put(name, 'echo 160.0');

  await install('half', 1);
  expect(await setUp({ at })).toContain('npm could not install the packages');
  await install('whole', 0);
  await setUp({ at }, 'well');
  expect(await readdir(join(at, 'node_modules'))).toEqual(['.set-up', 'whole']);
  await install('again', 0);
  await setUp({ at }, 'well');
  expect(await readdir(join(at, 'node_modules'))).toEqual(['.set-up', 'whole']);
});
