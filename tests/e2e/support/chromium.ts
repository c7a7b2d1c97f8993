import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type BrowserContext } from '@playwright/test';
import { findChromium } from '../../../scripts/chromium.mjs';
import type { Screen } from './screen.ts';

export interface ChromiumOptions {
  readonly args: readonly string[];
  readonly env?: NodeJS.ProcessEnv;
  readonly headless?: boolean;
  /** Where it is shown, if it is to be used by mouse and keyboard. */
  readonly screen?: Screen;
  readonly profile?: string;
  readonly colorScheme?: 'light' | 'dark';
}

/** A Chromium that does nothing on the network by itself, with a new profile unless it is given one. */
export async function launchChromium({
  args,
  env = process.env,
  screen,
  headless = screen === undefined,
  profile,
  colorScheme = 'light',
}: ChromiumOptions): Promise<{ context: BrowserContext; profile: string }> {
  const executablePath = findChromium();
  if (executablePath === undefined) throw new Error('no Chromium: run `node scripts/set-up.mjs`');
  const userData = profile ?? (await mkdtemp(join(tmpdir(), 'pullcord-profile-')));
  const context = await chromium.launchPersistentContext(userData, {
    executablePath,
    headless,
    colorScheme,
    // Where nobody looks on nothing moves: each frame is drawn by the machine's own cores.
    reducedMotion: headless ? 'reduce' : 'no-preference',
    env: screen?.env ?? env,
    viewport: headless ? { width: 900, height: 720 } : null,
    ignoreDefaultArgs: ['--disable-extensions'],
    args: [
      ...(headless ? ['--headless=new'] : []),
      ...(screen ? ['--ozone-platform=x11'] : []),
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      ...args,
    ],
  });
  return { context, profile: userData };
}
