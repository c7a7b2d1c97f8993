import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { findChromium } from '../../../scripts/chromium.mjs';
import { connect, type Connection } from './cdp.ts';
import { openTab, type Tab, type TabOptions } from './tab.ts';
import { workerOf, type BackgroundWorker } from './worker.ts';

/**
 * A Chromium without Playwright. Playwright attaches to every service worker, holds it at its start until told to go on,
 * and has each of its requests reported: a worker's cold start would be measured with a debugger's handshake in it.
 */
export interface Browser {
  readonly version: string;
  /** A tab comes to the front. A window of its own costs the browser more than most pages do. */
  open(url: string, options?: TabOptions): Promise<Tab>;
  worker(extension: LoadedExtension): BackgroundWorker;
  close(): Promise<void>;
}

export interface LoadedExtension {
  readonly origin: string;
}

/** Chromium derives an unpacked extension's id from its folder. */
export async function loadedFrom(folder: string): Promise<LoadedExtension> {
  const hash = createHash('sha256').update(await realpath(folder));
  const id = hash
    .digest('hex')
    .slice(0, 32)
    .replaceAll(/./g, (digit) => String.fromCodePoint(97 + Number.parseInt(digit, 16)));
  return { origin: `chrome-extension://${id}` };
}

export async function launchBrowser(folders: readonly string[]): Promise<Browser> {
  const executable = findChromium();
  if (executable === undefined) throw new Error('no Chromium: run `node scripts/set-up.mjs`');
  const profile = await mkdtemp(join(tmpdir(), 'pullcord-bench-'));
  const child = spawn(
    executable,
    [
      '--headless=new',
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      '--remote-debugging-pipe',
      `--user-data-dir=${profile}`,
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      `--disable-extensions-except=${folders.join(',')}`,
      `--load-extension=${folders.join(',')}`,
    ],
    { stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'] },
  );
  const exited = once(child, 'exit');
  const [, , , output, input] = child.stdio;
  const connection: Connection = connect(output as Writable, input as Readable);
  const { product } = await connection.send('Browser.getVersion');

  return {
    version: product.replace(/.*\//, ''),
    open: (url, options) => openTab(connection, url, options),
    worker: (extension) => workerOf(connection, extension),
    async close() {
      await connection.send('Browser.close').catch(() => undefined);
      const timer = setTimeout(() => child.kill('SIGKILL'), 5000);
      await exited;
      clearTimeout(timer);
      await rm(profile, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
