import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Readable } from 'node:stream';
import { promisify } from 'node:util';
import { until } from './until.ts';

const run = promisify(execFile);
const width = 1280;
const height = 900;

/** In pixels of the screen. */
export interface Place {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A screen in memory with a keyboard and a mouse: the browser's own menus, bars and bubbles are reached in no other way. */
export interface Screen {
  /** What a program is started with in order to be shown there. */
  readonly env: Readonly<Record<string, string>>;
  /** Keys, one after the other: `Up`, `Return`, `ctrl+l`. */
  press(...keys: string[]): Promise<void>;
  type(text: string): Promise<void>;
  /** `button`: as X counts them. */
  click(x: number, y: number, button?: 1 | 3): Promise<void>;
  /** Everything that is shown: windows, menus, notifications; or what has this title. */
  windows(title?: string): Promise<readonly string[]>;
  /** Where it lies; undefined if it has gone. */
  place(window: string): Promise<Place | undefined>;
  /** Puts the window with this title in front, gives it the keyboard, and gives it back: no window manager does it here. */
  focus(title: string): Promise<string>;
  gone(window: string): Promise<void>;
  stop(): Promise<void>;
}

export async function startScreen(): Promise<Screen> {
  const server = spawn(
    'Xvfb',
    ['-displayfd', '3', '-screen', '0', `${width}x${height}x24`, '-nolisten', 'tcp'],
    { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] },
  );
  const ended = once(server, 'exit').catch(() => {});
  // It finds a free number itself, and tells it when it is ready.
  const started = once(server.stdio[3] as Readable, 'data', {
    signal: AbortSignal.timeout(10_000),
  });
  const failed = ended.then(() => {
    throw new Error('Xvfb has ended: run `node scripts/set-up.mjs --tests`');
  });
  const [number] = (await Promise.race([started, failed])) as [Buffer];
  failed.catch(() => {});
  const env = { ...withoutDesktop(), DISPLAY: `:${number.toString().trim()}` };

  const xdotool = async (...words: string[]) =>
    (await run('xdotool', words, { env, timeout: 30_000 })).stdout;
  const list = async (title: string) => {
    try {
      const found = await xdotool('search', '--onlyvisible', '--name', title);
      return found.trim().split('\n');
    } catch (error) {
      // It ends so where there is none, and where one goes while it is listed: then it says that.
      return (error as { stderr: string }).stderr === '' ? [] : undefined;
    }
  };
  const windows = (title = '') => until(() => list(title), 'list of windows');
  // Out of the way: a menu that opened under it would have an item chosen.
  const park = () => xdotool('mousemove', String(width - 1), String(height - 1));
  await park();

  return {
    env,
    async press(...keys) {
      await xdotool('key', ...keys);
    },
    async type(text) {
      await xdotool('type', '--delay', '20', text);
    },
    async click(x, y, button = 1) {
      await xdotool('mousemove', String(x), String(y), 'click', String(button));
      await park();
    },
    windows,
    async place(window) {
      const shell = await xdotool('getwindowgeometry', '--shell', window).catch(() => undefined);
      if (shell === undefined) return undefined;
      const read = (name: string) => Number(new RegExp(`^${name}=(\\d+)$`, 'm').exec(shell)?.[1]);
      return { x: read('X'), y: read('Y'), width: read('WIDTH'), height: read('HEIGHT') };
    },
    async focus(title) {
      const window = await until(async () => (await windows(title))[0], `window “${title}”`);
      await xdotool('windowraise', window, 'windowfocus', '--sync', window);
      return window;
    },
    async gone(window) {
      await until(async () => !(await windows()).includes(window) || undefined, 'end of a window');
    },
    async stop() {
      server.kill();
      await ended;
    },
  };
}

/** Nothing of what is tested shall appear on the desktop of the person who tests: no window, no notification. */
function withoutDesktop(): Record<string, string> {
  const own = {
    ...process.env,
    DBUS_SESSION_BUS_ADDRESS: 'disabled:',
    // By the characters of a bare machine's locale, C, Firefox shows no title with a dash in it, and all of its own have one.
    LC_CTYPE: 'C.UTF-8',
  };
  const entries = Object.entries(own).filter(
    (entry): entry is [string, string] => entry[1] !== undefined && entry[0] !== 'WAYLAND_DISPLAY',
  );
  return Object.fromEntries(entries);
}
