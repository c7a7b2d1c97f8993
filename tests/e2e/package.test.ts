import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { forTests, sandboxVenues } from '#tests/sandbox/sandbox.ts';

/** The built packages against a written list: a right that nobody wrote down here is a right that nobody asked for. */

const output = join(import.meta.dirname, '../../.output');

async function manifestOf(build: string): Promise<Record<string, unknown>> {
  return JSON.parse(await readFile(join(output, build, 'manifest.json'), 'utf8'));
}

const csp = (connect: string) =>
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; " +
  `connect-src ${connect}; frame-ancestors 'none'; base-uri 'none'; form-action 'none'; ` +
  "worker-src 'none'; require-trusted-types-for 'script'; trusted-types 'none'";

/** Written down with each venue's sandbox, without a look at what the extension says of it. */
const venues = sandboxVenues.map(forTests);
const venueHosts = venues.flatMap(({ hosts }) => hosts);
const sockets = venues.flatMap(({ sockets: own = [] }) => own);
const streams = venues.flatMap(({ streams: own = [] }) => own);
/** One and the same may take cancels and push. */
const reachable = [...new Set([...venueHosts, ...sockets, ...streams])];
/** Where the handshake proves the key, the browser sets headers of a WebSocket's only with a permission for that. */
const ownedBy = ({ hosts, streams: own = [], provesByHandshake }: (typeof venues)[number]) =>
  hosts.flatMap((host) => {
    const stream = host.replace('https', 'wss');
    return provesByHandshake && own.includes(stream) ? [host, stream] : [host];
  });
const loopback = ['http://127.0.0.1', 'http://localhost', 'ws://127.0.0.1', 'ws://localhost'];

const rights = {
  permissions: [
    'storage',
    'unlimitedStorage',
    'alarms',
    'declarativeNetRequestWithHostAccess',
    'contextMenus',
    'notifications',
    'scripting',
    'activeTab',
  ],
  optional_host_permissions: [...venues.flatMap(ownedBy).map((host) => `${host}/*`), 'https://*/*'],
  omnibox: { keyword: 'pull' },
  commands: {
    _execute_action: { suggested_key: { default: 'Alt+Shift+P' } },
    'cancel-newest': { description: '__MSG_command_newest__' },
    'cancel-all': { description: '__MSG_command_all__' },
  },
};

/** What the manifest says of rights, and the names of everything else in it. */
function pick(manifest: Record<string, unknown>) {
  const { permissions, optional_host_permissions, host_permissions, ...rest } = manifest;
  return { permissions, optional_host_permissions, host_permissions, rest };
}

const entries = [
  'action',
  'background',
  'commands',
  'content_security_policy',
  'default_locale',
  'description',
  'icons',
  'manifest_version',
  'name',
  'omnibox',
  'options_ui',
  'version',
];

/** What one browser has that the other does not. */
const particular = {
  chrome: {
    permissions: ['idle', 'offscreen', 'sidePanel'],
    rest: {
      side_panel: { default_path: 'popup.html?panel' },
      manifest_version: 3,
      background: { service_worker: 'background.js' },
      minimum_chrome_version: '120',
    },
  },
  firefox: {
    permissions: [],
    rest: {
      sidebar_action: { default_panel: 'popup.html?panel', open_at_install: false },
      manifest_version: 3,
      background: { scripts: ['background.js'] },
      browser_specific_settings: {
        gecko: {
          id: '{72add934-8e28-4204-9c22-fdb20aa7b8f7}',
          strict_min_version: '142.0',
          data_collection_permissions: {
            required: ['authenticationInfo', 'financialAndPaymentInfo'],
          },
        },
      },
    },
  },
} as const;

for (const [browser, own] of Object.entries(particular)) {
  const release = `${browser}-mv3`;

  test(`${browser}: the release build asks for what is written here and for nothing else`, async () => {
    const manifest = await manifestOf(release);
    const { permissions, optional_host_permissions, host_permissions, rest } = pick(manifest);
    expect(permissions).toEqual([...rights.permissions, ...own.permissions]);
    expect(optional_host_permissions).toEqual(rights.optional_host_permissions);
    expect(host_permissions).toBeUndefined();
    expect(rest['omnibox']).toEqual(rights.omnibox);
    expect(rest['commands']).toEqual(rights.commands);
    expect(rest).toMatchObject(own.rest);
    const names = new Set([...entries, ...Object.keys(own.rest)]);
    expect(Object.keys(rest).toSorted()).toEqual([...names].toSorted());
    expect(rest['content_security_policy']).toEqual({ extension_pages: csp(reachable.join(' ')) });
  });

  test(`${browser}: the sandbox build differs in loopback hosts alone`, async () => {
    expect(await manifestOf(`${release}-sandbox`)).toEqual({
      ...(await manifestOf(release)),
      host_permissions: loopback.map((host) => `${host}/*`),
      content_security_policy: {
        extension_pages: csp([...reachable, ...loopback.map((host) => `${host}:*`)].join(' ')),
      },
    });
  });

  test(`${browser}: the popup’s first frame loads one script and one style`, async () => {
    const html = await readFile(join(output, release, 'popup.html'), 'utf8');
    const files = [...html.matchAll(/(?:src|href)="\/([^"]+)"/g)].map((match) => match[1] ?? '');
    expect(files.map((file) => file.replace(/-[^/]*\./, '.'))).toEqual([
      'chunks/popup.js',
      'assets/popup.css',
    ]);
    // Nor does the script load others before it runs.
    const script = await readFile(join(output, release, files[0] ?? ''), 'utf8');
    expect(script).not.toMatch(/\bimport\s*["'{*]|\bfrom\s*["']/);
  });

  test(`${browser}: web pages reach nothing: no script is put into them by itself, no file is open to them`, async () => {
    const manifest = await manifestOf(release);
    expect(manifest).not.toHaveProperty('content_scripts');
    expect(manifest).not.toHaveProperty('web_accessible_resources');
    expect(manifest).not.toHaveProperty('externally_connectable');
  });

  test(`${browser}: nothing in the release build speaks to this machine`, async () => {
    const folder = join(output, release);
    const files = await readdir(folder, { recursive: true, withFileTypes: true });
    for (const file of files.filter((each) => each.isFile())) {
      const text = await readFile(join(file.parentPath, file.name), 'latin1');
      expect(text.includes('http://127.0.0.1:*'), file.name).toBe(false);
      expect(text.includes('sourceMappingURL'), file.name).toBe(false);
    }
  });

  test(`${browser}: each sign of a script is one byte, in memory too`, async () => {
    const folder = join(output, release);
    const files = await readdir(folder, { recursive: true, withFileTypes: true });
    const scripts = files.filter(({ name }) => name.endsWith('.js'));
    expect(scripts.map(({ name }) => name)).toContain('background.js');
    for (const { name, parentPath } of scripts) {
      const [beyond] = /\P{ASCII}/u.exec(await readFile(join(parentPath, name), 'utf8')) ?? [];
      expect(beyond, name).toBeUndefined();
    }
  });
}

test('what only Chromium has is in no package for Firefox', async () => {
  const inChrome = await readdir(join(output, 'chrome-mv3'));
  const inFirefox = await readdir(join(output, 'firefox-mv3'));
  const only = ['offscreen.html', 'offscreen.js'];
  expect(inChrome.filter((name) => !inFirefox.includes(name)).toSorted()).toEqual(only);
  expect(inFirefox.filter((name) => !inChrome.includes(name))).toEqual([]);
});
