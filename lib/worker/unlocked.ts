import type { Account, AccountId } from '#lib/domain/account.ts';
import type { Act, Cancellation, CancellationId, SweepId } from '#lib/domain/cancellation.ts';
import type { OrderAnswer } from '#lib/domain/lookup.ts';
import type { OrderRef } from '#lib/domain/order.ts';
import type { OrderFilter } from '#lib/domain/order-filter.ts';
import { hasEnded } from '#lib/domain/standing.ts';
import type { Sweep } from '#lib/domain/sweep.ts';
import type { Holds } from '#lib/domain/waiting.ts';
import { askOrder } from '#lib/worker/cancel/ask-order.ts';
import { createCascade } from '#lib/worker/cancel/cascade.ts';
import { createSweeper } from '#lib/worker/cancel-all/sweeper.ts';
import type { SweepRecord } from '#lib/worker/cancel-all/sweep-needs.ts';
import type { CancellationStore } from '#lib/worker/store/cancellations.ts';
import type { Damage } from '#lib/worker/store/damage.ts';
import { sealedStore } from '#lib/worker/store/sealed-store.ts';
import type { CancelAllPlan } from '#lib/protocol/messages.ts';
import type { Transport } from '#lib/worker/network/transport.ts';
import { idKindsOf } from '#lib/venues/id-kinds.ts';
import { orderIdAt } from '#lib/venues/order-id-at.ts';
import type { Publisher } from '#lib/worker/publish/publisher.ts';
import { changeAccounts, type AccountChanges } from '#lib/worker/accounts/change-accounts.ts';
import { createStreams, type Streams } from '#lib/worker/streams/streams.ts';
import { createLine } from '#lib/worker/network/line.ts';
import { estimateCancelAll } from '#lib/worker/cancel-all/estimate.ts';
import type { Lanes } from '#lib/worker/lanes/kept-lanes.ts';
import { createDueReadings } from '#lib/worker/orders/due-readings.ts';
import { hearOrders } from '#lib/worker/orders/hear-orders.ts';
import { createMeantOrder } from '#lib/worker/orders/meant-order.ts';
import { createOpenOrders, type OpenOrders } from '#lib/worker/orders/open-orders.ts';
import type { OrdersReading } from '#lib/worker/orders/read-account.ts';
import { showCancellations } from '#lib/worker/orders/show-cancellations.ts';
import type { ClickPath } from './click-path.ts';

/** All that can be done while the vault is open. It lives from unlock, or from the worker's waking, until lock. */
export interface Unlocked extends AccountChanges {
  /** Lets go of what does not open and cannot go on; accounts stay until they are removed. */
  dropDamaged(): Promise<void>;
  accounts(): readonly Account[];
  /** Reads one account, or all. Resolves when each has been read or has failed. */
  refresh(only?: AccountId): Promise<void>;
  /** Somebody looks on, or wants to know now and then: reads the accounts whose turn it is. */
  readDue(): void;
  /** The account's open orders as they are known now. */
  known: OpenOrders['known'];
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
  /** Asks no more whether these, which lapsed, are still meant. */
  leaveLapsed(ids: readonly CancellationId[]): void;
  /** Sends a cancel that waits at its venue's word all the same. */
  sendNow(id: CancellationId): void;
  stopCancelAll(id: SweepId): Promise<void>;
  /** Forgets one that has ended. */
  closeCancelAll(id: SweepId): Promise<void>;
  history: CancellationStore['page'];
  /** The row that the next cancellation will stand in. */
  nextRow: CancellationStore['nextRow'];
  readonly streams: Pick<Streams, 'use' | 'keepLive' | 'shut'>;
  /** Resolves when no cancellation is in flight any more. */
  idle(): Promise<void>;
  /** Takes no further step; the journal holds what is left. */
  stop(): void;
}

export interface UnlockedListeners {
  /** There begins or ceases to be anything in flight. */
  readonly onUnfinished: (unfinished: boolean) => void;
  /** A cancellation has come to another state. */
  readonly onCancellation: (cancellation: Cancellation) => void;
  /** Streams of orders are to be open, or no longer, whether or not they are of use. */
  readonly onKeptLive: (isKept: boolean) => void;
  /** A “Cancel all” has got on. */
  readonly onSweeps: (sweeps: readonly Sweep[]) => void;
}

export interface UnlockedNeeds {
  readonly publisher: Publisher;
  readonly damage: Damage;
  readonly transport: Transport;
  readonly lanes: Lanes;
  /** When the worker's last life was last heard of, Unix ms. */
  readonly aliveAt: number;
  readonly isPopupOpen: () => Promise<boolean>;
}

