import type { Cancellation } from '#lib/domain/cancellation.ts';
import type { CancelAccount } from '#lib/worker/lanes/connected-account.ts';
import type { EveryGroup } from '#lib/worker/lanes/sender.ts';

/** A cancellation under way: its row in the journal, and its state as last written there. */
export interface Underway {
  readonly row: number;
  /** The names it goes by: a second wish under any of them is the same wish. */
  readonly keys: Set<string>;
  group: EveryGroup | undefined;
  /** Others may go out with it in the same turn. */
  gather: boolean;
  cancellation: Cancellation;
  /** Writes follow one another. */
  written: Promise<void>;
  /** The disk has not taken its state, nor anything later. */
  isUnwritten: boolean;
  readonly stopped: AbortController;
  /** Ends its pause. */
  wake?: () => void;
  /** The user wants it sent in spite of the venue's word to wait. */
  isForced: boolean;
  /** Its next reading does not wait. */
  isLookDue: boolean;
  /** When its next step was decided on, Unix ms: a clock that shows less has been set back since. */
  decidedAt: number;
  /** When its last step began, Unix ms. */
  triedAt: number;
  /** Takes back what waits to be sent. */
  attempt?: AbortController;
  /** Writes down that it was sent, unless something later is to be written first. */
  writeSoon?: ReturnType<typeof setTimeout>;
  run?: Promise<void>;
}

export function newItem(
  row: number,
  cancellation: Cancellation,
  group: EveryGroup | undefined,
): Underway {
  return {
    row,
    keys: new Set(),
    group,
    gather: true,
    cancellation,
    decidedAt: Date.now(),
    triedAt: 0,
    isForced: false,
    isLookDue: false,
    written: Promise.resolve(),
    isUnwritten: false,
    stopped: new AbortController(),
  };
}

export function expectItem(item: Underway | undefined): Underway {
  if (item) return item;
  throw new Error('a wish without a cancellation');
}

/** What could not be asked is not asked again sooner, whoever else is answered, in milliseconds. */
const shortestRest = 1000;

/** Whether it waits because the venue could not be asked, and not for as long as the venue has told. */
export function waitsForVenue({ cancellation, triedAt }: Underway, now: number): boolean {
  const { trouble } = cancellation;
  return trouble !== undefined && trouble !== 'rate-limited' && now - triedAt >= shortestRest;
}

/** How often an order is sent as others are: what a venue does not take then shall not be in the way of the next click. */
const usualSendings = 3;

export function isRepeat({ sendings }: Cancellation): boolean {
  return sendings >= usualSendings;
}

export function isUrgent(cancellation: Cancellation): boolean {
  const { sweep, first } = cancellation;
  return (sweep === undefined || first === true) && !isRepeat(cancellation);
}

export function needsFinding(
  { ref, sendings }: Cancellation,
  { client: { venue } }: CancelAccount,
): boolean {
  const { takesClientOrderId, clientIdChanges, needsSymbol } = venue;
  const isOwnIdNeeded = !takesClientOrderId || (clientIdChanges === true && sendings === 0);
  return (ref.orderId === undefined && isOwnIdNeeded) || (ref.symbol === undefined && needsSymbol);
}

/** Resolves after so long, or when the item is stopped or woken. */
export function pause(milliseconds: number, item: Underway): Promise<void> {
  const { signal } = item.stopped;
  if (milliseconds <= 0 || signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      delete item.wake;
      resolve();
    };
    const timer = setTimeout(done, milliseconds);
    signal.addEventListener('abort', done);
    item.wake = done;
  });
}
