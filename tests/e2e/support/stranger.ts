import { createHash } from 'node:crypto';
import { mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Another extension, with every right that could be of use against ours: a page to run attacks from. */
export interface Stranger {
  readonly folder: string;
  readonly page: string;
  remove(): Promise<void>;
}

const manifest = {
  manifest_version: 3,
  name: 'Stranger',
  version: '1.0',
  permissions: ['storage', 'tabs', 'scripting', 'debugger', 'management'],
  host_permissions: ['<all_urls>'],
};

export async function makeStranger(): Promise<Stranger> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'pullcord-stranger-')));
  await writeFile(join(folder, 'manifest.json'), JSON.stringify(manifest));
  await writeFile(join(folder, 'page.html'), '<!doctype html><title>Stranger</title><p>Stranger');
  // Chromium derives an unpacked extension's id from its folder.
  const id = createHash('sha256')
    .update(folder)
    .digest('hex')
    .slice(0, 32)
    .replaceAll(/./g, (digit) => String.fromCodePoint(97 + Number.parseInt(digit, 16)));
  return {
    folder,
    page: `chrome-extension://${id}/page.html`,
    remove: () => rm(folder, { recursive: true }),
  };
}
