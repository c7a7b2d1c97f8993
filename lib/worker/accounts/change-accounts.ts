import type { Account, AccountId, Credentials, KeyTest } from '#lib/domain/account.ts';
import type { Canceller } from '#lib/worker/cancel/canceller-contract.ts';
import type { OpenOrders } from '#lib/worker/orders/open-orders.ts';
import type { AccountStore } from '#lib/worker/store/accounts.ts';
import { expectNewAccount, expectOpens, readCredentials } from './account-form.ts';
import { testKey } from './key-test.ts';
import type { OpenAccounts } from './open-accounts.ts';

/** What the user does to accounts. */
export interface AccountChanges {
  addAccount(account: Account, credentials: Credentials): Promise<void>;
  /** Also one that does not open. */
  removeAccount(id: AccountId): Promise<void>;
  /** A key in the place of one that cannot be used. */
  setKey(id: AccountId, credentials: Credentials): Promise<void>;
  testAccount(id: AccountId): Promise<KeyTest>;
}

interface ChangesNeeds {
  readonly store: AccountStore;
  readonly accounts: OpenAccounts;
  readonly openOrders: OpenOrders;
  readonly canceller: Pick<Canceller, 'abandon' | 'resume'>;
  /** The account is there, is there no more, or has another key. */
  readonly onChanged: (id: AccountId) => void;
}

export function changeAccounts({
  store,
  accounts,
  openOrders,
  canceller,
  onChanged,
}: ChangesNeeds): AccountChanges {
  return {
    async addAccount(account, credentials) {
      await expectOpens(account.venue, credentials);
      const added = { ...account, createdAt: Date.now() };
      await store.add(added, credentials, (others) =>
        expectNewAccount(account, credentials, others),
      );
      await accounts.add(added, credentials);
      accounts.publish();
      onChanged(account.id);
      void openOrders.refresh(account.id, accounts.expect(account.id));
    },

    async removeAccount(id) {
      const wasShut = accounts.isShut(id);
      if (!wasShut) accounts.expect(id);
      await canceller.abandon(id);
      await store.remove(id);
      accounts.remove(id);
      accounts.publish();
      onChanged(id);
      openOrders.forget(id);
      // What had waited for its key ends as that of a removed account.
      if (wasShut) await canceller.resume();
    },

    async setKey(id, given) {
      const account = accounts.all().find((each) => each.id === id);
      // Another page was faster.
      if (!account || !accounts.keyTrouble(id)) return void accounts.expect(id);
      const credentials = readCredentials(account.venue, given);
      await expectOpens(account.venue, credentials);
      await store.setCredentials(id, credentials, (all) =>
        expectNewAccount(
          account,
          credentials,
          all.filter((other) => other.account.id !== id),
        ),
      );
      // What was seen was seen of another key.
      const { lastTest: _, right: __, ...unseen } = account;
      await accounts.add(unseen, credentials);
      await accounts.update(id, unseen);
      accounts.publish();
      onChanged(id);
      await canceller.resume();
      void openOrders.refresh(id, accounts.expect(id));
    },

    async testAccount(id) {
      const lastTest = await testKey(accounts.expect(id));
      const { right } = accounts.expect(id).account;
      // It may have been given the right meanwhile: the next cancel shows it.
      const { result } = lastTest;
      const isDoubted = right?.has === false && result.ok;
      const told = result.ok && result.rights;
      await accounts.update(id, {
        lastTest,
        ...(isDoubted && { right: undefined }),
        ...(told && { right: { has: told.includes('cancel'), at: lastTest.at } }),
      });
      return lastTest;
    },
  };
}
