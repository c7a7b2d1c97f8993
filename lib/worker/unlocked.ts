import type { Account, AccountId, Credentials, KeyTest } from '../domain/account.ts';
import {
  hasEnded,
  type Act,
  type Cancellation,
  type CancellationId,
} from '../domain/cancellation.ts';
import type { OrderAnswer } from '../domain/lookup.ts';
import { refTo, type Order, type OrderRef } from '../domain/order.ts';
import type { OrderFilter } from '../domain/order-filter.ts';
import type { Sweep, SweepId } from '../domain/sweep.ts';
import { UserError } from '../domain/user-error.ts';
import { venueNames } from '../domain/venue-id.ts';
import { advice } from '../domain/words.ts';
import { askOrder } from '../cancel/ask-order.ts';
import { createCancelAccount, type CancelAccount } from '../cancel/cancel-account.ts';
import { createCanceller, sendingTime, type CancelWish } from '../cancel/canceller.ts';
import { createCascade } from '../cancel/cascade.ts';
import { createSweeper } from '../cancel/sweeper.ts';
import type { SweepRecord } from '../cancel/sweep-world.ts';
import { cancelKindOf } from '../cancel/plan.ts';
import { accountStore, type StoredAccount } from '../store/accounts.ts';
import { cancellationStore, type CancellationStore } from '../store/cancellations.ts';
import type { Damage } from '../store/damage.ts';
import { sealedStore } from '../store/sealed-store.ts';
import type { CancelAllPlan } from '../messages/protocol.ts';
import type { Sealer } from '../vault/sealing.ts';
import { createAccountClient } from '../venues/account-client.ts';
import type { Clocks } from '../venues/clock.ts';
import { baseUrl } from '../venues/hosts.ts';
import { idKindsOf } from '../venues/id-forms.ts';
import { venues } from '../venues/venues.ts';
import type { Publisher } from '../view/publisher.ts';
import type { AccountView } from '../view/view.ts';
import { expectNewAccount, readCredentials } from './account-form.ts';
import { createLine } from './line.ts';
import { testKey } from './key-test.ts';
import type { Lanes } from './lanes.ts';
import { createOpenOrders } from './open-orders.ts';
import { leavesTheBook, type OrdersReading } from './order-reader.ts';
import { cleanRef, cleanSymbol } from './typed-order.ts';

/** All that can be done while the vault is open. It lives from unlock, or from the worker's waking, until lock. */
export interface Unlocked {
  addAccount(account: Account, credentials: Credentials): Promise<void>;
  /** Also one that does not open. */
  removeAccount(id: AccountId): Promise<void>;
  /** A key in the place of one that does not open. */
  setKey(id: AccountId, credentials: Credentials): Promise<void>;
  /** Lets go of what does not open and cannot go on; accounts stay until they are removed. */
  dropDamaged(): Promise<void>;
  testAccount(id: AccountId): Promise<KeyTest>;
  accounts(): readonly Account[];
  /** Reads one account, or all. Resolves when each has been read or has failed. */
  refresh(only?: AccountId): Promise<void>;
  /** Reads every account by requests of its own, ahead of what can wait: somebody waits for the answer. */
  readAll(): ReadonlyMap<AccountId, Promise<OrdersReading>>;
  /** What the venue says of the order that an id from a text may name. */
  askOrder(accountId: AccountId, id: string, symbol?: string): Promise<OrderAnswer>;
  /** The order may be named as somebody typed it. Resolves once the wish stands in the journal. */
  cancel(ref: OrderRef, act: Act): Promise<CancellationId>;
  /** As `cancel`, for several orders at once. */
  cancelMany(refs: readonly OrderRef[], act: Act): Promise<readonly CancellationId[]>;
  /** What `cancelAll` would do now. */
  planCancelAll(filter: OrderFilter, withProtective: boolean): CancelAllPlan;
  /** Begins to cancel every open order that the filter means. Resolves once that is written down. */
  cancelAll(filter: OrderFilter, withProtective: boolean): Promise<SweepId>;
  stopCancelAll(id: SweepId): Promise<void>;
  /** Forgets one that has ended. */
  closeCancelAll(id: SweepId): Promise<void>;
  history: CancellationStore['page'];
  /** Resolves when no cancellation is in flight any more. */
  idle(): Promise<void>;
  /** Takes no further step; the journal holds what is left. */
  stop(): void;
}

interface OpenAccount extends CancelAccount {
  readonly account: StoredAccount;
}

