import { setTimeout as pause } from 'node:timers/promises';
import { row, type Part, type Row } from './report.ts';
import { click, clickable } from '#tests/bench/support/click.ts';
import type { Tab } from '#tests/bench/support/tab.ts';
import { openWorld, type World } from '#tests/bench/support/world.ts';

const clicks = 40;
/** Not counted: scripts are compiled and connections opened in them. */
const warmUp = 3;

/** Those whose reply proves no end. */
const told = ['btcturk', 'habit-trade', 'ox-fun'] as const;
type ToldVenue = (typeof told)[number];

/** From the click to the proof on the screen, where the venue tells the end by itself, and where it has to be read. */
export async function measureStreams(): Promise<Part> {
  const rows: Row[] = [];
  for (const venue of told) rows.push(...(await measureVenue(venue)));
  return {
    title: '7. Proof by push, and by reading',
    rows,
    notes: [
      'A push is stamped as it leaves the venue’s process. BtcTurk’s sandbox takes 30 ms to act on a cancel, the others act at once.',
      'BtcTurk tells of a change as of an order that goes and comes back: its push proves nothing, and has the order read at once.',
      'By reading: the venue loses every push; the first reading is 150 ms after the reply.',
    ],
  };
}

async function measureVenue(venue: ToldVenue): Promise<Row[]> {
  const world = await openWorld({
    accounts: [venue],
    sandbox: { [venue]: { seed: false, limits: false } },
  });
  try {
    const popup = await world.openPopup({ inOwnWindow: true });
    await untilLive(world);
    const pushed = await measureClicks(world, popup, venue);
    await world.venues.losePushes(venue, true);
    const read = await measureClicks(world, popup, venue);
    return [
      row(
        `${venue}: click → "Cancelled" on screen, by push`,
        pushed.map(({ clicked, proven }) => proven - clicked),
      ),
      row(
        `${venue}: of it push left → "Cancelled" on screen`,
        pushed.map(({ toldAt, proven }) => proven - toldAt),
        { target: { words: '10 ms', most: 10 } },
      ),
      row(
        `${venue}: click → "Cancelled" on screen, by reading`,
        read.map(({ clicked, proven }) => proven - clicked),
      ),
    ];
  } finally {
    await world.close();
  }
}

async function measureClicks(world: World, popup: Tab, venue: ToldVenue) {
  const samples: { clicked: number; toldAt: number; proven: number }[] = [];
  for await (const id of clickable(world, popup, venue, clicks + warmUp)) {
    const ended = world.venues.endToldOf(venue, id);
    const { clicked, proven } = await click(world, popup, venue, id);
    samples.push({ clicked, proven, toldAt: await ended });
  }
  return samples.slice(warmUp);
}

async function untilLive({ helper }: World): Promise<void> {
  while (!(await helper.run(isLive))) await pause(50);
}

/** Runs in the page. */
async function isLive(): Promise<boolean> {
  const stored = await chrome.storage.session.get('view.streams');
  return String(stored['view.streams']).includes('"live"');
}
