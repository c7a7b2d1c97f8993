import { randomBytes } from 'node:crypto';
import type { VenueClock } from '#tests/sandbox/shared/venue-clock.ts';

const ttlMs = 3_600_000;

/** The listen key of the sandbox's one user: one at a time, good for an hour (docs.p99.world listen-key; fact sheet 2.9). */
export class ListenKeys {
  readonly #clock: VenueClock;
  /** Whether a socket has been opened by it: then it does not run out. */
  readonly #isInUse: (key: string) => boolean;
  #key: string | undefined;
  #until = 0;

  constructor(clock: VenueClock, isInUse: (key: string) => boolean) {
    this.#clock = clock;
    this.#isInUse = isInUse;
  }

  get live(): string | undefined {
    if (this.#key === undefined) return undefined;
    if (this.#isInUse(this.#key)) this.#renew();
    return this.#clock.now() < this.#until ? this.#key : undefined;
  }

  /** The live one, good for an hour again; a new one where there is none. */
  issue(): string {
    this.#key = this.live ?? newKey();
    this.#renew();
    return this.#key;
  }

  /** Undefined where there is none to renew. */
  renew(): string | undefined {
    const { live } = this;
    if (live !== undefined) this.#renew();
    return live;
  }

  revoke(): void {
    this.#key = undefined;
  }

  #renew(): void {
    this.#until = this.#clock.now() + ttlMs;
  }
}

/** 64 letters and digits. */
const newKey = (): string =>
  randomBytes(96).toString('base64').replaceAll(/[+/=]/g, '').slice(0, 64).padEnd(64, '0');
