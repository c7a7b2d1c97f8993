import type { Account, AccountId } from '#lib/domain/account.ts';
import { hasEnded } from '#lib/domain/standing.ts';
import type { View } from '#lib/protocol/view.ts';
import type { CancelAccount } from '#lib/worker/lanes/connected-account.ts';

/** Reads the open orders again and again while somebody looks on, as often as that does no harm. */
export interface DueReadings {
  /** Reads the account if its turn has come. */
  look(id: AccountId, account: CancelAccount): void;
}

interface DueNeeds {
  readonly view: Pick<View, 'orders' | 'cancellations' | 'streams'>;
  readonly accounts: () => readonly Account[];
  /** Joins a reading that is under way. */
  readonly refresh: (id: AccountId, account: CancelAccount) => Promise<unknown>;
}

/** Between two readings of an account, in milliseconds. */
const usualPause = 2000;
/** Where a stream tells what becomes of the orders: to see that key and venue still answer. */
const streamPause = 45_000;
/** While its cancels are under way, which read what they need themselves. */
const busyPause = 15_000;
/** Who looks on is asked for by a clock that is not exact: what is due a moment later is due now. */
const tolerance = 250;
/** Readings that nobody has asked for take a quarter of the time at most, and half of what the limits leave to readings. */
const partsOfTime = 4;
const partsOfLimits = 2;
/** Where they leave nothing, each reading is one that a cancel may have to wait for, or be refused for. */
const carefulPause = 15_000;
/** Where another program uses the key with higher numbers: each that is refused may count towards its being locked out. */
const noncePause = 60_000;

export function createDueReadings({ view, accounts, refresh }: DueNeeds): DueReadings {
  /** When the last one began, Unix ms, and how long it took. */
  const last = new Map<AccountId, { readonly began: number; readonly took: number }>();

  /** Whether its cancels are under way, or its venue could not be asked what became of one: who looks on shall not wait. */
  function stateOf(id: AccountId): 'calm' | 'busy' | 'troubled' {
    let state: 'calm' | 'busy' = 'calm';
    for (const cancellation of Object.values(view.cancellations)) {
      if (cancellation.ref.accountId !== id || hasEnded(cancellation)) continue;
      if (cancellation.trouble && cancellation.trouble !== 'rate-limited') return 'troubled';
      state = 'busy';
    }
    return state;
  }

  function pauseOf(id: AccountId, { lane }: CancelAccount): number {
    if (view.orders[id]?.trouble?.reason === 'nonce') return noncePause;
    const all = accounts();
    const venue = all.find((each) => each.id === id)?.venue;
    const sharing = all.filter((each) => each.venue === venue).length;
    const least = Math.max(
      usualPause,
      partsOfTime * (last.get(id)?.took ?? 0),
      Math.min(carefulPause, partsOfLimits * lane.readingTime('list', sharing)),
    );
    const state = stateOf(id);
    if (state === 'troubled') return least;
    if (state === 'busy') return Math.max(least, busyPause);
    return view.streams[id] === 'live' ? Math.max(least, streamPause) : least;
  }

  return {
    look(id, account) {
      const now = Date.now();
      const { readAt = 0, reading = false } = view.orders[id] ?? {};
      const age = now - Math.max(readAt, last.get(id)?.began ?? 0);
      // A clock that was set back makes nobody wait.
      const isDue = age < 0 || age >= pauseOf(id, account) - tolerance;
      if (reading || !isDue || account.lane.told('read', now) > 0) return;
      const began = performance.now();
      last.set(id, { began: now, took: 0 });
      void refresh(id, account).then(() =>
        last.set(id, { began: now, took: performance.now() - began }),
      );
    },
  };
}
