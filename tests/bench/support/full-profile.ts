import type { SandboxOptions } from '#tests/sandbox/sandbox.ts';
import { startVenues, type VenueName, type Venues } from './venues.ts';
import { ordersFor, type World } from './world.ts';

export const allVenues: readonly VenueName[] = [
  'btcturk',
  'habit-trade',
  'ox-fun',
  'ripio',
  'ztdx',
];
/** Each of these gives its whole list in one reply. */
const large: readonly VenueName[] = ['btcturk', 'ox-fun', 'ripio', 'ztdx'];

export const emptyBooks: SandboxOptions = Object.fromEntries(
  allVenues.map((venue) => [venue, { seed: false, limits: false }]),
);

/** Five more accounts, on venues that stand beside those of the world. */
export async function addVenues(world: World, number: number): Promise<Venues> {
  const venues = await startVenues(emptyBooks);
  for (const each of venues.list) await world.addAccount(each, `${each.venue} ${number}`);
  return venues;
}

/** So many on these together, in place of what is there. */
export async function spreadOrders(sandboxes: readonly Venues[], count: number): Promise<void> {
  const each = Math.floor(count / (sandboxes.length * large.length));
  for (const [index, venues] of sandboxes.entries()) {
    await venues.clear();
    for (const venue of large) {
      // What does not come out even goes to the first.
      const isFirst = index === 0 && venue === large[0];
      const rest = isFirst ? count % (sandboxes.length * large.length) : 0;
      await venues.place(venue, ordersFor(venue, each + rest));
    }
  }
}
