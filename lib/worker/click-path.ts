import type { AccountId, Credentials } from '#lib/domain/account.ts';
import type { Act, Cancellation, CancellationId } from '#lib/domain/cancellation.ts';
import { refTo, type Order } from '#lib/domain/order.ts';
import { createOpenAccounts, type OpenAccounts } from '#lib/worker/accounts/open-accounts.ts';
import { createWatch, type Watch } from '#lib/worker/accounts/watch.ts';
import { createCanceller } from '#lib/worker/cancel/canceller.ts';
import { prepareCancel } from '#lib/worker/cancel/take-step.ts';
import type { Canceller } from '#lib/worker/cancel/canceller-contract.ts';
import type { Pulse } from '#lib/worker/cancel/pulse.ts';
import type { Lanes } from '#lib/worker/lanes/kept-lanes.ts';
import type { Clocks } from '#lib/worker/network/clock.ts';
import type { LateFailure } from '#lib/worker/network/socket-session.ts';
import type { Transport } from '#lib/worker/network/transport.ts';
import { createNonces } from '#lib/worker/network/nonces.ts';
import { nonceHeight } from '#lib/worker/store/nonces.ts';
import { accountStore, type AccountStore, type StoredAccount } from '#lib/worker/store/accounts.ts';
import {
  cancellationStore,
  hasLeftRows,
  type CancellationRow,
  type CancellationStore,
} from '#lib/worker/store/cancellations.ts';
import type { Damage } from '#lib/worker/store/damage.ts';
import type { Sealer } from '#lib/worker/vault/sealing.ts';
import type { AccountView } from '#lib/protocol/view.ts';
import type { Seen } from '#lib/domain/readiness.ts';
import { setUnfinishedAlarm } from '#lib/worker/browser/alarms.ts';
import { createMailbox, type Mailbox } from './mailbox.ts';

/**
 * What a click needs of the open vault and nothing else: its key, the one account, the journal. It is opened before all
 * else; `unlocked.ts` builds the rest around it, and hears by the mailboxes what came before.
 */
export interface ClickPath {
  readonly sealer: Sealer;
  readonly store: AccountStore;
  readonly accounts: OpenAccounts;
  readonly watch: Watch;
  readonly journal: Promise<Journal>;
  /** Of accounts: a cancel that had been taken has failed after all. */
  readonly failures: Mailbox<readonly [AccountId, LateFailure]>;
  /** Opens an account, unless it is open. */
  openAccount(account: StoredAccount, credentials: Credentials | undefined): Promise<void>;
  /**
   * Cancels a listed order, sent as soon as its wish stands in the journal. Undefined where more has to be known first, or
   * where it is too late when all is there: nothing has been done then.
   */
  cancel(
    accountId: AccountId,
    order: Order,
    act: Act,
    isTooLate: () => boolean,
  ): Promise<CancellationId | undefined>;
  /** The rest is there: what venues have replied is heard. */
  complete(): void;
  /** Takes no further step; the journal holds what is left. */
  stop(): void;
}

interface Journal {
  readonly cancellations: CancellationStore;
  readonly canceller: Canceller;
  /** Each cancellation that is new, or has come to another state. */
  readonly told: Mailbox<Cancellation>;
  /** Whether there is anything in flight. */
  readonly unfinished: Mailbox<boolean>;
  /** What the canceller reads and writes there is as these say. */
  hook(hooks: JournalHooks): void;
}

interface JournalHooks {
  readonly unfinished: () => Promise<CancellationRow[]>;
  readonly carry: (row: CancellationRow) => CancellationRow;
}

export interface ClickPathNeeds {
  readonly transport: Transport;
  readonly clocks: Clocks;
  readonly lanes: Lanes;
  readonly pulse: Pulse;
  readonly damage: Damage;
  readonly showAccounts: (accounts: readonly AccountView[]) => void;
  readonly showSeen: (seen: Readonly<Record<AccountId, Seen>>) => void;
}

