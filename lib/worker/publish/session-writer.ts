import browser from 'webextension-polyfill';

/** Writes texts to `storage.session`, as many together as have come while the last write was under way. */
export interface SessionWriter {
  /** What stands under the key has changed; it is asked for when it is written. */
  touch(key: string): void;
  /** Resolves when all that was touched is written, or cannot be written now and will be tried again. */
  written(): Promise<void>;
}

/** What the writer asks for. */
interface Source {
  /** The text of a key; undefined: there is to be none. */
  textOf(key: string): string | undefined;
  /** Called before each write, to touch what else must go with it. */
  prepare(): void;
  /** It did not fit: lets go of what can be spared, and touches all that is to stand there. */
  makeRoom(): void;
}

/** After a write that took longer the next one waits for as long, so that a large view takes half of the time at most. */
const longWrite = 20;
const retryPause = 1000;
/** How many characters are written together where all of them do not fit. */
const pieceSize = 200_000;

export function createSessionWriter(source: Source): SessionWriter {
  let touched = new Set<string>();
  /** Resolved with the write that takes what is touched now. */
  let next = Promise.withResolvers<void>();
  let underway = Promise.resolve();
  let isRunning = false;
  let isHurried = false;
  let endRest: (() => void) | undefined;

  /** The texts of what was touched since the last write, and the keys of what is gone. */
  function take() {
    source.prepare();
    const taken = touched;
    touched = new Set();
    const texts: [string, string][] = [];
    const gone: string[] = [];
    for (const key of taken) {
      const text = source.textOf(key);
      if (text === undefined) gone.push(key);
      else texts.push([key, text]);
    }
    return { texts, gone };
  }

  async function write(): Promise<boolean> {
    const { texts, gone } = take();
    // Together and in this order: a page that sees the list emptied by a lock knows already that it is locked.
    const isSet = set(texts);
    await remove(gone);
    if (await isSet) return true;
    source.makeRoom();
    const all = take();
    await remove(all.gone);
    if (await set(all.texts)) return true;
    let isWhole = true;
    for (const piece of inPieces(all.texts)) {
      if (await set(piece)) continue;
      isWhole = false;
      for (const [key] of piece) touched.add(key);
    }
    return isWhole;
  }

  async function run(): Promise<void> {
    if (isRunning) return;
    isRunning = true;
    // What is set in the same turn goes along.
    await Promise.resolve();
    while (touched.size > 0) {
      const { promise, resolve } = next;
      next = Promise.withResolvers();
      underway = promise;
      isHurried = false;
      const start = performance.now();
      const isWritten = await write();
      resolve();
      const took = performance.now() - start;
      if (!isWritten) await rest(retryPause);
      else if (took > longWrite) await rest(took);
    }
    isRunning = false;
  }

  function rest(milliseconds: number): Promise<void> {
    if (isHurried) return Promise.resolve();
    return new Promise((resolve) => {
      const timer = setTimeout(() => endRest?.(), milliseconds);
      endRest = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  return {
    touch(key) {
      touched.add(key);
      void run();
    },
    written() {
      if (touched.size === 0) return underway;
      isHurried = true;
      endRest?.();
      return next.promise;
    },
  };
}

/** Whether it could be written. */
async function set(texts: readonly (readonly [string, string])[]): Promise<boolean> {
  if (texts.length === 0) return true;
  try {
    await browser.storage.session.set(Object.fromEntries(texts));
    return true;
  } catch {
    return false;
  }
}

/** In their order; a text that is too long for a piece is one by itself. */
function inPieces(texts: readonly [string, string][]): [string, string][][] {
  const pieces: [string, string][][] = [];
  let room = 0;
  for (const entry of texts) {
    const size = entry[1].length;
    if (size > room) {
      pieces.push([]);
      room = pieceSize;
    }
    pieces.at(-1)?.push(entry);
    room -= size;
  }
  return pieces;
}

async function remove(keys: string[]): Promise<void> {
  if (keys.length > 0) await browser.storage.session.remove(keys).catch(() => undefined);
}
