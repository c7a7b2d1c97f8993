import { randomBytes } from 'node:crypto';
import type { VenueClock } from '#tests/sandbox/shared/venue-clock.ts';

const lifeMs = 900_000;

/** What lets a connection listen to its user's orders: to be used within a quarter of an hour (fact sheet, "Stream"). */
export class Tokens {
  readonly #givenAt = new Map<string, number>();
  readonly #clock: VenueClock;

  constructor(clock: VenueClock) {
    this.#clock = clock;
  }

  give(): { token: string; expires: number } {
    const token = randomBytes(33).toString('base64');
    this.#givenAt.set(token, this.#clock.now());
    return { token, expires: lifeMs / 1000 };
  }

  isGood(token: unknown): boolean {
    const at = typeof token === 'string' ? this.#givenAt.get(token) : undefined;
    return at !== undefined && this.#clock.now() - at <= lifeMs;
  }
}
