import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { row, type Part, type Row } from './report.ts';
import { summary } from './summary.ts';
import { writeBareExtension } from '#tests/bench/support/bare-extension.ts';
import { loadedFrom } from '#tests/bench/support/browser.ts';
import { keySeen, watchKey } from '#tests/bench/support/watch-key.ts';
import { notePaint, paintedAt } from '#tests/bench/support/painted.ts';
import { call, liveHeap } from '#tests/bench/support/session.ts';
import { openWorld, ordersFor, type World } from '#tests/bench/support/world.ts';

/** Numbers of orders, and how often the popup is opened with so many. */
const sizes = [
  { size: 10, rounds: 30 },
  { size: 200, rounds: 30 },
  { size: 2000, rounds: 15 },
  { size: 10_000, rounds: 8 },
];
const largest = 10_000;
/** What the first screen may take, times an empty extension page. */
export const timesEmpty = 2.2;
/** More rows than a popup 560 pixels high shows at once. */
export const firstScreen = 8;
const mostForAll = 300;
const typed = ['btctry 41', 'swap sell', '0099', 'ethtry', 'usd-swap 12', 'buy 2', 'solana'];

/** The popup with few orders and many, which stand in the view already. The worker is warm. */
export async function measurePopup(): Promise<Part> {
  const folder = await mkdtemp(join(tmpdir(), 'pullcord-bare-'));
  const world = await openWorld({
    // Each of these gives its whole list in one reply, and allows enough of them.
    accounts: ['btcturk', 'ox-fun'],
    sandbox: {
      btcturk: { seed: false, limits: false },
      'ox-fun': { seed: false, limits: false },
    },
    beside: [await writeBareExtension(folder)],
  });
  try {
    const { origin } = await loadedFrom(folder);
    const rows: Row[] = [];
    for (const { size, rounds } of sizes) {
      await fill(world, size);
      rows.push(...(await measureSize(world, `${origin}/empty.html`, size, rounds)));
    }
    const typing = `typing in "Find order", ${largest} orders: key → next frame painted`;
    rows.push(
      row(typing, await measureTyping(world), {
        target: { words: '50 ms at the 99th percentile', most: 50, figure: 'p99' },
      }),
    );
    return {
      title: '4. Popup',
      rows,
      notes: [
        'Navigation to painted: from performance.timeOrigin to the first task after the frame that shows the rows; each time in a page of its own.',
        `First screen: ${firstScreen} rows; beside it an empty page of the bare extension, opened in turn. Half of the orders are on BtcTurk, half on OX.FUN.`,
        'Memory: JavaScript that is alive after a collection, the popup with its list on the screen.',
      ],
    };
  } finally {
    await world.close();
    await rm(folder, { recursive: true });
  }
}

export async function fill({ venues, refresh }: World, size: number): Promise<void> {
  await venues.clear();
  for (const venue of ['btcturk', 'ox-fun'] as const) {
    await venues.place(venue, ordersFor(venue, size / 2));
  }
  await refresh();
}

async function measureSize(
  world: World,
  emptyPage: string,
  size: number,
  rounds: number,
): Promise<Row[]> {
  const name = `${size} orders:`;
  const first: number[] = [];
  const bare: number[] = [];
  for (let round = 0; round <= rounds; round++) {
    bare.push(await paintEmpty(world, emptyPage));
    first.push(await paintRows(world, firstScreen));
  }
  const all: number[] = [];
  if (size <= mostForAll) {
    for (let round = 0; round <= rounds; round++) all.push(await paintRows(world, size));
  }
  const popup = await world.openPopup({ init: call(notePaint, '[role=listitem]', firstScreen) });
  await popup.run(paintedAt);
  await world.refresh();
  const megabytes = [(await liveHeap(popup.session)) / 1e6];
  const ofWorker = await world.worker.attached(({ session }) => liveHeap(session));
  await popup.close();
  return [
    row(`${name} navigation → first screen`, first.slice(1), against(bare.slice(1), size)),
    ...(all.length > 0 ? [row(`${name} navigation → all rows`, all.slice(1))] : []),
    row(`${name} memory of the popup`, megabytes, { unit: 'MB' }),
    row(`${name} memory of the worker`, [ofWorker / 1e6], { unit: 'MB' }),
  ];
}

/** Up to 200 orders so many times an empty page, 400 ms up to 10,000. */
function against(bare: readonly number[], size: number) {
  const [words, most] =
    size <= 200
      ? [`${timesEmpty} × an empty page`, timesEmpty * summary(bare).median]
      : ['400 ms', 400];
  return { bare, target: { words, most } };
}

export async function paintRows(world: World, count: number): Promise<number> {
  const popup = await world.openPopup({ init: call(notePaint, '[role=listitem]', count) });
  const painted = await popup.run(paintedAt);
  await popup.close();
  // The popup has had the orders read: not to be measured with the next one.
  await world.refresh();
  return painted;
}

export async function paintEmpty({ browser }: World, url: string): Promise<number> {
  const page = await browser.open(url, { init: call(notePaint, 'body', 1) });
  const painted = await page.run(paintedAt);
  await page.close();
  return painted;
}

/** Key by key, each when the frame after the one before stands; what was typed is taken away key by key too. */
async function measureTyping(world: World): Promise<number[]> {
  const samples: number[] = [];
  const popup = await world.openPopup({ init: call(notePaint, '[role=listitem]', firstScreen) });
  await popup.run(paintedAt);
  await world.refresh();
  await popup.click('[aria-label="Find order"]');
  // Three hundred keys: of fewer the 99th percentile says little.
  for (const text of [...typed, ...typed, ...typed]) {
    for (const key of [...Array.from(text), ...Array.from(text, () => 'Backspace')]) {
      await popup.run(watchKey);
      await popup.type(key);
      samples.push(await popup.run(keySeen));
    }
  }
  await popup.close();
  return samples;
}
