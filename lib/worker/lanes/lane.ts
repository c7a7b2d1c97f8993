import type { Room } from '#lib/domain/readiness.ts';
import type { Holds } from '#lib/domain/waiting.ts';
import type { Usage, RequestKind } from '#lib/venues/limits.ts';
import { isCancelKind, type Budget } from './budget.ts';

/**
 * When an account's next request may go. Cancels go before reads, however many of those wait. A 429 to a read stops reads
 * alone; a 429 to a cancel holds back both, for as long as the venue says.
 */
export interface Lane {
  /**
   * Resolves when a request of this kind may go, and counts it; call what it resolves with when the request was replied
   * to. What is urgent goes first, and is not held up by what is under way: a cancel that the user asked for by itself, a
   * reading without which no cancel can be sent. A repeat of what has come to nothing again and again leaves some of each
   * limit to the others.
   */
  enter(kind: RequestKind, isUrgent?: () => boolean, terms?: Terms): Promise<Leave>;
  /** What is urgent may have changed. */
  look(): void;
  /** Lets nothing go any more: what waits is left. */
  stop(): void;
  /** Milliseconds for which the venue has asked to wait with such requests; 0 for none. */
  told(kind: 'cancel' | 'read', now: number): number;
  holdBack(kind: 'cancel' | 'read', retryAfter: number, now: number): void;
  /** Is called when cancels wait and the venue is to be asked whether it still means it: by one reading. */
  onDoubt(ask: () => void): void;
  /** The venue has told how much of its limits is used up. */
  learn(usage: readonly Usage[]): void;
  /** What is left to such requests of the limit of which least is left; undefined where none counts them. */
  room(kind: RequestKind): Room | undefined;
  /**
   * For how long a reading takes up all that the limits leave to readings, in milliseconds, where so many accounts share what is
   * of the internet address; Infinity where they leave nothing.
   */
  readingTime(kind: RequestKind, accounts: number): number;
  /** How long these requests would take to go, one after the other from now on, and which limit they wait for longest. */
  estimate(requests: readonly RequestKind[]): Estimate;
}

/** `wasSent`: false where nothing was sent after all. `isAnswered`: the venue did what it was asked. */
export type Leave = (wasSent?: boolean, isAnswered?: boolean) => void;

/** What `enter` resolves with where nothing was to be sent any more: nothing was counted, and nothing may go. */
export const withdrawn: Leave = () => undefined;

/** All asked anew each time. */
interface Terms {
  readonly isRepeat?: () => boolean;
  /** The user wants it sent whatever the venue has asked: its word to wait is not heeded. */
  readonly isForced?: () => boolean;
  /** Nothing is to be sent any more: it waits no longer. */
  readonly isWithdrawn?: () => boolean;
}

interface Estimate {
  readonly milliseconds: number;
  readonly limit?: { readonly most: number; readonly per: number };
}

/**
 * How many requests are under way at once. A browser opens six connections to a host, and what is handed to it can no
 * longer be overtaken: reads leave most of them to the cancels.
 */
const mostUnderWay = { cancels: 6, reads: 2 };

interface Waiting {
  readonly kind: RequestKind;
  readonly isUrgent: () => boolean;
  readonly isRepeat: () => boolean;
  readonly isForced: () => boolean;
  readonly isWithdrawn: () => boolean;
  readonly go: (leave: Leave) => void;
}

/** After so long a request has arrived at the venue, in milliseconds. */
const arrived = 1000;

const never = () => false;

/** How long a venue is believed that documents no longest wait, in milliseconds. */
const usualLongestWait = 300_000;
/** Between two readings that ask whether it still means it. */
const doubtPause = 60_000;

/**
 * `keep` is told every change, for the worker's next life. `longestWait`: how long the venue is believed at most, in ms. `atOnce`: no
 * more requests than this are under way.
 */
