import type { AccountId } from '#lib/domain/account.ts';
import type { Seen } from '#lib/domain/readiness.ts';
import { troubleReason, type Failure } from '#lib/domain/reply.ts';
import type { RefusalReason, Trouble } from '#lib/domain/refusal.ts';

/** Notes what is seen of accounts on the way of their requests, so that pages can tell whether a cancel would work. */
export interface Watch {
  /** What the last life of the worker has seen; nothing is shown before. */
  recall(known: Shown): void;
  /** `look` is asked for what can be looked up, when it is to be shown. */
  open(id: AccountId, look: () => Pick<Seen, 'clock' | 'room'>): AccountWatch;
  forget(id: AccountId): void;
  stop(): void;
}

export interface AccountWatch {
  /** What a signed request came to. */
  noteReply(reply: unknown): void;
  /** An answer was there after so many milliseconds. */
  noteRoundTrip(took: number): void;
  /** What can be looked up has changed. */
  touch(): void;
  /** The venue has taken the key a moment ago. */
  hasJustWorked(): boolean;
}

type Shown = Readonly<Record<AccountId, Seen>>;

/** How many round trips are kept. */
const most = 5;
/** Nothing waits for what is shown of it: a burst of requests is shown once, and behind them. In milliseconds. */
const pause = 250;
/** In milliseconds. */
const moment = 10_000;

/** What the venue says of the order and not of the key: it has let the key in. */
const ofTheOrder: ReadonlySet<RefusalReason> = new Set([
  'not-cancellable',
  'invalid-request',
  'unknown-symbol',
  'ambiguous',
  'symbol-needed',
  'not-readable',
]);

export function createWatch(show: (all: Shown) => void): Watch {
  const seen = new Map<AccountId, Seen>();
  const looks = new Map<AccountId, () => Pick<Seen, 'clock' | 'room'>>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isRecalled = false;

  function showSoon(): void {
    if (!isRecalled) return;
    timer ??= setTimeout(() => {
      timer = undefined;
      // What one account has asked for may have been of a limit that others share.
      for (const [id, look] of looks) seen.set(id, { ...seen.get(id), ...look() });
      show(Object.fromEntries([...seen].filter(([id]) => looks.has(id))) as Shown);
    }, pause);
  }

  function note(id: AccountId, change: (before: Seen) => Seen): void {
    if (!looks.has(id)) return;
    seen.set(id, change(seen.get(id) ?? {}));
    showSoon();
  }

  return {
    recall(known) {
      isRecalled = true;
      for (const [id, before] of Object.entries(known) as [AccountId, Seen][]) {
        seen.set(id, { ...before, ...seen.get(id) });
      }
      if (looks.size > 0) showSoon();
    },
    open(id, look) {
      looks.set(id, look);
      return {
        noteReply(reply) {
          const { kind } = reply as { readonly kind: string };
          // It neither takes the key nor refuses it.
          if (kind === 'rate-limited') return;
          const at = Date.now();
          const reason = troubleIn(reply as Failure);
          note(id, (before) => {
            if (reason !== undefined) return { ...before, trouble: { reason, at } };
            const { trouble: _, ...others } = before;
            return { ...others, workedAt: at };
          });
        },
        noteRoundTrip(took) {
          const at = Date.now();
          note(id, (before) => {
            const last = [...(before.roundTrips?.took ?? []), Math.round(took)].slice(-most);
            return { ...before, roundTrips: { took: last, at } };
          });
        },
        touch: () => note(id, (before) => before),
        hasJustWorked: () => Date.now() - (seen.get(id)?.workedAt ?? 0) < moment,
      };
    },
    forget(id) {
      looks.delete(id);
      seen.delete(id);
      showSoon();
    },
    stop() {
      clearTimeout(timer);
      timer = undefined;
      looks.clear();
    },
  };
}

/** Why the key may not be good, or the venue not be there; undefined where the reply says nothing against them. */
function troubleIn(reply: Failure): Trouble | undefined {
  switch (reply.kind) {
    case 'refused':
      return ofTheOrder.has(reply.reason) ? undefined : reply.reason;
    case 'invalid-time':
    case 'unknown':
      return troubleReason(reply);
    default:
      return undefined;
  }
}
