import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { signedFetch } from './signed-fetch.ts';

/**
 * The floor for whatever a cold worker has to do: an extension whose worker signs and sends what a page hands it, and
 * nothing else. `ballast` is script that its worker evaluates first.
 */
export async function writeBareExtension(folder: string, ballast = ''): Promise<string> {
  const manifest = {
    manifest_version: 3,
    name: 'Bare',
    version: '1',
    background: { service_worker: 'bare.js' },
    host_permissions: ['http://127.0.0.1/*'],
  };
  const worker = `${ballast}
const signedFetch = ${signedFetch.toString()};
chrome.runtime.onMessage.addListener((request, _, answer) => {
  if (request.url === undefined) answer({});
  else void signedFetch(request).then(answer);
  return true;
});
`;
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'manifest.json'), JSON.stringify(manifest));
  await writeFile(join(folder, 'bare.js'), worker);
  await writeFile(join(folder, 'empty.html'), '<!doctype html><title>Empty</title>');
  return folder;
}