export function createLane(
  budgets: readonly Budget[] = [],
  holds: Holds = { cancels: 0, reads: 0 },
  keep: (holds: Holds) => void = () => undefined,
  longestWait: number = usualLongestWait,
  atOnce: number = Infinity,
): Lane {
  let { cancels: cancelsHeld, reads: readsHeld, doubtAt = Infinity } = holds;
  /** Tells what was sent before the venue asked to wait from what was sent in spite of it. */
  let holdCount = 0;
  let ask: (() => void) | undefined;
  let isAsking = false;
  let isStopped = false;
  const underWay = { cancels: 0, reads: 0 };
  /** When those that are not replied to were sent, where the venue does not bear that one overtakes another. */
  const sentAt = new Set<{ readonly at: number }>();
  let cancels: Waiting[] = [];
  let reads: Waiting[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;
  /** The latest that this machine's clock has shown. */
  let seenAt = Date.now();
  // Told by a clock that has been set back since, in an earlier life: it would be believed for longer than a venue is.
  if (Math.max(cancelsHeld, readsHeld) > seenAt + longestWait) {
    doubtAt = Math.min(doubtAt, seenAt + longestWait);
  }

  /** A clock that is set back makes no wait longer. */
  function moveWithClock(now: number): void {
    const back = seenAt - now;
    seenAt = now;
    if (back <= 0 || Math.max(cancelsHeld, readsHeld) <= now) return;
    cancelsHeld -= back;
    readsHeld -= back;
    doubtAt -= back;
    keepAll();
  }

  function keepAll(): void {
    const doubt = doubtAt === Infinity ? {} : { doubtAt };
    keep({ cancels: cancelsHeld, reads: readsHeld, ...doubt });
  }

  /** Until when the venue's word stands against it; one reading in a while asks whether it still does. */
  function heldUntil(kind: RequestKind): number {
    return isCancelKind(kind) ? cancelsHeld : Math.min(readsHeld, doubtAt);
  }

  function lift(): void {
    cancelsHeld = 0;
    readsHeld = 0;
    doubtAt = Infinity;
  }

  function waitFor({ kind, isUrgent, isRepeat, isForced }: Waiting, now: number): number {
    const [urgent, repeat] = [isUrgent(), isRepeat()];
    const waits = budgets.map((budget) => budget.wait(kind, now, urgent, repeat));
    return Math.max(0, overtakes(kind, now), isForced() ? 0 : heldUntil(kind) - now, ...waits);
  }

  /**
   * Milliseconds until nothing is under way that this could overtake. What has gone so long ago has arrived, be the venue as slow to
   * answer as it likes: a cancel waits for it no longer.
   */
  function overtakes(kind: RequestKind, now: number): number {
    if (sentAt.size < atOnce) return 0;
    const counting = [...sentAt].filter(({ at }) => !isCancelKind(kind) || now - at < arrived);
    if (counting.length < atOnce) return 0;
    return isCancelKind(kind)
      ? Math.min(...counting.map(({ at }) => at)) + arrived - now
      : Infinity;
  }

  /** Whether a cancel waits for a limit that this read counts against too. */
  function yieldsToCancels(kind: RequestKind): boolean {
    return cancels.some((cancel) =>
      budgets.some(({ limit: { of } }) => of.includes(kind) && of.includes(cancel.kind)),
    );
  }

  function start({ kind, go }: Waiting): void {
    const now = Date.now();
    const counter = isCancelKind(kind) ? 'cancels' : 'reads';
    const replied = budgets.map((budget) => budget.take(kind, now));
    underWay[counter]++;
    const sent = { at: now };
    sentAt.add(sent);
    if (!isCancelKind(kind) && now >= doubtAt) {
      doubtAt = now + doubtPause;
      isAsking = false;
    }
    keepAll();
    const before = holdCount;
    go((wasSent = true, isAnswered = false) => {
      const at = wasSent ? Date.now() : undefined;
      for (const each of replied) each(at);
      underWay[counter]--;
      sentAt.delete(sent);
      // Sent in spite of it, and answered all the same: the venue does not mean it any more.
      if (wasSent && isAnswered && before === holdCount && Math.max(cancelsHeld, readsHeld) > now)
        lift();
      keepAll();
      look();
    });
  }

  function look(): void {
    clearTimeout(timer);
    timer = undefined;
    if (isStopped) return;
    moveWithClock(Date.now());
    let soonest = Infinity;
    /** Lets those go that may, in their order; returns the others. */
    const letGo = (queue: readonly Waiting[], mayGo: (waiting: Waiting) => boolean) =>
      queue.filter((waiting) => {
        if (waiting.isWithdrawn()) {
          waiting.go(withdrawn);
          return false;
        }
        if (!mayGo(waiting)) return true;
        const wait = waitFor(waiting, Date.now());
        if (wait === 0) start(waiting);
        else soonest = Math.min(soonest, wait);
        return wait > 0;
      });

    reads = letGo(reads, ({ isUrgent }) => isUrgent());
    cancels = letGo(cancels, ({ isUrgent }) => isUrgent());
    cancels = letGo(cancels, () => underWay.cancels < mostUnderWay.cancels);
    reads = letGo(
      reads,
      ({ kind }) => underWay.reads < mostUnderWay.reads && !yieldsToCancels(kind),
    );
    const now = Date.now();
    const isHeld = cancels.length > 0 && cancelsHeld > now;
    if (isHeld && doubtAt > now) soonest = Math.min(soonest, doubtAt - now);
    // A timer holds no more than 24 days.
    if (soonest < Infinity) timer = setTimeout(look, Math.min(Math.ceil(soonest), 86_400_000));
    if (!isHeld || doubtAt > now || isAsking) return;
    // Last, since who asks has this looked at once more.
    isAsking = true;
    ask?.();
  }

  return {
    enter(
      kind,
      isUrgent = never,
      { isRepeat = never, isForced = never, isWithdrawn = never } = {},
    ) {
      return new Promise((resolve) => {
        const waiting = { kind, isUrgent, isRepeat, isForced, isWithdrawn, go: resolve };
        if (isCancelKind(kind)) cancels.push(waiting);
        else reads.push(waiting);
        look();
      });
    },
    look,
    stop() {
      isStopped = true;
      look();
    },
    told(kind, now) {
      moveWithClock(now);
      return Math.max(0, heldUntil(kind) - now);
    },
    holdBack(kind, retryAfter, now) {
      moveWithClock(now);
      readsHeld = Math.max(readsHeld, now + retryAfter);
      if (kind === 'cancel') cancelsHeld = Math.max(cancelsHeld, now + retryAfter);
      holdCount++;
      if (retryAfter > longestWait && doubtAt === Infinity) doubtAt = now + longestWait;
      keepAll();
    },
    onDoubt(asking) {
      ask = asking;
    },
    learn(usage) {
      for (const told of usage) {
        for (const budget of budgets) {
          if (budget.limit.per !== told.per) continue;
          const used = 'used' in told ? told.used : budget.limit.most - told.left;
          budget.learn(used, Date.now(), told.until);
        }
      }
    },
    room(kind) {
      const at = Date.now();
      let least: Omit<Room, 'at'> | undefined;
      for (const budget of budgets) {
        const { limit } = budget;
        const { of, per, weights } = limit;
        if (!of.includes(kind)) continue;
        const most = Math.floor(limit.most / (weights?.[kind] ?? 1));
        const room = { left: budget.left(kind, at), most, per };
        // Of two of which as much is left, the longer one fills up later.
        const isLess = !least || room.left / most < least.left / least.most;
        const isLonger = least && room.left / most === least.left / least.most && per > least.per;
        if (isLess || isLonger) least = room;
      }
      const wait = Math.max(0, ...budgets.map((budget) => budget.wait(kind, at)));
      return least && { ...least, ...(wait > 0 && { freeAt: at + wait }), at };
    },
    readingTime(kind, accounts) {
      const times = budgets.map(({ forReads, limit: { of, per, each, weights } }) => {
        if (!of.includes(kind)) return 0;
        return ((weights?.[kind] ?? 1) * per * (each === 'address' ? accounts : 1)) / forReads;
      });
      return Math.max(0, ...times);
    },
    estimate(requests) {
      const now = Date.now();
      const tried = budgets.map((budget) => budget.copy());
      let at = now;
      let longest = 0;
      let slowest: Budget | undefined;
      for (const kind of requests) {
        at = Math.max(at, heldUntil(kind));
        for (const budget of tried) {
          const wait = budget.wait(kind, at);
          if (wait > 0 && budget.limit.per >= longest) {
            longest = budget.limit.per;
            slowest = budget;
          }
          at += wait;
        }
        for (const budget of tried) budget.take(kind, at)(at);
      }
      const milliseconds = at - now;
      if (!slowest) return { milliseconds };
      const { most, per } = slowest.limit;
      return { milliseconds, limit: { most, per } };
    },
  };
}
