import type { Account, AccountId, Credentials, KeyTest } from '#lib/domain/account.ts';
import type { RightSeen } from '#lib/domain/readiness.ts';
import type { Sealer } from '#lib/worker/vault/sealing.ts';
import { database } from './database.ts';
import { sealedStore } from './sealed-store.ts';

/** An account as it is kept: with how its key's last test ended. */
export interface StoredAccount extends Account {
  readonly createdAt: number;
  readonly lastTest?: KeyTest;
  /** Which of the venue's ways to sign has worked, where it is not the first. */
  readonly signature?: number;
  readonly right?: RightSeen | undefined;
}

/** An account with its key. */
interface KeyedAccount {
  readonly account: StoredAccount;
  /** Undefined where their row does not open. */
  readonly credentials: Credentials | undefined;
}

/** Given all that there are when the turn has come, throws where this key must not be written: one comes after the other. */
type ExpectNew = (all: readonly KeyedAccount[]) => void;

export interface AccountStore {
  /** In the order in which they were added. */
  all(): Promise<StoredAccount[]>;
  allWithCredentials(): Promise<KeyedAccount[]>;
  /** Reads all rows and opens none; by what this resolves with one of them alone is opened: undefined where none is there that opens. */
  ahead(): Promise<(id: AccountId) => Promise<KeyedAccount | undefined>>;
  /** Puts new ones in the place of those. */
  setCredentials(id: AccountId, credentials: Credentials, expectNew?: ExpectNew): Promise<void>;
  /** Writes account and credentials, or neither. */
  add(account: StoredAccount, credentials: Credentials, expectNew?: ExpectNew): Promise<void>;
  update(account: StoredAccount): Promise<void>;
  /** Removes the account, its credentials and its orders. Its history stays. */
  remove(id: AccountId): Promise<void>;
}

/** Held over a lock and an unlock: the one save may have been begun before, the other after. */
let putting: Promise<unknown> = Promise.resolve();

/** `onDamaged` hears of each account whose own row does not open. */
export function accountStore(sealer: Sealer, onDamaged?: (id: string) => void): AccountStore {
  const accounts = sealedStore<StoredAccount>('accounts', sealer, onDamaged);
  const credentials = sealedStore<Credentials>('credentials', sealer);

  async function write(account: StoredAccount, secret: Credentials): Promise<void> {
    const [sealedAccount, sealedSecret] = await Promise.all([
      sealer.seal('accounts', account.id, account),
      sealer.seal('credentials', account.id, secret),
    ]);
    const writing = (await database()).transaction(['accounts', 'credentials'], 'readwrite');
    await Promise.all([
      writing.objectStore('accounts').put(sealedAccount, account.id),
      writing.objectStore('credentials').put(sealedSecret, account.id),
      writing.done,
    ]);
  }

  function inTurn(expectNew: ExpectNew | undefined, put: () => Promise<void>): Promise<void> {
    const putNew = async () => {
      expectNew?.(await store.allWithCredentials());
      await put();
    };
    const done = putting.then(putNew);
    putting = done.catch(() => undefined);
    return done;
  }

  const store: AccountStore = {
    async all() {
      const all = await accounts.all();
      return all.toSorted((a, b) => a.createdAt - b.createdAt);
    },
    setCredentials: (id, secret, expectNew) => inTurn(expectNew, () => credentials.put(id, secret)),
    async allWithCredentials() {
      const [all, keys] = await Promise.all([store.all(), credentials.byId()]);
      return all.map((account) => ({ account, credentials: keys.get(account.id) }));
    },
    async ahead() {
      const [accountOf, secretOf] = await Promise.all([accounts.ahead(), credentials.ahead()]);
      return async (id) => {
        const [account, secret] = await Promise.all([accountOf(id), secretOf(id)]);
        return account && { account, credentials: secret };
      };
    },
    add: (account, secret, expectNew) => inTurn(expectNew, () => write(account, secret)),
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
  return store;
}
