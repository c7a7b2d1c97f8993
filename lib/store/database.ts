import { openDB, type DBSchema, type IDBPDatabase } from 'idb';
import type { SealedRecord } from '../vault/sealing.ts';
import type { VaultRecord } from '../vault/vault-key.ts';

/**
 * What lies on the disk. All but the sealed vault key itself is sealed with it; keys are random or mere counters, so
 * that a copied profile tells nothing but how many rows there are.
 */
interface Schema extends DBSchema {
  vault: { key: 'vault'; value: VaultRecord };
  settings: { key: 'settings'; value: SealedRecord };
  accounts: { key: string; value: SealedRecord };
  credentials: { key: string; value: SealedRecord };
  /** The open orders of an account as last read, by account id. */
  orders: { key: string; value: SealedRecord };
  /** Journal and history in one, by a counter; `unfinished` marks the journal's part. */
  cancellations: {
    key: number;
    value: SealedRecord & { readonly unfinished?: 1 };
    indexes: { unfinished: 1 };
  };
}

export type Database = IDBPDatabase<Schema>;

const name = 'pullcord';
const version = 1;

let connection: Promise<Database> | undefined;

/** The open database; opened anew when the browser has closed it under us (jakearchibald/idb#121). */
export function database(): Promise<Database> {
  connection ??= openDB<Schema>(name, version, {
    upgrade(db) {
      db.createObjectStore('vault');
      db.createObjectStore('settings');
      db.createObjectStore('accounts');
      db.createObjectStore('credentials');
      db.createObjectStore('orders');
      db.createObjectStore('cancellations').createIndex('unfinished', 'unfinished');
    },
    blocking: forget,
    terminated: forget,
  }).catch((error: unknown) => {
    connection = undefined;
    throw error;
  });
  return connection;
}

function forget(): void {
  void connection?.then((db) => db.close());
  connection = undefined;
}
