import * as v from 'valibot';

/** What the next push meets. */
const ofPushes = [
  /** The connection is cut instead. */
  v.strictObject({ kind: v.literal('drop') }),
  /** Neither it nor anything else comes on this connection any more, which stays open. */
  v.strictObject({ kind: v.literal('silence') }),
  v.strictObject({ kind: v.literal('lost') }),
  v.strictObject({ kind: v.literal('duplicate') }),
  /** It comes after the one that follows it. */
  v.strictObject({ kind: v.literal('out-of-order') }),
  /** Before it comes a frame that is no message: broken JSON unless given. */
  v.strictObject({ kind: v.literal('garbage'), text: v.optional(v.string()) }),
] as const;

const ofOpening = [
  /** Whatever a client proves itself by is refused, in the venue's words for a wrong key. */
  v.strictObject({ kind: v.literal('refuse-login') }),
  /** No more connections are taken: the upgrade is refused with 503, or the socket is closed (1013) as soon as it is open. */
  v.strictObject({ kind: v.literal('full'), how: v.optional(v.picklist(['refused', 'closed'])) }),
] as const;

export const streamFault = v.variant('kind', [...ofPushes, ...ofOpening]);

export type StreamFault = v.InferOutput<typeof streamFault>;
export type PushTrouble = v.InferOutput<(typeof ofPushes)[number]>;

/** By which of an order's names a fault may be meant for it. */
export interface NamedOrder {
  readonly id: string;
  readonly clientOrderId?: string | undefined;
}

interface StreamFaultScope {
  /** How often: once unless given. */
  times?: number | 'always' | undefined;
  /** Only of pushes: those that tell of this order, by either of its names. */
  orderId?: string | undefined;
}

interface Entry {
  readonly fault: StreamFault;
  readonly orderId: string | undefined;
  left: number;
}

/** Trouble of a venue's stream on demand, in the same words at each, taken in the order it was asked for. */
export class StreamFaults {
  #entries: Entry[] = [];

  add(fault: StreamFault, { times = 1, orderId }: StreamFaultScope = {}): void {
    this.#entries.push({ fault, orderId, left: times === 'always' ? Infinity : times });
  }

  clear(): void {
    this.#entries = [];
  }

  /** What one push meets, on every connection alike: at most one fault. */
  forPush({ id, clientOrderId }: NamedOrder): PushTrouble | undefined {
    return this.#take(
      (fault) => (fault.kind === 'refuse-login' || fault.kind === 'full' ? undefined : fault),
      [id, clientOrderId],
    );
  }

  refusesLogin(): boolean {
    return this.#take((fault) => (fault.kind === 'refuse-login' ? fault : undefined)) !== undefined;
  }

  /** How a connection is turned away, where it is. */
  turnsAway(): 'refused' | 'closed' | undefined {
    const full = this.#take((fault) => (fault.kind === 'full' ? fault : undefined));
    return full && (full.how ?? 'refused');
  }

  #take<Fault>(
    pick: (fault: StreamFault) => Fault | undefined,
    names: readonly (string | undefined)[] = [],
  ): Fault | undefined {
    for (const entry of this.#entries) {
      const picked = entry.left > 0 ? pick(entry.fault) : undefined;
      if (picked === undefined) continue;
      if (entry.orderId !== undefined && !names.includes(entry.orderId)) continue;
      entry.left -= 1;
      return picked;
    }
    return undefined;
  }
}
