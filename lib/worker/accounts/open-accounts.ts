import type { AccountId, Credentials } from '#lib/domain/account.ts';
import type { KeyTrouble } from '#lib/domain/refusal.ts';
import { rightSeenIn, type CancelReply } from '#lib/domain/reply.ts';
import { UserError } from '#lib/domain/user-error.ts';
import { venueNames } from '#lib/domain/venue-id.ts';
import { advice } from '#lib/words/advice.ts';
import { createCancelAccount, type CancelAccount } from '#lib/worker/lanes/connected-account.ts';
import type { Nonces } from '#lib/worker/network/nonces.ts';
import type { AccountStore, StoredAccount } from '#lib/worker/store/accounts.ts';
import type { Damage } from '#lib/worker/store/damage.ts';
import { createAccountClient, type OwnClient } from '#lib/worker/network/account-client.ts';
import type { Clocks } from '#lib/worker/network/clock.ts';
import { baseUrl } from '#lib/venues/hosts.ts';
import { optional } from '#lib/venues/order-schema.ts';
import type { LateFailure } from '#lib/worker/network/socket-session.ts';
import type { Transport } from '#lib/worker/network/transport.ts';
import { venues } from '#lib/venues/venues.ts';
import { afterSending } from '#lib/worker/after-sending.ts';
import { cancelKindOf } from '#lib/worker/lanes/batches.ts';
import type { Watch } from './watch.ts';
import type { AccountView } from '#lib/protocol/view.ts';
import type { Lanes } from '#lib/worker/lanes/kept-lanes.ts';
import { t } from '#lib/words/text.ts';

export interface OpenAccount extends CancelAccount {
  readonly account: StoredAccount;
  readonly client: OwnClient;
}

/** The accounts of the open vault: those that can be used, and those whose key cannot be, or whose whole entry does not open. */
export interface OpenAccounts {
  get(id: AccountId): OpenAccount | undefined;
  /** Throws the sentence why it cannot be used. */
  expect(id: AccountId): OpenAccount;
  entries(): IterableIterator<[AccountId, OpenAccount]>;
  /** All that can be named, in the order in which they were added, which is the one on screen. */
  all(): readonly StoredAccount[];
  /** Why its key cannot be used; undefined where it can. */
  keyTrouble(id: AccountId): KeyTrouble | undefined;
  /** Its key cannot be used, or all of it does not open. */
  isShut(id: AccountId): boolean;
  /** Makes its key ready for use; without one it is only listed. */
  add(account: StoredAccount, credentials: Credentials | undefined): Promise<void>;
  /** Writes down something learnt of an account, unless it has been removed meanwhile. */
  update(id: AccountId, change: Partial<StoredAccount>): Promise<void>;
  remove(id: AccountId): void;
  /** Shows them as they are now; from then on each change too. */
  publish(): void;
  /** Calls back where a cancel that had been taken has failed after all. */
  follow(listener: FailureListener): void;
  /** Nothing is written or shown any more, and connections end. */
  stop(): void;
}

type FailureListener = (id: AccountId, told: LateFailure) => void;

interface AccountsNeeds {
  readonly store: AccountStore;
  readonly nonces: Nonces;
  readonly damage: Damage;
  readonly transport: Transport;
  readonly clocks: Clocks;
  readonly lanes: Lanes;
  readonly watch: Watch;
  readonly show: (accounts: readonly AccountView[]) => void;
}

