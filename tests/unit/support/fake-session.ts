/** `browser.storage.session` in memory, as far as Pullcord uses it: values are copies, and whoever listens is told. */

type Changes = Record<string, { newValue?: unknown }>;
type Listener = (changes: Changes) => void;

const encoder = new TextEncoder();

function createFakeSession() {
  let stored = new Map<string, string>();
  const listeners = new Set<Listener>();
  const state = {
    /** The keys of every `set` that was asked for. */
    sets: [] as string[][],
    /** The most bytes of keys and values, counted as Chrome counts texts. */
    quota: Infinity,
    /** How long a `set` takes: nothing by default. */
    delay: (): Promise<void> => Promise.resolve(),
  };

  function tell(changes: Changes): void {
    for (const listener of listeners) listener(changes);
  }

  const session = {
    async get(keys: string | string[] | null) {
      const names = keys === null ? [...stored.keys()] : [keys].flat();
      return Object.fromEntries(
        names.flatMap((key) => {
          const value = stored.get(key);
          return value === undefined ? [] : [[key, JSON.parse(value) as unknown]];
        }),
      );
    },
    async set(values: Record<string, unknown>) {
      state.sets.push(Object.keys(values));
      await state.delay();
      const next = new Map(stored);
      for (const [key, value] of Object.entries(values)) next.set(key, JSON.stringify(value));
      if (bytesIn(next) > state.quota) throw new Error('Session storage quota bytes exceeded.');
      stored = next;
      tell(
        Object.fromEntries(Object.entries(values).map(([key, newValue]) => [key, { newValue }])),
      );
    },
    async remove(keys: string | string[]) {
      const gone = [keys].flat().filter((key) => stored.delete(key));
      if (gone.length > 0) tell(Object.fromEntries(gone.map((key) => [key, {}])));
    },
    onChanged: {
      addListener: (listener: Listener) => listeners.add(listener),
      removeListener: (listener: Listener) => listeners.delete(listener),
    },
  };

  return {
    session,
    state,
    keys: () => [...stored.keys()].toSorted(),
    bytes: () => bytesIn(stored),
    clear() {
      stored = new Map();
      listeners.clear();
      Object.assign(state, { sets: [], quota: Infinity, delay: () => Promise.resolve() });
    },
  };
}

function bytesIn(stored: ReadonlyMap<string, string>): number {
  let sum = 0;
  for (const [key, value] of stored) {
    const parsed: unknown = JSON.parse(value);
    sum += encoder.encode(key).length;
    sum += encoder.encode(typeof parsed === 'string' ? parsed : value).length;
  }
  return sum;
}

export const fake = createFakeSession();