export interface UnlockedListeners {
  /** Hears of the rows that do not open. */
  readonly damage: Damage;
  /** There begins or ceases to be anything in flight. */
  readonly onUnfinished: (unfinished: boolean) => void;
  /** A cancellation has come to another state. */
  readonly onCancellation: (cancellation: Cancellation) => void;
  /** A “Cancel all” has got on. */
  readonly onSweeps: (sweeps: readonly Sweep[]) => void;
}

export async function openUnlocked(
  sealer: Sealer,
  publisher: Publisher,
  clocks: Clocks,
  lanes: Lanes,
  { damage, onUnfinished, onCancellation, onSweeps }: UnlockedListeners,
): Promise<Unlocked> {
  const store = accountStore(sealer, (id) => damage.note('accounts', id));
  const sweepRecords = sealedStore<SweepRecord>('sweeps', sealer, (id) =>
    damage.note('sweeps', id),
  );
  const [cancellations, accounts] = await Promise.all([
    cancellationStore(sealer, (row) => damage.note('cancellations', row)),
    store.allWithCredentials(),
  ]);
  const openOrders = createOpenOrders(sealer, publisher, (id) => canceller.wake(id));
  lanes.follow((holds) => publisher.set('holds', holds));
  /** Accounts whose key does not open. */
  const keyless = new Map<AccountId, StoredAccount>();
  const opened = new Map<AccountId, OpenAccount>();
  const unfinished = new Set<'cancellations' | 'sweeps'>();
  let soon: Cancellation[] = [];
  /** Requests to cancel that have been taken and are not yet written down. */
  const asked = new Set<Promise<unknown>>();
  /** Another may have taken its place: nothing is written or told any more. */
  let isStopped = false;
  /** What the canceller has told of since this life began; until the view has caught up. */
  let heard: Set<CancellationId> | undefined = new Set();

  const line = createLine(() => {
    for (const id of opened.keys()) canceller.wake(id);
  });

  /** What an account without a key has left unfinished waits for the key. */
  const journal: CancellationStore = {
    ...cancellations,
    async unfinished() {
      const rows = await cancellations.unfinished();
      return rows.filter(({ cancellation: { ref } }) => !isShut(ref.accountId));
    },
  };

  const canceller = createCanceller(journal, (id) => opened.get(id), {
    onChange(cancellation) {
      heard?.add(cancellation.id);
      noteCascade(cancellation);
      showSoon(cancellation);
      if (cancellation.trouble) line.look();
      sweeper.note(cancellation);
      onCancellation(cancellation);
    },
    onUnfinished: tellUnfinished('cancellations'),
  });

  const sweeper = createSweeper({
    canceller,
    cancellations,
    records: sweepRecords,
    accounts: all,
    venueOf: (id) => opened.get(id)?.client.venue,
    known: (id) => publisher.view.orders[id] ?? { orders: [] },
    read: readNow,
    publish(sweeps) {
      publisher.set('sweeps', sweeps);
      onSweeps(sweeps);
    },
    onUnfinished: tellUnfinished('sweeps'),
  });

  /** There is something in flight while either has. */
  function tellUnfinished(part: 'cancellations' | 'sweeps') {
    return (isUnfinished: boolean) => {
      if (isStopped) return;
      if (isUnfinished) unfinished.add(part);
      else unfinished.delete(part);
      onUnfinished(unfinished.size > 0);
    };
  }

  function viewOf(account: StoredAccount): AccountView {
    return keyless.has(account.id) ? { ...account, keyLost: true } : account;
  }

  /** Its key, or all of it, does not open. */
  function isShut(id: AccountId): boolean {
    return keyless.has(id) || damage.ids('accounts').includes(id);
  }

  /** In the order in which they were added, which is the one on screen. */
  function all(): readonly StoredAccount[] {
    return [...[...opened.values()].map(({ account }) => account), ...keyless.values()].toSorted(
      (a, b) => a.createdAt - b.createdAt,
    );
  }

  async function readNow(id: AccountId, isUrgent: boolean) {
    if (keyless.has(id)) return { trouble: { reason: 'key-lost', words: '' } as const };
    const account = opened.get(id);
    if (!account) return { trouble: { reason: 'unreachable', words: 'account removed' } as const };
    return openOrders.read(id, account, isUrgent);
  }

  function show(cancellation: Cancellation): void {
    publisher.setCancellation(cancellation);
    if (leavesTheBook(cancellation)) openOrders.takeOut(cancellation);
  }

  /** What is before the sending is shown after it: nothing shall compete with the request that is about to go out. */
  function showSoon(cancellation: Cancellation): void {
    if (cancellation.state === 'requested' || cancellation.state === 'sent') {
      if (soon.push(cancellation) === 1) setTimeout(showNow, sendingTime);
      return;
    }
    showNow();
    show(cancellation);
  }

  function showNow(): void {
    const shown = soon;
    soon = [];
    for (const cancellation of shown) show(cancellation);
  }

  /** The last life may have ended between the journal and the screen: what the view calls unfinished may have ended. */
  async function catchUp(): Promise<void> {
    const known = heard;
    heard = undefined;
    const stale = new Set(
      Object.values(publisher.view.cancellations)
        .filter((cancellation) => !hasEnded(cancellation) && !known?.has(cancellation.id))
        .map(({ id }) => id),
    );
    if (stale.size === 0) return;
    const isStale = ({ id }: Cancellation) => stale.has(id);
    const rows = await cancellations.page(stale.size, undefined, isStale);
    for (const { cancellation } of rows) {
      if (!cancellation) continue;
      show(cancellation);
      onCancellation(cancellation);
    }
  }

  function noteCascade(cancellation: Cancellation): void {
    const { accountId } = cancellation.ref;
    if (!opened.get(accountId)?.client.venue.cascades) return;
    cascade.note(cancellation, listedOn(accountId));
  }

  const cascade = createCascade(
    (id) => opened.get(id),
    async (cancellation) => {
      if (isStopped) return;
      await take(cancellations.addAll([cancellation]));
      show(cancellation);
    },
  );

  async function open(account: StoredAccount, credentials: Credentials): Promise<OpenAccount> {
    const { id, venue, environment, sandboxUrl } = account;
    const base = sandboxUrl ?? baseUrl(venue, environment);
    if (base === undefined) throw new Error(`${venue} has no environment ${environment}`);
    const signing = {
      chosen: account.signature ?? 0,
      choose: (signature: number) => void update(id, { signature }),
    };
    const lane = lanes.open(id, venues[venue], base);
    const client = await createAccountClient(
      venues[venue],
      base,
      credentials,
      clocks,
      signing,
      (usage) => lane.learn(usage),
    );
    client.socket?.follow((news) => canceller.hear(id, news));
    return { account, ...createCancelAccount(client, lane) };
  }

  /** Writes down something learnt of an account, unless it has been removed meanwhile. */
  async function update(id: AccountId, change: Partial<StoredAccount>): Promise<void> {
    const found = opened.get(id);
    if (!found || isStopped) return;
    const account = { ...found.account, ...change };
    opened.set(id, { ...found, account });
    await store.update(account);
    publishAccounts();
  }

  function expect(id: AccountId): OpenAccount {
    const found = opened.get(id);
    if (found) return found;
    const shut = keyless.get(id);
    if (shut) throw new UserError('key-lost', advice('key-lost', venueNames[shut.venue]));
    throw new UserError(
      'no-such-account',
      'This account has been removed. Add it again on the options page.',
    );
  }

  function wishFor(ref: OrderRef, act: Act): CancelWish {
    expect(ref.accountId);
    const order = openOrders.find(ref);
    return order
      ? { ref: { ...ref, ...refTo(ref.accountId, order) }, order, act }
      : { ref, order, act };
  }

  /** What somebody has typed or pasted: just that where it is listed. */
  function understand(typed: OrderRef): OrderRef {
    const { venue } = expect(typed.accountId).account;
    return openOrders.find(typed) ? typed : cleanRef(typed, venue, listedOn(typed.accountId));
  }

  function listedOn(id: AccountId): readonly Order[] {
    return publisher.view.orders[id]?.orders ?? [];
  }

  /** It counts as in flight until it is written down: a lock does not part the two. */
  function take<T>(writing: Promise<T>): Promise<T> {
    asked.add(writing);
    void Promise.allSettled([writing]).then(() => asked.delete(writing));
    return writing;
  }

  function publishAccounts(): void {
    if (isStopped) return;
    publisher.set('accounts', all().map(viewOf));
  }

  for (const { account, credentials } of accounts) {
    if (!credentials) keyless.set(account.id, account);
  }
  const [openedAccounts] = await Promise.all([
    Promise.all(
      accounts.flatMap(({ account, credentials }) =>
        credentials ? open(account, credentials) : [],
      ),
    ),
    openOrders.restore(accounts.map(({ account }) => account.id)),
    sweeper.load(),
  ]);
  for (const each of openedAccounts) opened.set(each.account.id, each);
  for (const id of keyless.keys()) openOrders.fail(id, { reason: 'key-lost', words: '' });
  publishAccounts();
  await canceller.resume();
  sweeper.resume();
  void catchUp().catch(() => undefined);

  return {
    async addAccount(account, credentials) {
      const stored = { ...account, createdAt: Date.now() };
      await store.add(stored, credentials, (others) =>
        expectNewAccount(account, credentials, others),
      );
      opened.set(account.id, await open(stored, credentials));
      publishAccounts();
      void openOrders.refresh(account.id, expect(account.id));
    },

    async removeAccount(id) {
      const wasShut = isShut(id);
      if (!wasShut) expect(id);
      await canceller.abandon(id);
      opened.get(id)?.client.socket?.close();
      opened.delete(id);
      await store.remove(id);
      keyless.delete(id);
      damage.forget('accounts', [id]);
      publishAccounts();
      openOrders.forget(id);
      // What had waited for its key ends as that of a removed account.
      if (wasShut) await canceller.resume();
    },

    async setKey(id, given) {
      const account = keyless.get(id);
      if (!account) throw new UserError('has-key', 'The key of this account is there already.');
      const credentials = readCredentials(account.venue, given);
      const others = await store.allWithCredentials();
      expectNewAccount(
        account,
        credentials,
        others.filter((other) => other.account.id !== id),
      );
      const reopened = await open(account, credentials);
      await store.setCredentials(id, credentials);
      keyless.delete(id);
      opened.set(id, reopened);
      publishAccounts();
      await canceller.resume();
      void openOrders.refresh(id, reopened);
    },

    async dropDamaged() {
      const sweeps = damage.ids('sweeps');
      const rows = damage.ids('cancellations');
      await Promise.all(sweeps.map((id) => sweepRecords.delete(String(id))));
      await cancellations.giveUp(rows.map(Number));
      damage.forget('sweeps', sweeps);
      damage.forget('cancellations', rows);
    },

    async testAccount(id) {
      const lastTest = await testKey(expect(id));
      await update(id, { lastTest });
      return lastTest;
    },

    accounts: all,

    async refresh(only) {
      const wanted = [...opened].filter(([id]) => only === undefined || id === only);
      await Promise.all(wanted.map(([id, account]) => openOrders.refresh(id, account)));
    },

    readAll: () =>
      new Map([...opened].map(([id, account]) => [id, openOrders.read(id, account, true)])),

    async askOrder(accountId, id, typed) {
      const account = expect(accountId);
      const { venue } = account.account;
      const symbol = cleanSymbol(typed, venue, listedOn(accountId));
      return askOrder(account, id, idKindsOf(venue, id), symbol);
    },

    async cancel(wished, act) {
      const { ref, order } = wishFor(understand(wished), act);
      return take(canceller.request(ref, order, act));
    },

    cancelMany: async (refs, act) =>
      take(canceller.requestAll(refs.map((ref) => wishFor(ref, act)))),

    planCancelAll(filter, withProtective) {
      const plans = [...opened].map(([accountId, { client, lane }]) => {
        const requests = sweeper.plan(filter, withProtective, accountId);
        const kind = cancelKindOf(client.venue);
        const kinds = requests.map((request) => (request.kind === 'every' ? 'cancel' : kind));
        const orders = requests.reduce((sum, request) => sum + request.orders.length, 0);
        return { accountId, orders, estimate: lane.estimate(kinds) };
      });
      const [slowest] = plans.toSorted((a, b) => b.estimate.milliseconds - a.estimate.milliseconds);
      const { milliseconds = 0, limit } = slowest?.estimate ?? {};
      const accountId = milliseconds > 0 ? slowest?.accountId : undefined;
      return {
        orders: plans.reduce((sum, { orders }) => sum + orders, 0),
        milliseconds,
        ...(accountId && { slowest: { accountId, ...(limit && { limit }) } }),
      };
    },
    cancelAll: (filter, withProtective) => take(sweeper.begin(filter, withProtective)),
    stopCancelAll: (id) => sweeper.stop(id),
    closeCancelAll: (id) => sweeper.close(id),

    history: (limit, before, matches) => cancellations.page(limit, before, matches),
    async idle() {
      do {
        await Promise.allSettled(asked);
        await sweeper.idle();
        await canceller.idle();
      } while (asked.size > 0);
    },
    stop() {
      isStopped = true;
      sweeper.halt();
      canceller.stop();
      line.stop();
      for (const { client } of opened.values()) client.socket?.close();
    },
  };
}
