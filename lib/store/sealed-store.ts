import type { Sealer } from '../vault/sealing.ts';
import { database } from './database.ts';

type SealedStoreName = 'settings' | 'accounts' | 'credentials' | 'orders' | 'sweeps';

/** One table of sealed rows, read and written as plain values. */
export interface SealedStore<T> {
  get(id: string): Promise<T | undefined>;
  all(): Promise<T[]>;
  put(id: string, value: T): Promise<void>;
  delete(id: string): Promise<void>;
}

export function sealedStore<T>(name: SealedStoreName, sealer: Sealer): SealedStore<T> {
  return {
    async get(id) {
      const record = await (await database()).get(name, id);
      return record && sealer.open<T>(name, id, record);
    },
    async all() {
      const read = (await database()).transaction(name);
      const [ids, records] = await Promise.all([read.store.getAllKeys(), read.store.getAll()]);
      return Promise.all(
        records.map((record, index) => sealer.open<T>(name, ids[index] ?? '', record)),
      );
    },
    async put(id, value) {
      const record = await sealer.seal(name, id, value);
      await (await database()).put(name, record, id);
    },
    async delete(id) {
      await (await database()).delete(name, id);
    },
  };
}
