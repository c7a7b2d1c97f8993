import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { CDPSession } from '@playwright/test';
import { launchExtension, type Extension } from '#tests/e2e/support/extension.ts';

/** The browser of one run: one that others have used and will use, or its own, which may be ended. */
export interface Browser {
  readonly extension: () => Extension;
  readonly killWorker: () => Promise<void>;
  /** A newer version lies in the extension's folder, and the browser takes it. */
  readonly update: () => Promise<void>;
  /** Ends its process in the middle of whatever it does; after so long starts it anew with the same profile. */
  readonly crash: (downFor: number) => Promise<void>;
}

export function sharedBrowser(extension: Extension): Browser {
  return {
    extension: () => extension,
    killWorker: () => extension.killWorker(),
    update: () => update(extension),
    crash: () => Promise.reject(new Error('this takes a browser of its own')),
  };
}

export async function startOwnBrowser(): Promise<Browser & { close: () => Promise<void> }> {
  let extension = await launchExtension();
  const { profile } = extension;
  return {
    extension: () => extension,
    killWorker: () => extension.killWorker(),
    update: () => Promise.reject(new Error('this takes a browser that takes extensions')),
    async crash(downFor) {
      const { context } = extension;
      const devtools = await devtoolsOf(extension);
      const { processInfo } = await devtools.send('SystemInfo.getProcessInfo');
      const own = processInfo.find(({ type }) => type === 'browser');
      if (!own) throw new Error('no process');
      const gone = context.waitForEvent('close');
      process.kill(own.id, 'SIGKILL');
      await gone;
      await wait(downFor);
      extension = await launchExtension({ profile });
    },
    close: () => extension.close(),
  };
}

async function update(extension: Extension): Promise<void> {
  const devtools = await devtoolsOf(extension);
  const { extensions } = await devtools.send('Extensions.getExtensions');
  const folder = extensions.find(({ id }) => extension.url('popup.html').includes(id))?.path;
  if (folder === undefined) throw new Error('no folder');
  const file = join(folder, 'manifest.json');
  const manifest = JSON.parse(await readFile(file, 'utf8')) as { version: string };
  const [major, ...minor] = manifest.version.split('.');
  const version = [Number(major) + 1, ...minor].join('.');
  await writeFile(file, JSON.stringify({ ...manifest, version }));
  // What the browser does with a folder that it has: as with a new version from a store.
  await devtools.send('Extensions.loadUnpacked', { path: folder });
  await devtools.detach();
}

/** What the browser as a whole is told by a debugger. */
async function devtoolsOf({ context }: Extension): Promise<CDPSession> {
  const session = await context.pages()[0]?.context().browser()?.newBrowserCDPSession();
  if (!session) throw new Error('no browser');
  return session;
}
