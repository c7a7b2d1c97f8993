import { resolve } from 'node:path';
import { call } from '#tests/bench/support/session.ts';
import { click, clickable, type Click, type ClickedVenue } from '#tests/bench/support/click.ts';
import { notePaint, paintedAt } from '#tests/bench/support/painted.ts';
import type { Tab } from '#tests/bench/support/tab.ts';
import { openWorld, ordersFor, shippedBuild, type World } from '#tests/bench/support/world.ts';
import { summary } from './summary.ts';

const roundsByDefault = 60;
/** Not counted: scripts are compiled and connections opened in them. */
const warmUp = 3;
const listed = 200;
/** More rows than a popup 560 pixels high shows at once. */
const firstScreen = 8;

/** One of the two builds, in a browser of its own, with venues of its own. */
interface Side {
  readonly world: World;
  readonly popup: Tab;
}

interface Pair {
  readonly before: number;
  readonly now: number;
}

/**
 * This build beside another, for a change that may have made something slower: what other load does to the machine, and what
 * an hour does, it does to both. Each acts in turn, and it is the pairs that are compared. The other is the folder of a build
 * (`npm run build:sandbox`).
 */
export async function measureBesideBuild(
  otherBuild: string,
  rounds = roundsByDefault,
): Promise<void> {
  const worlds: World[] = [];
  try {
    for (const build of [resolve(otherBuild), shippedBuild]) {
      worlds.push(
        await openWorld({
          build,
          accounts: ['ripio', 'btcturk', 'ox-fun'],
          sandbox: {
            ripio: { seed: false, limits: false },
            btcturk: { seed: false, limits: false },
            'ox-fun': { seed: false, limits: false },
          },
        }),
      );
    }
    for (const venue of ['ripio', 'btcturk'] as const) {
      for (const isCold of [false, true]) await measureClicks(worlds, venue, isCold, rounds);
    }
    await measurePopup(worlds, rounds);
  } finally {
    for (const world of worlds) await world.close();
  }
}

async function measureClicks(
  worlds: readonly World[],
  venue: ClickedVenue,
  isCold: boolean,
  rounds: number,
): Promise<void> {
  const sides: (Side & { ids: AsyncGenerator<string> })[] = [];
  for (const world of worlds) {
    const popup = await world.openPopup({ inOwnWindow: true });
    sides.push({ world, popup, ids: clickable(world, popup, venue, rounds + warmUp) });
  }
  const pairs = await inTurn(sides, rounds, async ({ world, popup, ids }) => {
    const { value: id } = (await ids.next()) as { value: string };
    return click(world, popup, venue, id, isCold ? () => world.worker.kill() : undefined);
  });
  for (const { popup, ids } of sides) {
    await ids.return(undefined);
    await popup.close();
  }
  const name = `${venue}, ${isCold ? 'worker dead' : 'warm'}: click →`;
  const timesOf = (time: (of: Click) => number) =>
    pairs.map(([before, now]) => ({ before: time(before), now: time(now) }));
  print(
    `${name} arrival`,
    timesOf(({ clicked, arrived }) => arrived - clicked),
  );
  print(
    `${name} "Cancelled" on screen`,
    timesOf(({ clicked, proven }) => proven - clicked),
  );
}

async function measurePopup(worlds: readonly World[], rounds: number): Promise<void> {
  for (const { venues, refresh } of worlds) {
    await venues.clear();
    for (const venue of ['btcturk', 'ox-fun'] as const) {
      await venues.place(venue, ordersFor(venue, listed / 2));
    }
    await refresh();
  }
  const pairs = await inTurn(worlds, rounds, async (world) => {
    const popup = await world.openPopup({ init: call(notePaint, '[role=listitem]', firstScreen) });
    const painted = await popup.run(paintedAt);
    await popup.close();
    // The popup has had the orders read: not to be measured with the next one.
    await world.refresh();
    return painted;
  });
  print(
    `popup, ${listed} orders: navigation → first screen`,
    pairs.map(([before, now]) => ({ before, now })),
  );
}

/** Who comes first changes from round to round. */
async function inTurn<Each, Figure>(
  sides: readonly Each[],
  rounds: number,
  measure: (side: Each) => Promise<Figure>,
): Promise<[before: Figure, now: Figure][]> {
  const pairs: [Figure, Figure][] = [];
  const [before, now] = sides;
  if (!before || !now) throw new Error('there are two builds');
  for (let round = 0; round < rounds + warmUp; round++) {
    if (round % 2 === 0) pairs.push([await measure(before), await measure(now)]);
    else {
      const second = await measure(now);
      pairs.push([await measure(before), second]);
    }
  }
  return pairs.slice(warmUp);
}

function print(name: string, pairs: readonly Pair[]): void {
  const differences = pairs.map(({ before, now }) => now - before).toSorted((a, b) => a - b);
  const at = (share: number) => differences[Math.floor(share * (differences.length - 1))] ?? 0;
  const before = summary(pairs.map((each) => each.before)).median;
  const now = summary(pairs.map((each) => each.now)).median;
  const quarters = `${signed(at(0.25))} … ${signed(at(0.75))}`;
  console.log(
    `${name.padEnd(52)} before ${before} ms, now ${now} ms; now − before: median ${signed(at(0.5))} (quarters ${quarters}), ${pairs.length} pairs`,
  );
}

function signed(value: number): string {
  return (value < 0 ? '−' : '+') + Math.abs(value).toFixed(2);
}
