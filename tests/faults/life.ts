import { webcrypto } from 'node:crypto';
import {
  IDBCursor,
  IDBCursorWithValue,
  IDBDatabase,
  IDBIndex,
  IDBKeyRange,
  IDBObjectStore,
  IDBRequest,
  IDBTransaction,
} from 'fake-indexeddb';
import { createBrowser, type Ears } from './browser.ts';
import type { RunCode } from './code.ts';
import { createDisk } from './disk.ts';
import type { Machine, Place } from './machine.ts';
import type { SocketOwner, WebSocketClass } from './socket.ts';
import { dateBy, inOrder, startTimer, steadyNow, stopTimer } from './time.ts';

/** What a life is given of the world around it. */
export interface Surroundings {
  readonly machine: Machine;
  /** Something comes to this place; what is to go wrong there does, before it returns. */
  readonly at: (place: Place) => void;
  /** Whether this change of the database is one that fails. */
  readonly isWriteLost: () => boolean;
  readonly send: (life: Life, url: string, request: RequestInit) => Promise<Response>;
  readonly webSocketFor: (owner: SocketOwner) => WebSocketClass;
  readonly createDocument: (life: Life) => void;
  readonly closeDocument: () => void;
  readonly shown: (values: Readonly<Record<string, unknown>>) => void;
  readonly logged: (words: readonly unknown[]) => void;
}

/** The worker from its start to its death. */
export interface Life extends SocketOwner {
  /** Between any two lines: it writes, sends, shows and hears nothing any more. What was on its way goes on without it. */
  kill(): void;
  /** A page asks; undefined where it died before it answered. */
  ask(message: unknown): Promise<unknown>;
  /** Something of the browser's that it listens to, which wakes it. */
  tell(event: string, ...told: unknown[]): void;
}

const never = new Promise<never>(() => {});

/** Derived once: the same passphrase and salt give the same key. */
const derived = new Map<string, Promise<CryptoKey>>();

export const workerGlobals = [
  'browser',
  'indexedDB',
  'IDBCursor',
  'IDBCursorWithValue',
  'IDBDatabase',
  'IDBIndex',
  'IDBKeyRange',
  'IDBObjectStore',
  'IDBRequest',
  'IDBTransaction',
  'fetch',
  'WebSocket',
  'setTimeout',
  'clearTimeout',
  'setInterval',
  'clearInterval',
  'AbortSignal',
  'Date',
  'performance',
  'crypto',
  'navigator',
  'console',
] as const;

/** All that it can reach is made here, for it alone, and taken from it in one place. */
export function beginLife(start: RunCode, number: number, around: Surroundings): Life {
  const { machine } = around;
  let dead = false;
  const timers = new Set<number>();
  const orphans = new Set<() => void>();
  const ears: Ears = new Map();
  const isDead = () => dead;
  const disk = createDisk(machine.factory, {
    newer: machine.updates,
    isDead,
    at: around.at,
    isWriteLost: around.isWriteLost,
  });

  /** What it waits for never comes once it is dead. */
  function whileAlive<T>(asked: () => Promise<T>): Promise<T> {
    if (dead) return never;
    return new Promise((resolve, reject) => {
      asked().then(
        (value) => void (dead || resolve(value)),
        (error: unknown) => void (dead || reject(error)),
      );
    });
  }

  function setTimer(act: (...given: unknown[]) => void, after?: number, every?: number): number {
    if (dead) return 0;
    const id = startTimer(
      () => {
        if (every === undefined) timers.delete(id);
        act();
      },
      after,
      every,
    );
    timers.add(id);
    return id;
  }

  function clearTimer(id: number | undefined): void {
    stopTimer(id);
    if (id !== undefined) timers.delete(id);
  }

  const life: Life = {
    isDead,
    lifeNumber: () => number,
    atDeath: (act) => void orphans.add(act),
    kill() {
      if (dead) return;
      dead = true;
      for (const id of timers) stopTimer(id);
      disk.cut();
      for (const orphan of orphans) orphan();
    },
    ask(message) {
      const sender = { id: 'pullcord', url: 'chrome-extension://pullcord/popup.html' };
      const { promise, resolve } = Promise.withResolvers<unknown>();
      const noAnswer = () => resolve(undefined);
      orphans.add(noAnswer);
      if (dead) noAnswer();
      else {
        const answer = ears.get('runtime.onMessage')?.(message, sender) as Promise<unknown>;
        void answer.then((said) => dead || resolve(said)).finally(() => orphans.delete(noAnswer));
      }
      return promise;
    },
    tell(event, ...told) {
      if (!dead) ears.get(event)?.(...told);
    },
  };

  start({
    browser: createBrowser(machine, ears, {
      whileAlive,
      at: around.at,
      shown: around.shown,
      createDocument: () => around.createDocument(life),
      closeDocument: around.closeDocument,
    }),
    indexedDB: disk.indexedDB,
    IDBCursor,
    IDBCursorWithValue,
    IDBDatabase,
    IDBIndex,
    IDBKeyRange,
    IDBObjectStore,
    IDBRequest,
    IDBTransaction,
    fetch: (url: string, request: RequestInit) => whileAlive(() => around.send(life, url, request)),
    WebSocket: around.webSocketFor(life),
    setTimeout: (act: () => void, after?: number) => setTimer(act, after),
    clearTimeout: clearTimer,
    setInterval: (act: () => void, every = 0) => setTimer(act, every, every),
    clearInterval: clearTimer,
    AbortSignal: {
      any: (signals: AbortSignal[]) => AbortSignal.any(signals),
      timeout(after: number) {
        const controller = new AbortController();
        setTimer(() => controller.abort(new DOMException('Too late', 'TimeoutError')), after);
        return controller.signal;
      },
    },
    Date: dateBy(machine.now),
    performance: { now: steadyNow },
    crypto: {
      subtle: ciphers(whileAlive),
      getRandomValues(bytes: Uint8Array) {
        bytes.set(machine.randomBytes(bytes.length));
        return bytes;
      },
      randomUUID: () => uuidOf(machine.randomBytes(16)),
    },
    navigator: { onLine: true },
    console: {
      log: (...words: unknown[]) => around.logged(words),
      warn: (...words: unknown[]) => around.logged(words),
      error: (...words: unknown[]) => around.logged(words),
    },
  });
  return life;
}

/** The real ciphers, one after the other. */
function ciphers(whileAlive: <T>(asked: () => Promise<T>) => Promise<T>) {
  return new Proxy(webcrypto.subtle, {
    get: (subtle, name) =>
      function cipher(...given: unknown[]) {
        const real = Reflect.get(subtle, name) as (...all: unknown[]) => Promise<unknown>;
        const run = () => real.apply(subtle, given);
        return whileAlive(() => inOrder(name === 'deriveKey' ? deriveOnce(given[0], run) : run()));
      },
  });
}

function deriveOnce(how: unknown, derive: () => Promise<unknown>): Promise<CryptoKey> {
  const { salt, iterations } = how as { salt: Uint8Array; iterations: number };
  const name = `${iterations} ${salt.join(' ')}`;
  const key = derived.get(name) ?? (derive() as Promise<CryptoKey>);
  derived.set(name, key);
  return key;
}

function uuidOf(bytes: Uint8Array): string {
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  const parts = [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `4${hex.slice(13, 16)}`,
    `8${hex.slice(17, 20)}`,
  ];
  return [...parts, hex.slice(20)].join('-');
}
