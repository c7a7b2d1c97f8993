import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import {
  findOffscreenDocument,
  type OffscreenLine,
} from '#lib/worker/browser/offscreen-document.ts';

/** What Chromium does of it: one document at most, and closing none is an error. */
const chromium = vi.hoisted(() => ({
  log: [] as string[],
  isOpen: false,
  isThere: true,
  onLoad: () => {},
}));
vi.mock('webextension-polyfill', () => ({
  default: {
    get offscreen() {
      if (!chromium.isThere) return undefined;
      return {
        async createDocument({ url }: { url: string }) {
          if (chromium.isOpen) throw new Error('Only a single offscreen document may be created.');
          chromium.isOpen = true;
          chromium.log.push(url);
          await Promise.resolve();
          chromium.onLoad();
        },
        async closeDocument() {
          if (!chromium.isOpen) throw new Error('No current offscreen document.');
          chromium.isOpen = false;
          chromium.log.push('closed');
        },
      };
    },
  },
}));

beforeEach(() => {
  vi.useFakeTimers();
  Object.assign(chromium, { log: [], isOpen: false, isThere: true, onLoad: () => {} });
});
afterEach(() => vi.useRealTimers());

function lineOf() {
  const line = { tell: vi.fn(), follow: vi.fn(), hangUp: vi.fn() };
  return line satisfies OffscreenLine;
}

/** Whose document says that it is there as soon as it is loaded. */
function find() {
  const document = findOffscreenDocument();
  if (!document) throw new Error('there are none');
  const lines: ReturnType<typeof lineOf>[] = [];
  chromium.onLoad = () => {
    const line = lineOf();
    lines.push(line);
    document.take(line);
  };
  return { document, lines };
}

const nothing = () => {};

test('there is none where the browser has none', () => {
  chromium.isThere = false;
  expect(findOffscreenDocument()).toBeUndefined();
});

test('is there once it listens, and gone once it is closed', async () => {
  const { document, lines } = find();
  const onReport = vi.fn();
  const onEnd = vi.fn();
  const line = await document.open(onReport, onEnd);
  expect(line).toBe(lines[0]);
  expect(lines[0]?.follow).toHaveBeenCalledExactlyOnceWith(onReport, onEnd);
  await document.close();
  await document.close();
  expect(chromium.log).toEqual(['offscreen.html', 'closed']);
});

test('two asked for at once are one after the other, and one at the end', async () => {
  const { document, lines } = find();
  const both = await Promise.all([
    document.open(nothing, nothing),
    document.open(nothing, nothing),
  ]);
  expect(both).toEqual(lines);
  expect(chromium.log).toEqual(['offscreen.html', 'closed', 'offscreen.html']);
});

test('what another life has left goes: at the start, or before one is opened', async () => {
  chromium.isOpen = true;
  const { document } = find();
  await document.closeLeft();
  expect(chromium.log.splice(0)).toEqual(['closed']);
  chromium.isOpen = true;
  await document.open(nothing, nothing);
  expect(chromium.log.splice(0)).toEqual(['closed', 'offscreen.html']);
  // It is this life's own by now.
  await document.closeLeft();
  expect(chromium.isOpen).toBe(true);
});

test('a line that nobody waits for is hung up: before, beside and after the one that is', async () => {
  const { document } = find();
  const [early, beside, late] = [lineOf(), lineOf(), lineOf()];
  document.take(early);
  const take = chromium.onLoad;
  chromium.onLoad = () => {
    take();
    document.take(beside);
  };
  await document.open(nothing, nothing);
  document.take(late);
  for (const line of [early, beside, late]) {
    expect(line.hangUp).toHaveBeenCalledOnce();
    expect(line.follow).not.toHaveBeenCalled();
  }
});

test('one that says nothing for ten seconds is closed, and the next is tried', async () => {
  const { document } = find();
  const speak = chromium.onLoad;
  chromium.onLoad = nothing;
  const opening = document.open(nothing, nothing);
  const failed = expect(opening).rejects.toThrow('silent');
  await vi.advanceTimersByTimeAsync(10_000);
  await failed;
  expect(chromium.isOpen).toBe(false);
  chromium.onLoad = speak;
  await document.open(nothing, nothing);
  expect(chromium.isOpen).toBe(true);
});
