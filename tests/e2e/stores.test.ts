import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from '@playwright/test';
import { unzipSync } from 'fflate';

/** What the stores are given. */

const run = promisify(execFile);
const root = join(import.meta.dirname, '../..');
const packages = '.output/packages';

async function sumsIn(folder: string): Promise<Record<string, string>> {
  const lines = (await readFile(join(folder, packages, 'SHA256SUMS'), 'utf8')).trim().split('\n');
  return Object.fromEntries(lines.map((line) => line.split('  ').toReversed()));
}

test('who builds the source package elsewhere gets the same three packages, byte for byte', async () => {
  // It packs what the tests have built.
  await run(process.execPath, ['scripts/package.ts'], {
    cwd: root,
    env: { ...process.env, PULLCORD_BUILT: 'yes' },
  });
  const sums = await sumsIn(root);
  const names = Object.keys(sums);
  expect(names).toEqual(
    ['chrome', 'firefox', 'source'].map((what) =>
      expect.stringMatching(`^pullcord-[\\d.]+-${what}\\.zip$`),
    ),
  );

  const place = await mkdtemp(join(tmpdir(), 'pullcord another place '));
  try {
    const source = unzipSync(await readFile(join(root, packages, names[2] ?? '')));
    for (const [name, bytes] of Object.entries(source)) {
      await mkdir(dirname(join(place, name)), { recursive: true });
      await writeFile(join(place, name), bytes);
    }
    await symlink(join(root, 'node_modules'), join(place, 'node_modules'));
    const { PULLCORD_BUILT: _, ...env } = process.env;
    const elsewhere = { ...env, TZ: 'Pacific/Kiritimati', LC_ALL: 'tr_TR.UTF-8', NODE_ENV: 'test' };
    await run('sh', ['-c', 'umask 077 && node scripts/package.ts'], { cwd: place, env: elsewhere });
    expect(await sumsIn(place)).toEqual(sums);
  } finally {
    await rm(place, { recursive: true, force: true });
  }
});

test('Firefox’s linter finds nothing in its package, be it a warning', async () => {
  const { stdout } = await run('addons-linter', ['--output', 'json', '.output/firefox-mv3'], {
    cwd: root,
  });
  const { errors, warnings, notices } = JSON.parse(stdout);
  expect({ errors, warnings, notices }).toEqual({ errors: [], warnings: [], notices: [] });
});

/** What has a row in the tables of reasons, for packages of this store. */
async function reasonsFor(store: string): Promise<string[]> {
  const text = await readFile(join(root, 'docs/store/permissions.md'), 'utf8');
  const rows = [...text.matchAll(/^\| `([^`]+)` \| (\w+) \| \w.{20,}\|$/gm)];
  return rows
    .filter(([, , where = '']) => ['Both', store].includes(where))
    .map(([, it = '']) => it);
}

for (const store of ['Chrome', 'Firefox']) {
  test(`${store}: each permission in the package has its reason where reviewers read, and no other has`, async () => {
    const file = join(root, `.output/${store.toLowerCase()}-mv3/manifest.json`);
    const {
      permissions,
      optional_permissions = [],
      optional_host_permissions,
    } = JSON.parse(await readFile(file, 'utf8'));
    const asked: string[] = [...permissions, ...optional_permissions, ...optional_host_permissions];
    expect((await reasonsFor(store)).toSorted()).toEqual(asked.toSorted());
  });
}

test('what Firefox’s package says of data is what is said of it where reviewers read', async () => {
  const file = join(root, '.output/firefox-mv3/manifest.json');
  const { gecko } = JSON.parse(await readFile(file, 'utf8')).browser_specific_settings;
  const text = await readFile(join(root, 'docs/store/privacy.md'), 'utf8');
  const said = [...text.matchAll(/^\| `(\w+)` \|/gm)].map(([, it]) => it);
  expect(gecko.data_collection_permissions).toEqual({ required: said });
});
