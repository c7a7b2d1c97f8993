import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { timesCold, timesWarm } from './one-click.ts';
import { fill, firstScreen, paintEmpty, paintRows, timesEmpty } from './popup.ts';
import { summary } from './summary.ts';
import { bareClick, openBare, type Bare } from '#tests/bench/support/bare-click.ts';
import { writeBareExtension } from '#tests/bench/support/bare-extension.ts';
import { loadedFrom } from '#tests/bench/support/browser.ts';
import { click, clickable, onItsWay, type ClickedVenue } from '#tests/bench/support/click.ts';
import { openWorld, shippedBuild, type World } from '#tests/bench/support/world.ts';

const roundsByDefault = 60;
/** Not counted: scripts are compiled and connections opened in them. */
const warmUp = 3;
const sizes = [10, 200];

/** One of the two builds, in a browser of its own with a bare extension in it, and with venues of its own. */
interface Side {
  readonly world: World;
  /** Where the bare extension lies. */
  readonly folder: string;
}

/** What one side took in each round, in milliseconds, and its bare extension right after it. */
interface Taken {
  readonly own: number[];
  readonly bare: number[];
}

/** A line of the table. */
interface Compared {
  readonly name: string;
  /** Times the bare extension. */
  readonly most: number;
  readonly before: Taken;
  readonly now: Taken;
}

/**
 * This build beside another, for a change that may have made something slower: what other load does to the machine, and what
 * an hour does, it does to both. Each acts in turn, and it is the pairs that are compared. The other is the folder of a build
 * (`npm run build:sandbox`). Part 1 are the clicks, part 4 is the popup; there are no others.
 */
export async function measureBesideBuild(
  otherBuild: string,
  parts: readonly string[],
  rounds = roundsByDefault,
): Promise<void> {
  const has = (part: string) => parts.length === 0 || parts.includes(part);
  const root = await mkdtemp(join(tmpdir(), 'pullcord-beside-'));
  const sides: Side[] = [];
  const lines: Compared[] = [];
  try {
    for (const build of [resolve(otherBuild), shippedBuild]) {
      const folder = await writeBareExtension(join(root, String(sides.length)));
      sides.push({ folder, world: await openSide(build, folder) });
    }
    const [before, now] = sides;
    if (!before || !now) throw new Error('there are two builds');
    if (has('1')) {
      for (const isCold of [false, true]) {
        for (const venue of ['ripio', 'btcturk'] as const) {
          lines.push(await measureClicks([before, now], venue, isCold, rounds));
        }
      }
    }
    if (has('4')) {
      for (const size of sizes) lines.push(await measurePopup([before, now], size, rounds));
    }
  } finally {
    for (const { world } of sides) await world.close();
    await rm(root, { recursive: true });
  }
  print(lines);
}

function openSide(build: string, bare: string): Promise<World> {
  return openWorld({
    build,
    accounts: ['ripio', 'btcturk', 'ox-fun'],
    sandbox: {
      ripio: { seed: false, limits: false },
      // The bare extension and Pullcord stamp independently of each other.
      btcturk: { seed: false, limits: false, refuseReplays: false },
      'ox-fun': { seed: false, limits: false },
    },
    beside: [bare],
  });
}

type Pair = readonly [before: Side, now: Side];
type Act = () => Promise<readonly [own: number, bare: number]>;

async function measureClicks(
  pair: Pair,
  venue: ClickedVenue,
  isCold: boolean,
  rounds: number,
): Promise<Compared> {
  const ends: (() => Promise<void>)[] = [];
  const actOf = async ({ world, folder }: Side): Promise<Act> => {
    const bare = await openBare(world.browser, folder);
    const popup = await world.openPopup({ inOwnWindow: true });
    const ids = clickable(world, popup, venue, rounds + warmUp);
    ends.push(async () => {
      await ids.return(undefined);
      await popup.close();
      await bare.page.close();
    });
    return async () => {
      const { value: id } = (await ids.next()) as { value: string };
      const own = await click(world, popup, venue, id, () => kill(world, isCold));
      const other = await bareClick(world, venue, bare, () => kill(bare, isCold));
      return [onItsWay(own), onItsWay(other)];
    };
  };
  const acts = [await actOf(pair[0]), await actOf(pair[1])] as const;
  const taken = await inTurn(acts, rounds);
  for (const end of ends) await end();
  return {
    name: `${venue}, ${isCold ? 'worker dead' : 'warm'}: click → arrival`,
    most: isCold ? timesCold : timesWarm,
    ...taken,
  };
}

function kill({ worker }: Pick<Bare, 'worker'>, isCold: boolean): Promise<void> {
  return isCold ? worker.kill() : Promise.resolve();
}

async function measurePopup(pair: Pair, size: number, rounds: number): Promise<Compared> {
  const actOf = async ({ world, folder }: Side): Promise<Act> => {
    await fill(world, size);
    const { origin } = await loadedFrom(folder);
    return async () => {
      const bare = await paintEmpty(world, `${origin}/empty.html`);
      return [await paintRows(world, firstScreen), bare];
    };
  };
  const acts = [await actOf(pair[0]), await actOf(pair[1])] as const;
  return {
    name: `${size} orders: navigation → first screen`,
    most: timesEmpty,
    ...(await inTurn(acts, rounds)),
  };
}

/** Who comes first changes from round to round. */
async function inTurn(
  acts: readonly [before: Act, now: Act],
  rounds: number,
): Promise<{ readonly before: Taken; readonly now: Taken }> {
  const before: Taken = { own: [], bare: [] };
  const now: Taken = { own: [], bare: [] };
  const sides = [
    { act: acts[0], taken: before },
    { act: acts[1], taken: now },
  ];
  for (let round = 0; round < rounds + warmUp; round++) {
    for (const { act, taken } of round % 2 === 0 ? sides : sides.toReversed()) {
      const [own, bare] = await act();
      if (round < warmUp) continue;
      taken.own.push(own);
      taken.bare.push(bare);
    }
  }
  return { before, now };
}

/** “Before” is the other build. Each stands beside the bare extension of its own browser. */
function print(lines: readonly Compared[]): void {
  console.table(
    lines.map(({ name, most, before, now }) => {
      const all = {
        before: summary(before.own),
        bareThen: summary(before.bare),
        now: summary(now.own),
        bareNow: summary(now.bare),
      };
      const isMet = all.now.median <= most * all.bareNow.median;
      return {
        '': name,
        before: all.before.median,
        'before p95': all.before.p95,
        'bare then': all.bareThen.median,
        'before × bare': (all.before.median / all.bareThen.median).toFixed(2),
        'before × p95': (all.before.p95 / all.bareThen.p95).toFixed(2),
        now: all.now.median,
        'now p95': all.now.p95,
        'bare now': all.bareNow.median,
        'now × bare': (all.now.median / all.bareNow.median).toFixed(2),
        'now × p95': (all.now.p95 / all.bareNow.p95).toFixed(2),
        'now − before': differences(before.own, now.own),
        target: `${most} × bare: ${isMet ? 'met' : 'NOT met'}`,
        n: all.now.count,
      };
    }),
  );
}

/** Of the pairs: the median, and the middle half. */
function differences(before: readonly number[], now: readonly number[]): string {
  const sorted = now.map((each, round) => each - (before[round] ?? 0)).toSorted((a, b) => a - b);
  const at = (share: number) => signed(sorted[Math.floor(share * (sorted.length - 1))] ?? 0);
  return `${at(0.5)} (${at(0.25)} … ${at(0.75)})`;
}

function signed(value: number): string {
  return (value < 0 ? '−' : '+') + Math.abs(value).toFixed(2);
}
