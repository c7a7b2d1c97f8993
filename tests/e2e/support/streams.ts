import { expect, type Page } from '@playwright/test';
import type { Venue } from '#lib/venues/venue.ts';
import { venues } from '#lib/venues/venues.ts';
import { testVenues, type TestVenue } from './test.ts';

/** The venues that tell by themselves what becomes of orders. */
export const tellingVenues = testVenues.filter((venue) => (venues[venue] as Venue).feed);

/** Where a reply alone proves no end, and the stream tells it. */
export const provenByPush: ReadonlySet<TestVenue> = new Set(['habit-trade', 'ox-fun']);

/** Resolves when the stream of the venue's account runs, as pages of ours are told. */
export async function untilLive(page: Page, venue: TestVenue): Promise<void> {
  await expect.poll(() => page.evaluate(isLive, venue)).toBe(true);
}

/** Runs in the page. */
async function isLive(venue: string): Promise<boolean> {
  const stored = (await chrome.storage.session.get(['view.accounts', 'view.streams'])) as Record<
    string,
    string | undefined
  >;
  const accounts = JSON.parse(stored['view.accounts'] ?? '[]') as { id: string; venue: string }[];
  const streams = JSON.parse(stored['view.streams'] ?? '{}') as Record<string, string>;
  return accounts.some((account) => account.venue === venue && streams[account.id] === 'live');
}
