import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { signedFetch } from './signed-fetch.ts';

/** What Pullcord's worker is woken by. */
const listeners = `
const nothing = () => {};
for (const event of [
  chrome.contextMenus.onClicked, chrome.commands.onCommand, chrome.omnibox.onInputStarted, chrome.omnibox.onInputChanged,
  chrome.omnibox.onInputEntered, chrome.notifications.onClicked, chrome.permissions.onAdded, chrome.permissions.onRemoved,
  chrome.alarms.onAlarm, chrome.idle.onStateChanged, chrome.runtime.onStartup, chrome.runtime.onInstalled,
]) event.addListener(nothing);
`;

/**
 * The bare extension with the permissions and the policy of a build of Pullcord, and a listener for whatever wakes it; `withScript`:
 * and with all of its worker's script, of which nothing is called.
 */
export async function writeBareLike(
  build: string,
  folder: string,
  withScript: boolean,
): Promise<string> {
  const script = withScript ? await readFile(join(build, 'background.js'), 'utf8') : '';
  const ballast = withScript ? `function never() { ${script} }` : '';
  await writeBareExtension(folder, `${ballast}\n${listeners}`);
  const shipped = await manifestOf(build);
  const alike = ['permissions', 'optional_host_permissions', 'content_security_policy', 'omnibox'];
  const manifest = {
    ...(await manifestOf(folder)),
    ...Object.fromEntries(alike.map((name) => [name, shipped[name]])),
    commands: { any: { description: 'Any' } },
  };
  await writeFile(join(folder, 'manifest.json'), JSON.stringify(manifest));
  return folder;
}

async function manifestOf(folder: string): Promise<Record<string, unknown>> {
  return JSON.parse(await readFile(join(folder, 'manifest.json'), 'utf8')) as Record<
    string,
    unknown
  >;
}

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
  const files =
    '<script type="module" src="/page.js"></script><link rel="stylesheet" href="/page.css">';
  await writeFile(join(folder, 'page.html'), `<!doctype html><title>Page</title>${files}`);
  await writeFile(join(folder, 'page.js'), 'document.body.append(document.createElement("p"));');
  await writeFile(join(folder, 'page.css'), 'p { height: 100px; background: green }');
  return folder;
}
