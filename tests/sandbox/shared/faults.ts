import type { OddFault } from './odd-orders.ts';
import type { EndlessFault, HugeFault } from './oversized.ts';
import type { Operation } from './operation.ts';

/**
 * On which side of the venue's work the trouble lies. `before-acting`: the request never took effect.
 * `after-acting`: it did, and only the answer is spoilt.
 */
export type When = 'before-acting' | 'after-acting';

/** Later or otherwise than the reply to a cancel says. They touch only a cancel of an open order. */
export type CancelFault =
  | { kind: 'accept-then-fill'; delayMs?: number | undefined; quantity?: string | undefined }
  | { kind: 'accept-then-cancel'; delayMs?: number | undefined }
  | { kind: 'accept-and-forget' };

/** Banned for so long, which a moment in the message tells, or a date in Retry-After; 418 unless given. */
export type BanFault = {
  kind: 'ban';
  ms: number;
  told: 'moment' | 'date';
  status?: number | undefined;
};

/** An answer that is not the one earned. `when` is `before-acting` unless given. */
type ReplyFault<ErrorName extends string> =
  | { kind: 'refuse'; error: ErrorName; when?: When | undefined }
  | { kind: 'rate-limit'; seconds: number }
  | BanFault
  | OddFault
  | HugeFault
  | EndlessFault
  | { kind: 'deep'; depth: number; when?: When | undefined }
  | { kind: 'body'; body: string; status?: number | undefined; when?: When | undefined }
  | { kind: 'drop'; when: When }
  | { kind: 'status'; status: number; when?: When | undefined }
  | { kind: 'garbage'; when?: When | undefined }
  | { kind: 'empty'; when?: When | undefined }
  | { kind: 'html'; status?: number | undefined; when?: When | undefined }
  | { kind: 'redirect'; location: string };

/** Slowness: on the way in (`before-acting`, unless given) or on the way back. */
type DelayFault = { kind: 'delay'; ms: number; when?: When | undefined };

/** Orders a cancel of several or of all leaves alone, each reported as failed. */
export type LeaveOutFault = {
  kind: 'leave-out';
  orderIds: readonly string[];
  /** Why, where the venue says it of each: an error by its name. */
  error?: string | undefined;
};

/** What a socket can do to a cancel, and to the push that tells of its end. */
export type PushFault =
  | { kind: 'late-failure'; delayMs?: number | undefined }
  | { kind: 'push-before-reply' }
  | { kind: 'duplicate-push' }
  | { kind: 'out-of-order-push' }
  | { kind: 'lost-push' };

/** A message without a reply: silence, or the socket closed with a close frame. */
type SilenceFault =
  | { kind: 'no-reply'; when?: When | undefined }
  | { kind: 'close'; code?: number | undefined; when?: When | undefined };

export type Fault<ErrorName extends string> =
  | CancelFault
  | ReplyFault<ErrorName>
  | DelayFault
  | LeaveOutFault
  | PushFault
  | SilenceFault;

export interface FaultScope {
  /** How many requests it meets: once unless given. */
  times?: number | 'always' | undefined;
  /** Only requests that name this order, by its id or its client order id. */
  orderId?: string | undefined;
}

export interface Hold {
  /** Resolves when the first request is being held. */
  readonly arrived: Promise<void>;
  /** Lets the held requests go, and those to come. */
  release(): void;
}

export type Slow =
  | DelayFault
  | { kind: 'hold'; when: When; arrive: () => void; released: Promise<void> };

type Other<ErrorName extends string> = Exclude<Fault<ErrorName>, DelayFault>;

/** What only a message on a socket can meet. */
type OfMessages = PushFault | SilenceFault;

/** What only an HTTP request can meet. */
type OfHttp = {
  kind: 'status' | 'html' | 'redirect' | 'leave-out' | 'ban' | 'body' | 'odd-orders' | 'endless';
};

/** What one request meets: at most one kind of slowness and one other fault. */
export interface Encounter<ErrorName extends string> {
  readonly slow: Slow | undefined;
  readonly fault: Exclude<Other<ErrorName>, OfMessages> | undefined;
}

/** The same of one message on a socket. */
export interface MessageEncounter<ErrorName extends string> {
  readonly slow: Slow | undefined;
  readonly fault: Exclude<Other<ErrorName>, OfHttp> | undefined;
}