export function createClickPath(
  sealer: Sealer,
  { transport, clocks, lanes, pulse, damage, showAccounts, showSeen }: ClickPathNeeds,
): ClickPath {
  const store = accountStore(sealer, (id) => damage.note('accounts', id));
  const watch = createWatch(showSeen);
  const accounts = createOpenAccounts({
    store,
    nonces: createNonces(nonceHeight(sealer)),
    damage,
    transport,
    clocks,
    lanes,
    watch,
    show: showAccounts,
  });
  const failures = createMailbox<readonly [AccountId, LateFailure]>();
  accounts.follow((...failed) => failures.tell(failed));
  const openings = new Map<AccountId, Promise<void>>();
  const underWay = new Set<Promise<void>>();
  const whole = Promise.withResolvers<void>();
  const journal = openJournal();
  // The rest asks for it too, and tells of it.
  journal.catch(() => undefined);
  const isClear = hasLeftRows().then((hasAny) => !hasAny);
  isClear.catch(() => undefined);
  // What has woken the worker is not known yet: a click's account is then only to be opened.
  const accountRows = store.ahead();
  accountRows.catch(() => undefined);

  async function openJournal(): Promise<Journal> {
    const cancellations = await cancellationStore(sealer, (row) =>
      damage.note('cancellations', row),
    );
    let hooks: JournalHooks = {
      unfinished: () => cancellations.unfinished(),
      carry: (row) => row,
    };
    const told = createMailbox<Cancellation>();
    const unfinished = createMailbox<boolean>();
    const canceller = createCanceller(
      {
        ...cancellations,
        /** An account that is only being opened has until then, and what is to be sent is signed meanwhile. */
        async addAll(all) {
          const [rows] = await Promise.all([
            cancellations.addAll(all),
            Promise.allSettled(underWay).then(() => prepareSending(all)),
          ]);
          const shut = all.find(({ ref }) => accounts.keyTrouble(ref.accountId));
          if (shut) {
            // Nothing can be sent: the wish is not taken, as at any other time, and who asked is told why.
            await cancellations.takeBack(rows);
            accounts.expect(shut.ref.accountId);
          }
          return rows;
        },
        unfinished: () => hooks.unfinished(),
        update: (row) => cancellations.update(hooks.carry(row)),
      },
      (id) => accounts.get(id),
      {
        onUnfinished: unfinished.tell,
        onAlive: (now) => pulse.note(now),
        canHear: whole.promise,
      },
    );
    canceller.follow(told.tell);
    return { cancellations, canceller, told, unfinished, hook: (given) => void (hooks = given) };
  }

  function prepareSending([first, ...others]: readonly Cancellation[]): void {
    const account = first && others.length === 0 && accounts.get(first.ref.accountId);
    if (account) prepareCancel(account, first);
  }

  function openAccount(account: StoredAccount, credentials: Credentials | undefined) {
    const known = openings.get(account.id);
    if (known) return known;
    const opening = accounts.add(account, credentials);
    openings.set(account.id, opening);
    underWay.add(opening);
    void Promise.allSettled([opening]).then(() => underWay.delete(opening));
    return opening;
  }

  return {
    sealer,
    store,
    accounts,
    watch,
    journal,
    failures,
    openAccount,
    async cancel(accountId, order, act, isTooLate) {
      // What the last life has left may be of the same order. Of what goes wrong the rest tells.
      const opening = accountRows.then((open) => open(accountId));
      const known = await Promise.all([journal, isClear, opening]).catch(() => []);
      const [{ canceller } = {}, isReady, { account, credentials } = {}] = known;
      if (!canceller || !isReady || !account || !credentials || isTooLate()) return undefined;
      void openAccount(account, credentials).catch(() => undefined);
      // Whatever becomes of the rest, the next life is called.
      setUnfinishedAlarm(true);
      return canceller.request(refTo(accountId, order), order, act);
    },
    complete: () => whole.resolve(),
    stop() {
      void journal.then(({ canceller }) => canceller.stop()).catch(() => undefined);
      accounts.stop();
      whole.resolve();
    },
  };
}
