import type { Account, AccountId, Credentials, KeyTest } from '../domain/account.ts';
import type { Sealer } from '../vault/sealing.ts';
import { database } from './database.ts';
import { sealedStore } from './sealed-store.ts';

/** An account as it is kept: with how its key's last test ended. */
export interface StoredAccount extends Account {
  readonly createdAt: number;
  readonly lastTest?: KeyTest;
  /** Which of the venue's ways to sign has worked, where it is not the first. */
  readonly signature?: number;
}

export interface AccountStore {
  /** In the order in which they were added. */
  all(): Promise<StoredAccount[]>;
  expectCredentials(id: AccountId): Promise<Credentials>;
  /** Writes account and credentials, or neither. */
  add(account: StoredAccount, credentials: Credentials): Promise<void>;
  update(account: StoredAccount): Promise<void>;
  /** Removes the account, its credentials and its orders. Its history stays. */
  remove(id: AccountId): Promise<void>;
}

export function accountStore(sealer: Sealer): AccountStore {
  const accounts = sealedStore<StoredAccount>('accounts', sealer);
  const credentials = sealedStore<Credentials>('credentials', sealer);
  return {
    async all() {
      const all = await accounts.all();
      return all.toSorted((a, b) => a.createdAt - b.createdAt);
    },
    async expectCredentials(id) {
      const found = await credentials.get(id);
      if (!found) throw new Error('account without credentials');
      return found;
    },
    async add(account, secret) {
      const [sealedAccount, sealedSecret] = await Promise.all([
        sealer.seal('accounts', account.id, account),
        sealer.seal('credentials', account.id, secret),
      ]);
      const write = (await database()).transaction(['accounts', 'credentials'], 'readwrite');
      await Promise.all([
        write.objectStore('accounts').put(sealedAccount, account.id),
        write.objectStore('credentials').put(sealedSecret, account.id),
        write.done,
      ]);
    },
    update: (account) => accounts.put(account.id, account),
    async remove(id) {
      const stores = ['accounts', 'credentials', 'orders'] as const;
      const write = (await database()).transaction(stores, 'readwrite');
      await Promise.all([
        ...stores.map((store) => write.objectStore(store).delete(id)),
        write.done,
      ]);
    },
  };
}
