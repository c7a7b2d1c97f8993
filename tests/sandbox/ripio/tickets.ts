import { randomUUID } from 'node:crypto';
import type { VenueClock } from '#tests/sandbox/shared/venue-clock.ts';

/** What lets a connection listen to its user's topics (fact sheet 2.8). How long and how often it does is not documented. */
export class Tickets {
  readonly #givenAt = new Map<string, number>();
  readonly #clock: VenueClock;
  readonly #settings: { ticketLifeMs: number; ticketSingleUse: boolean };

  constructor(clock: VenueClock, settings: { ticketLifeMs: number; ticketSingleUse: boolean }) {
    this.#clock = clock;
    this.#settings = settings;
  }

  give(): string {
    const ticket = randomUUID();
    this.#givenAt.set(ticket, this.#clock.now());
    return ticket;
  }

  take(ticket: string): boolean {
    const at = this.#givenAt.get(ticket);
    if (this.#settings.ticketSingleUse) this.#givenAt.delete(ticket);
    return at !== undefined && this.#clock.now() - at <= this.#settings.ticketLifeMs;
  }
}
