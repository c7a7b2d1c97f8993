import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { row, type Part, type Row } from './report.ts';
import { summary } from './summary.ts';
import { bareClick, openBare, type Bare } from '#tests/bench/support/bare-click.ts';
import { writeBareExtension } from '#tests/bench/support/bare-extension.ts';
import { onItsWay, type Click } from '#tests/bench/support/click.ts';
import { clicksInTurn } from '#tests/bench/support/clicks-in-turn.ts';
import {
  addVenues,
  allVenues,
  emptyBooks,
  spreadOrders,
} from '#tests/bench/support/full-profile.ts';
import type { Venues } from '#tests/bench/support/venues.ts';
import { openWorld, type World } from '#tests/bench/support/world.ts';
import { writeHistory } from '#tests/bench/support/write-history.ts';

const clicksByDefault = 40;
/** What the last may take more than the first. */
const growth = 1.1;
const venue = 'btcturk';

const sandbox = {
  ...emptyBooks,
  // The bare extension and Pullcord stamp independently of each other.
  btcturk: { seed: false, limits: false, refuseReplays: false },
};
const furtherSandboxes = 3;
const fewOrders = 10;
const manyOrders = 10_000;
/** Of many orders, those on the account in which orders are cancelled: as many as on each of the others that have some. */
const ofClicked = 770;
const manyRows = 100_000;

/** A profile that grows from step to step, beside one that stays small and beside the bare extension. */
interface Sides {
  readonly small: World;
  readonly grown: World;
  readonly bare: Bare;
}

/** Of the same turns, in milliseconds from the click to the arrival. */
interface Turns {
  readonly small: number[];
  readonly grown: number[];
  readonly bare: number[];
}

/** Whether a click takes longer where there is more of anything. */
export async function measureFlat(clicks = clicksByDefault): Promise<Part> {
  const folder = await mkdtemp(join(tmpdir(), 'pullcord-bare-'));
  const beside = [await writeBareExtension(folder)];
  const small = await openWorld({ accounts: [venue], sandbox, beside });
  const grown = await openWorld({ accounts: allVenues, sandbox });
  const further: Venues[] = [];
  try {
    const sides = { small, grown, bare: await openBare(small.browser, folder) };
    const taken: Turns[] = [];
    const rows: Row[] = [];
    const measure = async (name: string, size = fewOrders) => {
      for (const isCold of [false, true]) {
        const turns = await turnsOf(sides, clicks, size, isCold);
        taken.push(turns);
        rows.push(row(`${name}, ${underWhich(isCold)}`, turns.grown, against(turns)));
      }
    };
    await measure('5 accounts, 10 orders, no history');
    for (let count = 0; count < furtherSandboxes; count++) {
      further.push(await addVenues(grown, count + 2));
    }
    await measure('20 accounts, 10 orders, no history');
    await spreadOrders(further, manyOrders - ofClicked);
    await measure('20 accounts, 10,000 orders, no history', ofClicked);
    const place = { run: grown.helper.run, killWorker: () => grown.worker.kill() };
    await writeHistory(place, 0, manyRows);
    await measure('20 accounts, 10,000 orders, 100,000 rows', ofClicked);
    return { title: '9. Flat', rows: [...smallRows(taken), ...rows], notes };
  } finally {
    await small.close();
    await grown.close();
    for (const venues of further) venues.stop();
    await rm(folder, { recursive: true });
  }
}

const notes = [
  'From the click in the popup to the arrival of the cancel at BtcTurk. Each click in the profile that grows is followed by one in a profile of one account and by one in the bare extension; the first rows have these of all turns, a target those of its row’s.',
  'The accounts are on all five venues; of 10,000 orders 770 are on the account in which orders are cancelled, and as many on each of twelve others. The history is written as in part 5.',
  'Popups are open, so the readings of all accounts go on beside the clicks, and take of the machine what all clicks have of it.',
];

function underWhich(isCold: boolean): string {
  return isCold ? 'worker dead: click → arrival' : 'warm: click → arrival';
}

/** The small profile stays what it is: all its turns are one row. */
function smallRows(taken: readonly Turns[]): Row[] {
  return [false, true].map((isCold) => {
    const own = taken.filter((_, index) => index % 2 === Number(isCold));
    const name = `1 account, 10 orders, no history, ${underWhich(isCold)}`;
    const all = (side: keyof Turns) => own.flatMap((turns) => turns[side]);
    return row(name, all('small'), { bare: all('bare') });
  });
}

function against({ small, bare }: Turns) {
  const most = summary(small).median * growth;
  return { bare, target: { words: `${growth} × one account’s, ${most.toFixed(1)} ms`, most } };
}

async function turnsOf(
  { small, grown, bare }: Sides,
  count: number,
  size: number,
  isCold: boolean,
): Promise<Turns> {
  const bareClicks: number[] = [];
  const few = { size: fewOrders, clicked: fewOrders };
  const sides = [
    { world: small, book: few },
    { world: grown, book: { ...few, size } },
  ];
  const [ofSmall, ofGrown] = await clicksInTurn(sides, {
    venue,
    count,
    ...(isCold && { before: ({ worker }) => worker.kill() }),
    afterTurn: async () => {
      const kill = isCold ? () => bare.worker.kill() : undefined;
      bareClicks.push(onItsWay(await bareClick(small, venue, bare, kill)));
    },
  });
  return { small: arrivals(ofSmall), grown: arrivals(ofGrown), bare: bareClicks.slice(1) };
}

function arrivals(clicks: readonly Click[] = []): number[] {
  return clicks.map(onItsWay);
}
