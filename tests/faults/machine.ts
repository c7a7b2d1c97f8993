import { IDBFactory } from 'fake-indexeddb';
import { startTimer, stopTimer, trueNow } from './time.ts';

/** Where a life of the worker touches the world: a fault can come at each of these. */
export type Place =
  /** A change of the database begins; it stands there. */
  | 'write'
  | 'written'
  /** A request to cancel leaves; its reply comes in. */
  | 'cancel'
  | 'cancel-reply'
  /** The same of any other request. */
  | 'read'
  | 'read-reply'
  /** A venue tells of an order by itself; that is heard. */
  | 'push'
  | 'pushed'
  /** Pages see something new. */
  | 'shown';

/** What a computer and its browser have while lives of the worker come and go. */
export interface Machine {
  readonly factory: IDBFactory;
  readonly session: Storage;
  readonly local: Storage;
  readonly alarms: Alarms;
  /** Rules of the browser's for requests, by their ids: gone with it. */
  readonly rules: Map<number, Rule>;
  /** How many popups are open. */
  popups: number;
  /** How often the extension has been updated: each time to one whose database has a higher version. */
  updates: number;
  /** The windows that the worker has opened, by their addresses. */
  readonly windows: string[];
  readonly now: () => number;
  /** Sets its clock, by so much. */
  setClock(by: number): void;
  /** Keys, stamps, ids: of no consequence, and the same in every run. */
  readonly randomBytes: (count: number) => Uint8Array<ArrayBuffer>;
}

export interface Storage {
  get(keys: string | readonly string[] | null): Record<string, unknown>;
  set(values: Readonly<Record<string, unknown>>): void;
  remove(keys: string | readonly string[]): void;
  clear(): void;
}

export interface Rule {
  readonly id: number;
  readonly condition: {
    readonly regexFilter?: string;
    readonly resourceTypes?: readonly string[];
  };
  readonly action: {
    readonly requestHeaders?: readonly {
      readonly header: string;
      readonly operation: string;
      readonly value?: string;
    }[];
  };
}

interface Alarms {
  get(name: string): { name: string } | undefined;
  create(name: string, when: { when?: number; periodInMinutes?: number }): void;
  clear(name: string): boolean;
  clearAll(): void;
}

export function createMachine(ring: (alarm: string) => void): Machine {
  let clockOff = 0;
  let drawn = 0;
  const now = () => trueNow() + clockOff;
  return {
    factory: new IDBFactory(),
    session: createStorage(),
    local: createStorage(),
    alarms: createAlarms(now, ring),
    rules: new Map(),
    popups: 0,
    updates: 0,
    windows: [],
    now,
    setClock: (by) => void (clockOff += by),
    randomBytes: (count) =>
      Uint8Array.from({ length: count }, () => {
        drawn = (Math.imul(drawn, 1_664_525) + 1_013_904_223) >>> 0;
        return drawn >>> 24;
      }),
  };
}

function createStorage(): Storage {
  const kept = new Map<string, string>();
  return {
    get(keys) {
      const names = keys === null ? [...kept.keys()] : [keys].flat();
      return Object.fromEntries(
        names.flatMap((name) => {
          const text = kept.get(name);
          return text === undefined ? [] : [[name, JSON.parse(text) as unknown]];
        }),
      );
    },
    set(values) {
      for (const [name, value] of Object.entries(values)) kept.set(name, JSON.stringify(value));
    },
    remove: (keys) => void [keys].flat().map((name) => kept.delete(name)),
    clear: () => kept.clear(),
  };
}

function createAlarms(now: () => number, ring: (alarm: string) => void): Alarms {
  const set = new Map<string, number>();
  const clear = (name: string) => {
    stopTimer(set.get(name));
    return set.delete(name);
  };
  return {
    get: (name) => (set.has(name) ? { name } : undefined),
    create(name, { when, periodInMinutes }) {
      clear(name);
      const every = periodInMinutes === undefined ? undefined : periodInMinutes * 60_000;
      const first = every ?? Math.max(0, (when ?? 0) - now());
      const act = () => {
        if (every === undefined) set.delete(name);
        ring(name);
      };
      set.set(name, startTimer(act, first, every));
    },
    clear,
    clearAll: () => void [...set.keys()].map(clear),
  };
}