interface Entry<Kind> {
  readonly operation: Operation | 'any';
  readonly orderId: string | undefined;
  readonly fault: Kind;
  left: number;
}

const cancelKinds = new Set<string>([
  'accept-then-fill',
  'accept-then-cancel',
  'accept-and-forget',
  'late-failure',
  'push-before-reply',
  'duplicate-push',
  'out-of-order-push',
  'lost-push',
]);

const messageKinds = new Set<string>([
  'late-failure',
  'push-before-reply',
  'duplicate-push',
  'out-of-order-push',
  'lost-push',
  'no-reply',
  'close',
] satisfies OfMessages['kind'][]);

const httpKinds = new Set<string>([
  'status',
  'html',
  'redirect',
  'leave-out',
  'ban',
  'body',
  'odd-orders',
  'endless',
] satisfies OfHttp['kind'][]);

function canMeet(kind: string, operation: Operation): boolean {
  const namesOrders = operation === 'cancel' || operation === 'cancel-batch';
  if (kind === 'leave-out') return operation === 'cancel-all' || namesOrders;
  return !cancelKinds.has(kind) || namesOrders;
}

/** Trouble on demand, taken in the order it was asked for. Only requests that passed limits and signing meet it. */
export class Faults<ErrorName extends string> {
  #slow: Entry<Slow>[] = [];
  #other: Entry<Other<ErrorName>>[] = [];
  readonly #releases = new Set<() => void>();

  add(operation: Operation | 'any', fault: Fault<ErrorName>, scope: FaultScope = {}): void {
    const entry = {
      operation,
      orderId: scope.orderId,
      left: scope.times === 'always' ? Infinity : (scope.times ?? 1),
    };
    if (fault.kind === 'delay') this.#slow.push({ ...entry, fault });
    else this.#other.push({ ...entry, fault });
  }

  /** Holds every such request until released, on its way in or, `after-acting`, on its way back. */
  hold(
    operation: Operation | 'any',
    { orderId, when = 'before-acting' }: { orderId?: string; when?: When } = {},
  ): Hold {
    const arrived = Promise.withResolvers<void>();
    const released = Promise.withResolvers<void>();
    const fault = {
      kind: 'hold',
      when,
      arrive: arrived.resolve,
      released: released.promise,
    } as const;
    const entry = { operation, orderId, left: Infinity, fault };
    this.#slow.push(entry);
    const release = (): void => {
      entry.left = 0;
      this.#releases.delete(release);
      released.resolve();
    };
    this.#releases.add(release);
    return { arrived: arrived.promise, release };
  }

  /** Releases all that is held. */
  release(): void {
    for (const release of this.#releases) release();
  }

  /** No more trouble; all that is held goes on. */
  clear(): void {
    this.#slow = [];
    this.#other = [];
    this.release();
  }

  /** Takes what this request meets, so that the next one meets the next. */
  take(operation: Operation, orderNames: readonly string[]): Encounter<ErrorName> {
    type Met = Entry<NonNullable<Encounter<ErrorName>['fault']>>;
    return this.#take(
      operation,
      orderNames,
      (entry): entry is Met => !messageKinds.has(entry.fault.kind),
    );
  }

  /** The same for a message on a socket. */
  takeForMessage(operation: Operation, orderNames: readonly string[]): MessageEncounter<ErrorName> {
    type Met = Entry<NonNullable<MessageEncounter<ErrorName>['fault']>>;
    return this.#take(
      operation,
      orderNames,
      (entry): entry is Met => !httpKinds.has(entry.fault.kind),
    );
  }

  #take<Met extends Entry<Other<ErrorName>>>(
    operation: Operation,
    orderNames: readonly string[],
    isOfKind: (entry: Entry<Other<ErrorName>>) => entry is Met,
  ): { slow: Slow | undefined; fault: Met['fault'] | undefined } {
    const matches = (entry: Entry<{ kind: string }>): boolean =>
      entry.left > 0 &&
      (entry.operation === 'any' || entry.operation === operation) &&
      canMeet(entry.fault.kind, operation) &&
      (entry.orderId === undefined || orderNames.includes(entry.orderId));
    const slow = this.#slow.find(matches);
    const other = this.#other.filter(isOfKind).find(matches);
    if (slow) slow.left -= 1;
    if (other) other.left -= 1;
    return { slow: slow?.fault, fault: other?.fault };
  }
}