export function createOpenAccounts(needs: AccountsNeeds): OpenAccounts {
  const { store, damage } = needs;
  const opened = new Map<AccountId, OpenAccount>();
  const keyless = new Map<AccountId, { account: StoredAccount; why: KeyTrouble }>();
  /** Whether the venue has let the key cancel, as it is written down. */
  const rights = new Map<AccountId, boolean>();
  const removed = new Set<AccountId>();
  let isStopped = false;
  /** All of them are there. */
  let isShown = false;
  let tell: FailureListener | undefined;

  /** What still waits for its turn when the account is removed does not go out any more. */
  const transportOf = (id: AccountId): Transport => ({
    ...needs.transport,
    send: (...request) =>
      removed.has(id)
        ? Promise.reject(new Error('The account has been removed'))
        : needs.transport.send(...request),
  });

  async function open(account: StoredAccount, credentials: Credentials): Promise<OpenAccount> {
    const { id, venue, environment, sandboxUrl } = account;
    const base = sandboxUrl ?? baseUrl(venue, environment);
    if (base === undefined) throw new Error(`${venue} has no environment ${environment}`);
    const signing = {
      chosen: account.signature ?? 0,
      choose: (signature: number) => void accounts.update(id, { signature }),
    };
    const lane = needs.lanes.open(id, venues[venue], base);
    const watch = needs.watch.open(id, () => {
      const [clock, room] = [needs.clocks.get(base), lane.room(cancelKindOf(venues[venue]))];
      return { ...(clock && { clock }), ...(room && { room }) };
    });
    const client = await createAccountClient(venues[venue], base, credentials, {
      environment,
      nonces: needs.nonces,
      transport: transportOf(id),
      clocks: needs.clocks,
      signing,
      onUsage: (usage) => lane.learn(usage),
      watch,
    });
    client.socket?.follow((told) => tell?.(id, told));
    return { account, ...createCancelAccount(client, lane, noteRight), client };

    /** Once in a life of the worker, and behind whatever else the reply leads to. */
    function noteRight(reply: CancelReply): void {
      const has = rightSeenIn(reply, watch.hasJustWorked());
      if (has === undefined || rights.get(id) === has) return;
      rights.set(id, has);
      afterSending(() => {
        const right = { has, at: Date.now() };
        void accounts.update(id, { right }).catch(() => rights.delete(id));
      });
    }
  }

  function viewOf({ right, ...account }: StoredAccount): AccountView {
    return {
      ...account,
      ...(right && { right }),
      ...optional('keyTrouble', keyless.get(account.id)?.why),
    };
  }

  const accounts: OpenAccounts = {
    get: (id) => opened.get(id),
    expect(id) {
      const found = opened.get(id);
      if (found) return found;
      const shut = keyless.get(id);
      if (shut) throw new UserError(shut.why, advice(shut.why, venueNames[shut.account.venue]));
      throw new UserError('no-such-account', t('error.account_removed'));
    },
    entries: () => opened.entries(),
    all: () =>
      [...opened.values(), ...keyless.values()]
        .map(({ account }) => account)
        .toSorted((a, b) => a.createdAt - b.createdAt),
    keyTrouble: (id) => keyless.get(id)?.why,
    isShut: (id) => keyless.has(id) || damage.ids('accounts').includes(id),
    async add(account, credentials) {
      // A key of which this browser can make nothing keeps no other account from opening.
      const usable = credentials && (await open(account, credentials).catch(() => undefined));
      if (!usable) {
        keyless.set(account.id, { account, why: credentials ? 'key-unusable' : 'key-lost' });
        return;
      }
      opened.set(account.id, usable);
      keyless.delete(account.id);
    },
    async update(id, change) {
      const found = opened.get(id);
      if (!found || isStopped) return;
      const account = { ...found.account, ...change };
      if (!account.right) rights.delete(id);
      opened.set(id, { ...found, account });
      await store.update(account);
      if (isShown) accounts.publish();
    },
    remove(id) {
      removed.add(id);
      opened.get(id)?.client.socket?.close();
      opened.delete(id);
      keyless.delete(id);
      damage.forget('accounts', [id]);
      needs.watch.forget(id);
    },
    publish() {
      isShown = true;
      if (!isStopped) needs.show(accounts.all().map(viewOf));
    },
    follow(listener) {
      tell = listener;
    },
    stop() {
      isStopped = true;
      needs.watch.stop();
      for (const { client, lane } of opened.values()) {
        client.socket?.close();
        lane.stop();
      }
    },
  };
  return accounts;
}
