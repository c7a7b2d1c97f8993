import { openDB, type DBSchema, type IDBPDatabase } from 'idb';
import { UserError } from '#lib/domain/user-error.ts';
import type { SealedRecord } from '#lib/worker/vault/sealing.ts';
import type { VaultRecord } from '#lib/worker/vault/vault-key.ts';
import { t } from '#lib/words/text.ts';

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
  /** Journal and history in one, by a counter; `unfinished` marks the journal's part, 2 what has ended but for its attached orders. */
  cancellations: {
    key: number;
    value: SealedRecord & { readonly unfinished?: 1 | 2 };
    indexes: { unfinished: 1 | 2 };
  };
  /** Every “Cancel all” that has not been closed, by its id. */
  sweeps: { key: string; value: SealedRecord };
  /** How high the numbers of requests have been reserved, under `height`. */
  nonces: { key: string; value: SealedRecord };
}

export type Database = IDBPDatabase<Schema>;

const name = 'pullcord';
const version = 3;

let connection: Promise<Database> | undefined;

/**
 * The open database; opened anew when the browser has closed it under us (jakearchibald/idb#121). Rejects with a sentence
 * for the user.
 */
export function database(): Promise<Database> {
  connection ??= open();
  return connection;
}

function open(): Promise<Database> {
  // Only this one: a connection that was closed earlier must not take a later one with it.
  const isCurrent = () => connection === opened || connection === opening;
  const forget = () => {
    void opening.then((db) => db.close());
    if (isCurrent()) connection = undefined;
  };
  const blocking = Promise.withResolvers<never>();
  let isBlocked = false;
  const attempt = () =>
    openDB<Schema>(name, version, {
      upgrade(db, from) {
        if (from < 1) {
          db.createObjectStore('vault');
          db.createObjectStore('settings');
          db.createObjectStore('accounts');
          db.createObjectStore('credentials');
          db.createObjectStore('orders');
          db.createObjectStore('cancellations').createIndex('unfinished', 'unfinished');
        }
        if (from < 2) db.createObjectStore('sweeps');
        if (from < 3) db.createObjectStore('nonces');
      },
      blocked() {
        isBlocked = true;
        blocking.reject(new UserError('database-blocked', t('error.database_blocked')));
      },
      blocking: forget,
      terminated: forget,
    });
  // Just after the browser has closed a connection, Chromium may still be closing what the first attempt goes to.
  const opening = attempt().catch((error: unknown) => {
    if (isNewer(error)) throw error;
    return attempt();
  });
  const opened = Promise.race([opening, blocking.promise]).catch((error: unknown) => {
    if (!isBlocked && isCurrent()) connection = undefined;
    throw error instanceof UserError ? error : unreadable(error);
  });
  void followBlocked();
  return opened;

  /** What was blocked opens once it is let: until then no further attempt waits behind it. */
  async function followBlocked(): Promise<void> {
    const isOpen = await opening.then(
      () => true,
      () => false,
    );
    if (isBlocked && isCurrent()) connection = isOpen ? opening : undefined;
  }
}

function isNewer(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'VersionError';
}

function unreadable(error: unknown): UserError {
  return isNewer(error)
    ? new UserError('database-newer', t('error.database_newer'))
    : new UserError('database-unreadable', t('error.database_unreadable'));
}
