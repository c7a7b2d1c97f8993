import type { Account, AccountId, Credentials, KeyTest } from '../domain/account.ts';
import type { Cancellation, CancellationId } from '../domain/cancellation.ts';
import { mayBeAttached, type OrderRef } from '../domain/order.ts';
import { UserError } from '../domain/user-error.ts';
import type { CancelAccount } from '../cancel/cancel-account.ts';
import { createCanceller, type CancelWish } from '../cancel/canceller.ts';
import { findCascade } from '../cancel/cascade.ts';
import { createCancelSender } from '../cancel/batches.ts';
import { createLane } from '../cancel/lane.ts';
import { accountStore, type StoredAccount } from '../store/accounts.ts';
import { cancellationStore, type CancellationRow } from '../store/cancellations.ts';
import type { Sealer } from '../vault/sealing.ts';
import { createAccountClient } from '../venues/account-client.ts';
import type { Clocks } from '../venues/clock.ts';
import { baseUrl } from '../venues/hosts.ts';
import { venues } from '../venues/venues.ts';
import type { Publisher } from '../view/publisher.ts';
import { testKey } from './key-test.ts';
import { createOpenOrders } from './open-orders.ts';
import { leavesTheBook } from './order-reader.ts';

/** All that can be done while the vault is open. It lives from unlock, or from the worker's waking, until lock. */
export interface Unlocked {
  addAccount(account: Account, credentials: Credentials): Promise<void>;
  removeAccount(id: AccountId): Promise<void>;
  testAccount(id: AccountId): Promise<KeyTest>;
  accounts(): readonly Account[];
  /** Resolves when every account has been read or has failed. */
  refresh(): Promise<void>;
  /** Resolves once the wish stands in the journal. */
  cancel(ref: OrderRef): Promise<CancellationId>;
  /** As `cancel`, for several orders at once. */
  cancelAll(refs: readonly OrderRef[]): Promise<readonly CancellationId[]>;
  history(limit: number, before?: number): Promise<CancellationRow[]>;
  /** Resolves when no cancellation is in flight any more. */
  idle(): Promise<void>;
  /** Takes no further step; the journal holds what is left. */
  stop(): void;
}

interface OpenAccount extends CancelAccount {
  readonly account: StoredAccount;
}

/** `onUnfinished` is told when there begins or ceases to be anything in flight. */
export async function openUnlocked(
  sealer: Sealer,
  publisher: Publisher,
  clocks: Clocks,
  onUnfinished: (unfinished: boolean) => void,
): Promise<Unlocked> {
  const store = accountStore(sealer);
  const cancellations = await cancellationStore(sealer);
  const openOrders = createOpenOrders(sealer, publisher);
  const opened = new Map<AccountId, OpenAccount>();

  const canceller = createCanceller(cancellations, (id) => opened.get(id), {
    onChange(cancellation) {
      if (cancellation.state === 'cancelled') void recordCascade(cancellation);
      show(cancellation);
    },
    onUnfinished,
  });

  function show(cancellation: Cancellation): void {
    publisher.setCancellation(cancellation);
    if (leavesTheBook(cancellation)) openOrders.takeOut(cancellation);
  }

  /** Writes down the trigger orders that went with a cancelled order. */
  async function recordCascade(parent: Cancellation): Promise<void> {
    const account = opened.get(parent.ref.accountId);
    const { order } = parent;
    if (!account?.client.venue.cascades || !order) return;
    const { orders = [] } = publisher.view.orders[parent.ref.accountId] ?? {};
    const candidates = orders.filter((other) => mayBeAttached(order, other));
    for (const cancellation of await findCascade(account, parent, candidates)) {
      await cancellations.add(cancellation);
      show(cancellation);
    }
  }

  async function open(account: StoredAccount, credentials: Credentials): Promise<void> {
    const { id, venue, environment, sandboxUrl } = account;
    const base = sandboxUrl ?? baseUrl(venue, environment);
    if (base === undefined) throw new Error(`${venue} has no environment ${environment}`);
    const signing = {
      chosen: account.signature ?? 0,
      choose: (signature: number) => void update(id, { signature }),
    };
    const client = await createAccountClient(venues[venue], base, credentials, clocks, signing);
    client.socket?.follow((news) => canceller.hear(id, news));
    opened.set(id, { account, client, lane: createLane(), sender: createCancelSender(client) });
  }

  /** Writes down something learnt of an account, unless it has been removed meanwhile. */
  async function update(id: AccountId, change: Partial<StoredAccount>): Promise<void> {
    const found = opened.get(id);
    if (!found) return;
    const account = { ...found.account, ...change };
    opened.set(id, { ...found, account });
    await store.update(account);
    publishAccounts();
  }

  function expect(id: AccountId): OpenAccount {
    const found = opened.get(id);
    if (found) return found;
    throw new UserError(
      'no-such-account',
      'This account has been removed. Add it again on the options page.',
    );
  }

  function wishFor(ref: OrderRef): CancelWish {
    expect(ref.accountId);
    const order = openOrders.find(ref);
    return order
      ? { ref: { ...ref, orderId: order.id, symbol: order.symbol }, order }
      : { ref, order };
  }

  function publishAccounts(): void {
    const accounts = [...opened.values()].map(({ account }) => account);
    publisher.set('accounts', accounts);
  }

  const all = await store.all();
  // In their order: the map's is the one on screen.
  const secrets = await Promise.all(all.map(({ id }) => store.expectCredentials(id)));
  for (const [index, account] of all.entries()) {
    const credentials = secrets[index];
    if (credentials) await open(account, credentials);
  }
  publishAccounts();
  await openOrders.restore([...opened.keys()]);
  await canceller.resume();

  return {
    async addAccount(account, credentials) {
      const stored = { ...account, createdAt: Date.now() };
      await store.add(stored, credentials);
      await open(stored, credentials);
      publishAccounts();
      void openOrders.refresh(account.id, expect(account.id));
    },

    async removeAccount(id) {
      expect(id);
      await canceller.abandon(id);
      opened.get(id)?.client.socket?.close();
      opened.delete(id);
      await store.remove(id);
      publishAccounts();
      openOrders.forget(id);
    },

    async testAccount(id) {
      const lastTest = await testKey(expect(id));
      await update(id, { lastTest });
      return lastTest;
    },

    accounts: () => [...opened.values()].map(({ account }) => account),

    async refresh() {
      await Promise.all([...opened].map(([id, account]) => openOrders.refresh(id, account)));
    },

    async cancel(wished) {
      const { ref, order } = wishFor(wished);
      return canceller.request(ref, order);
    },

    cancelAll: async (refs) => canceller.requestAll(refs.map(wishFor)),

    history: (limit, before) => cancellations.page(limit, before),
    idle: () => canceller.idle(),
    stop() {
      canceller.stop();
      for (const { client } of opened.values()) client.socket?.close();
    },
  };
}
