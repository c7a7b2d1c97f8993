import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { row, type Part, type Row } from './report.ts';
import { summary } from './summary.ts';
import { writeBareExtension } from '#tests/bench/support/bare-extension.ts';
import { bareClick, openBare, type Bare } from '#tests/bench/support/bare-click.ts';
import {
  click,
  clickable,
  onItsWay,
  placeOne,
  type Click,
  type ClickedVenue,
} from '#tests/bench/support/click.ts';
import { bareCancels, signedFetch } from '#tests/bench/support/signed-fetch.ts';
import { openWorld, type World } from '#tests/bench/support/world.ts';

/** Unless told otherwise. */
const clicksWarm = 120;
const clicksCold = 40;
/** What a click may take, times the bare extension’s. */
export const timesWarm = 1.4;
export const timesCold = 2;
/** Not counted: scripts are compiled and connections opened in them. */
const warmUp = 5;
/** From the click in the popup until the request is at the venue, and until the popup says that the order is cancelled. */
export async function measureOneClick(clicks?: number): Promise<Part> {
  const folder = await mkdtemp(join(tmpdir(), 'pullcord-bare-'));
  const world = await openWorld({
    accounts: ['ripio', 'btcturk'],
    sandbox: {
      ripio: { seed: false, limits: false },
      // The bare fetch and Pullcord stamp independently of each other.
      btcturk: { seed: false, limits: false, refuseReplays: false },
    },
    beside: [await writeBareExtension(folder)],
  });
  try {
    const bare = await openBare(world.browser, folder);
    const rows: Row[] = [];
    const skews: number[] = [];
    for (const venue of ['ripio', 'btcturk'] as const) {
      rows.push(...(await measureWarm(world, venue, bare, skews, clicks)));
    }
    for (const venue of ['ripio', 'btcturk'] as const) {
      rows.push(...(await measureCold(world, venue, bare, clicks)));
    }
    return { title: '1. One click', rows, notes: notes(skews) };
  } finally {
    await world.close();
    await rm(folder, { recursive: true });
  }
}

/** Each click is followed by a bare fetch and a bare click, so that all of them meet the same machine. */
async function measureWarm(
  world: World,
  venue: ClickedVenue,
  bare: Bare,
  skews: number[],
  count = clicksWarm,
): Promise<Row[]> {
  const { venues, worker } = world;
  const clicks: Click[] = [];
  const floors: number[] = [];
  const bareClicks: number[] = [];
  const hops: number[] = [];
  const popup = await world.openPopup({ inOwnWindow: true });
  await worker.attached(async ({ run }) => {
    for await (const id of clickable(world, popup, venue, count + warmUp)) {
      clicks.push(await click(world, popup, venue, id));
      const other = await placeOne(world, venue);
      const request = bareCancels[venue](venues.access(venue), other);
      const { calledAt, answeredAt } = await run(signedFetch, request);
      const arrived = await venues.arrivalOf(venue, other.id);
      floors.push(arrived - calledAt);
      skews.push(arrived - calledAt, arrived - answeredAt);
      hops.push(await world.helper.run(thereAndBack));
      bareClicks.push(onItsWay(await bareClick(world, venue, bare)));
    }
  });
  await popup.close();
  const [measured, floor] = [clicks.slice(warmUp), floors.slice(warmUp)];
  const name = `${venue}, warm:`;
  return [
    row(
      `${name} click → arrival`,
      measured.map(onItsWay),
      against(bareClicks.slice(warmUp), timesWarm),
    ),
    row(
      `${name} of it click → page`,
      measured.map(({ clicked, heard }) => heard - clicked),
    ),
    row(`${name} floor, bare signed fetch → arrival`, floor),
    row(`${name} message there and back`, hops.slice(warmUp)),
    row(
      `${name} click → "Cancelled" on screen`,
      measured.map(({ clicked, proven }) => proven - clicked),
    ),
  ];
}

function against(bare: readonly number[], times: number) {
  return { bare, target: { words: `${times} × bare`, most: times * summary(bare).median } };
}

/** The popup is open and the pointer on the button; then the worker dies, and the button is clicked. */
async function measureCold(
  world: World,
  venue: ClickedVenue,
  bare: Bare,
  count = clicksCold,
): Promise<Row[]> {
  const clicks: Click[] = [];
  const bareClicks: number[] = [];
  const popup = await world.openPopup({ inOwnWindow: true });
  for await (const id of clickable(world, popup, venue, count + 1)) {
    clicks.push(await click(world, popup, venue, id, () => world.worker.kill()));
    bareClicks.push(onItsWay(await bareClick(world, venue, bare, () => bare.worker.kill())));
  }
  await popup.close();
  const measured = clicks.slice(1);
  const name = `${venue}, worker dead:`;
  return [
    row(`${name} click → arrival`, measured.map(onItsWay), against(bareClicks.slice(1), timesCold)),
    row(
      `${name} click → "Cancelled" on screen`,
      measured.map(({ clicked, proven }) => proven - clicked),
    ),
  ];
}

function notes(skews: readonly number[]): string[] {
  const least = Math.min(...skews.filter((each) => each > 0));
  const most = Math.max(...skews.filter((each) => each < 0));
  return [
    'Times are performance.timeOrigin + performance.now() of the page, the worker and the venues’ process on one machine; a page’s clock ticks every 0.1 ms.',
    `The clocks of worker and venue differ by no more than what a bare fetch leaves open: between ${most.toFixed(2)} and ${least.toFixed(2)} ms.`,
    'BtcTurk’s cancels are proven by a reading: when its stream tells that the order has gone, else 150 ms after the reply. The sandbox takes 30 ms to act on them.',
    'The bare extension’s cold worker imports its HMAC key; it opens no vault, keeps no journal and shows nothing.',
  ];
}

/* What follows runs in the page. */

async function thereAndBack(): Promise<number> {
  const from = performance.now();
  // Not a request that the worker knows: it is answered at once.
  await chrome.runtime.sendMessage({ kind: 'nothing' });
  return performance.now() - from;
}
