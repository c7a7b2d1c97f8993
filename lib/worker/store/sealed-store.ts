import type { SealedRecord, Sealer } from '#lib/worker/vault/sealing.ts';
import { database } from './database.ts';
import { openedOf } from './earlier-words.ts';

type SealedStoreName = 'settings' | 'accounts' | 'credentials' | 'orders' | 'sweeps' | 'nonces';

/** One table of sealed rows, read and written as plain values. A row that does not open is as if it were not there. */
export interface SealedStore<T> {
  get(id: string): Promise<T | undefined>;
  /** Reads all rows as they are; by what this resolves with each can be opened at once. */
  ahead(): Promise<(id: string) => Promise<T | undefined>>;
  all(): Promise<T[]>;
  byId(): Promise<ReadonlyMap<string, T>>;
  put(id: string, value: T): Promise<void>;
  delete(id: string): Promise<void>;
}

/** `onDamaged` hears of each row that does not open. */
export function sealedStore<T>(
  name: SealedStoreName,
  sealer: Sealer,
  onDamaged?: (id: string) => void,
): SealedStore<T> {
  async function openRow(id: string, record: SealedRecord): Promise<T | undefined> {
    try {
      return openedOf(name, await sealer.open<T>(name, id, record));
    } catch {
      onDamaged?.(id);
      return undefined;
    }
  }

  async function readAll() {
    const read = (await database()).transaction(name);
    const [ids, records] = await Promise.all([read.store.getAllKeys(), read.store.getAll()]);
    return { ids, records };
  }

  async function byId(): Promise<Map<string, T>> {
    const { ids, records } = await readAll();
    const rows = await Promise.all(
      records.map((record, index) => openRow(ids[index] ?? '', record)),
    );
    const opened = new Map<string, T>();
    for (const [index, row] of rows.entries()) {
      if (row !== undefined) opened.set(ids[index] ?? '', row);
    }
    return opened;
  }

  return {
    async get(id) {
      const record = await (await database()).get(name, id);
      return record && openRow(id, record);
    },
    async ahead() {
      const { ids, records } = await readAll();
      return async (id) => {
        const record = records[ids.indexOf(id)];
        return record && openRow(id, record);
      };
    },
    byId,
    all: async () => [...(await byId()).values()],
    async put(id, value) {
      const record = await sealer.seal(name, id, value);
      await (await database()).put(name, record, id);
    },
    async delete(id) {
      await (await database()).delete(name, id);
    },
  };
}