/** All else around what a click needs. */
export async function openUnlocked(
  path: ClickPath,
  { publisher, damage, transport, lanes, aliveAt, isPopupOpen }: UnlockedNeeds,
  { onUnfinished, onCancellation, onKeptLive, onSweeps }: UnlockedListeners,
): Promise<Unlocked> {
  const { sealer, store, accounts } = path;
  const sweepRecords = sealedStore<SweepRecord>('sweeps', sealer, (id) =>
    damage.note('sweeps', id),
  );
  path.watch.recall(publisher.view.seen);
  // What is needed of the disk is asked for at once, although some of it is used later.
  const left = {
    unfinished: path.journal.then(({ cancellations }) => cancellations.unfinished()),
    sweeps: sweepRecords.all(),
  };
  void Promise.allSettled(Object.values(left));
  const [journal, stored] = await Promise.all([path.journal, store.allWithCredentials()]);
  const { cancellations, canceller } = journal;
  const unfinished = new Set<'cancellations' | 'sweeps' | 'attached'>();
  /** Requests to cancel that have been taken and are not yet written down. */
  const asked = new Set<Promise<unknown>>();
  /** Another may have taken its place: nothing is written or told any more. */
  let isStopped = false;
  let isTakenUp = false;

  journal.hook({
    /** What an account without a key has left unfinished waits for the key. */
    async unfinished() {
      const rows = await (isTakenUp ? cancellations.unfinished() : left.unfinished);
      isTakenUp = true;
      const open = rows.filter(({ cancellation: { ref } }) => !accounts.isShut(ref.accountId));
      cascade.resume(open);
      return open.filter(({ cancellation }) => !hasEnded(cancellation));
    },
    carry: (row) => cascade.carry(row),
  });
  const openOrders = createOpenOrders(sealer, publisher, {
    onRead: (id) => canceller.wake(id),
    onConsequence: (id, consequence) => hearing.follow(id, consequence),
  });
  const hearing = hearOrders({
    account: (id) => accounts.get(id),
    openOrders,
    onEnd: (id, told) => canceller.hear(id, told),
    onLeft: (id, orderId) => canceller.lookAt(id, orderId),
  });
  const streams = createStreams({
    accounts: () => accounts.entries(),
    transport,
    isInFlight: () => unfinished.size > 0,
    isPopupOpen,
    publish: (all) => publisher.set('streams', all),
    onKept: onKeptLive,
    onNews: (id, news) => openOrders.hear(id, news),
    onRunning: (id) => hearing.lookAgain(id),
    onLoss: (id) => openOrders.hear(id, [{ kind: 'look' }]),
    onClosed: (id) => hearing.drop(id),
  });
  const meant = createMeantOrder(accounts, openOrders);
  const shown = showCancellations(publisher, openOrders, cancellations);

  const sweeper = createSweeper({
    canceller,
    cancellations,
    records: { ...sweepRecords, all: () => left.sweeps },
    accounts: () => accounts.all(),
    venueOf: (id) => accounts.get(id)?.client.venue,
    known: (id) => openOrders.known(id),
    read: readNow,
    publish(sweeps) {
      publisher.set('sweeps', sweeps);
      onSweeps(sweeps);
    },
    onUnfinished: tellUnfinished('sweeps'),
  });

  const cascade = createCascade({
    expectAccount: (id) => accounts.get(id),
    journal: cancellations,
    async onFound(cancellation) {
      await take(cancellations.addAll([cancellation]));
      shown.show(cancellation);
    },
    onUnfinished: tellUnfinished('attached'),
  });

  const dueReadings = createDueReadings({
    view: publisher.view,
    accounts: () => [...accounts.entries()].map(([, { account }]) => account),
    refresh: (id, account) => openOrders.refresh(id, account),
  });

  const line = createLine(() => {
    for (const [id] of accounts.entries()) canceller.wake(id);
  });

  /** There is something in flight while any has. */
  function tellUnfinished(part: 'cancellations' | 'sweeps' | 'attached') {
    return (isUnfinished: boolean) => {
      if (isStopped) return;
      if (isUnfinished) streams.use();
      if (isUnfinished) unfinished.add(part);
      else unfinished.delete(part);
      onUnfinished(unfinished.size > 0);
    };
  }

  async function readNow(id: AccountId, isUrgent: boolean) {
    const reason = accounts.keyTrouble(id);
    if (reason) return { trouble: { reason } };
    const account = accounts.get(id);
    if (!account) {
      return { trouble: { reason: 'unreachable', note: { code: 'account-removed' } } as const };
    }
    return openOrders.read(id, account, isUrgent);
  }

  function noteCascade(cancellation: Cancellation): void {
    const { accountId } = cancellation.ref;
    if (!accounts.get(accountId)?.client.venue.cascades) return;
    cascade.note(cancellation, openOrders.known(accountId).orders);
  }

  /** It counts as in flight until it is written down: a lock does not part the two. */
  function take<T>(writing: Promise<T>): Promise<T> {
    asked.add(writing);
    void Promise.allSettled([writing]).then(() => asked.delete(writing));
    return writing;
  }

  await Promise.all([
    Promise.all(stored.map(({ account, credentials }) => path.openAccount(account, credentials))),
    openOrders.restore(stored.map(({ account }) => account.id)),
    sweeper.load(),
  ]);
  for (const { id } of accounts.all()) {
    const reason = accounts.keyTrouble(id);
    if (reason) openOrders.fail(id, { reason });
  }
  accounts.publish();
  // What the last life had open went with it.
  if (Object.keys(publisher.view.streams).length > 0) publisher.set('streams', {});
  lanes.follow((holds) => {
    publisher.set('holds', holds);
    for (const [id, { cancels }] of Object.entries(holds) as [AccountId, Holds][]) {
      if (cancels <= Date.now()) canceller.release(id);
    }
  });
  journal.unfinished.follow(tellUnfinished('cancellations'));
  await canceller.resume(aliveAt);
  // What they tell each other, once all are there.
  journal.told.follow((cancellation) => {
    noteCascade(cancellation);
    shown.showSoon(cancellation);
    if (cancellation.trouble) line.look();
    sweeper.note(cancellation);
    onCancellation(cancellation);
  });
  path.failures.follow(([id, news]) => canceller.hear(id, news));
  path.complete();
  sweeper.resume();
  void shown.catchUp(onCancellation).catch(() => undefined);

  return {
    ...changeAccounts({
      store,
      accounts,
      openOrders,
      canceller,
      onChanged(id) {
        streams.drop(id);
        streams.use();
      },
    }),
    streams,

    async dropDamaged() {
      const sweeps = damage.ids('sweeps');
      const rows = damage.ids('cancellations');
      await Promise.all(sweeps.map((id) => sweepRecords.delete(String(id))));
      await cancellations.giveUp(rows.map(Number));
      damage.forget('sweeps', sweeps);
      damage.forget('cancellations', rows);
    },

    accounts: () => accounts.all(),

    known: (id) => openOrders.known(id),

    async refresh(only) {
      const wanted = [...accounts.entries()].filter(([id]) => only === undefined || id === only);
      await Promise.all(wanted.map(([id, account]) => openOrders.refresh(id, account)));
    },

    readDue() {
      for (const [id, account] of accounts.entries()) dueReadings.look(id, account);
    },

    readAll: () =>
      new Map(
        [...accounts.entries()].map(([id, account]) => [id, openOrders.read(id, account, true)]),
      ),

    async askOrder(accountId, id, typed) {
      const account = accounts.expect(accountId);
      const { venue } = account.account;
      const symbol = meant.symbol(accountId, typed);
      return askOrder(account, orderIdAt(venue, id), idKindsOf(venue, id), symbol);
    },

    async cancel(wished, act) {
      const { ref, order } = meant.wish(meant.understand(wished), act);
      return take(canceller.request(ref, order, act));
    },

    cancelMany: async (refs, act) =>
      take(canceller.requestAll(refs.map((ref) => meant.wish(meant.understand(ref), act)))),

    planCancelAll: (filter, withProtective) =>
      estimateCancelAll(accounts, (id) => sweeper.plan(filter, withProtective, id)),
    cancelAll: (filter, withProtective) => take(sweeper.begin(filter, withProtective)),
    leaveLapsed: (ids) => publisher.forgetLapsed(ids),
    sendNow: (id) => canceller.sendNow(id),
    stopCancelAll: (id) => sweeper.stop(id),
    closeCancelAll: (id) => sweeper.close(id),

    history: (...which) => cancellations.page(...which),
    nextRow: () => cancellations.nextRow(),
    async idle() {
      do {
        await Promise.allSettled(asked);
        await sweeper.idle();
        await canceller.idle();
        await cascade.idle();
      } while (asked.size > 0);
    },
    stop() {
      isStopped = true;
      sweeper.halt();
      canceller.stop();
      cascade.stop();
      line.stop();
      streams.shut();
      hearing.stop();
      accounts.stop();
    },
  };
}
