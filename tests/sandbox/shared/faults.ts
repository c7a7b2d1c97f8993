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

/** An answer that is not the one earned. `when` is `before-acting` unless given. */
type ReplyFault<ErrorName extends string> =
  | { kind: 'refuse'; error: ErrorName; when?: When | undefined }
  | { kind: 'rate-limit'; seconds: number }
  | { kind: 'drop'; when: When }
  | { kind: 'status'; status: number; when?: When | undefined }
  | { kind: 'garbage'; when?: When | undefined }
  | { kind: 'empty'; when?: When | undefined }
  | { kind: 'html'; status?: number | undefined; when?: When | undefined }
  | { kind: 'redirect'; location: string };

/** Slowness: on the way in (`before-acting`, unless given) or on the way back. */
export type DelayFault = { kind: 'delay'; ms: number; when?: When | undefined };

/** Orders a cancel of many leaves alone, each reported as failed. */
export type LeaveOutFault = { kind: 'leave-out'; orderIds: readonly string[] };

export type Fault<ErrorName extends string> =
  | CancelFault
  | ReplyFault<ErrorName>
  | DelayFault
  | LeaveOutFault;

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

/** What one request meets: at most one kind of slowness and one other fault. */
export interface Encounter<ErrorName extends string> {
  readonly slow:
    | DelayFault
    | { kind: 'hold'; when: When; arrive: () => void; released: Promise<void> }
    | undefined;
  readonly fault: Exclude<Fault<ErrorName>, DelayFault> | undefined;
}

type Slow = NonNullable<Encounter<string>['slow']>;

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
]);

function canMeet(kind: string, operation: Operation): boolean {
  if (kind === 'leave-out') return operation === 'cancel-all';
  return !cancelKinds.has(kind) || operation === 'cancel';
}

/** Trouble on demand, taken in the order it was asked for. Only requests that passed limits and signing meet it. */
export class Faults<ErrorName extends string> {
  #slow: Entry<Slow>[] = [];
  #other: Entry<Exclude<Fault<ErrorName>, DelayFault>>[] = [];
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
    const matches = (entry: Entry<{ kind: string }>): boolean =>
      entry.left > 0 &&
      (entry.operation === 'any' || entry.operation === operation) &&
      canMeet(entry.fault.kind, operation) &&
      (entry.orderId === undefined || orderNames.includes(entry.orderId));
    const slow = this.#slow.find(matches);
    const other = this.#other.find(matches);
    if (slow) slow.left -= 1;
    if (other) other.left -= 1;
    return { slow: slow?.fault, fault: other?.fault };
  }
}
