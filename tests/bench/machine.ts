import { cpus } from 'node:os';
import { launchBrowser } from '#tests/bench/support/browser.ts';

export interface Machine {
  /** `21 November 2026`. */
  readonly date: string;
  readonly cores: number;
  readonly model: string;
  readonly chromium: string;
  readonly node: string;
}

export async function describeMachine(): Promise<Machine> {
  const browser = await launchBrowser([]);
  const { version } = browser;
  await browser.close();
  return {
    date: new Intl.DateTimeFormat('en-GB', { dateStyle: 'long' }).format(new Date()),
    cores: cpus().length,
    model: cpus()[0]?.model.trim() ?? 'unknown',
    chromium: version,
    node: process.version,
  };
}
