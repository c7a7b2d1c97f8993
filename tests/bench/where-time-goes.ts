import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fill, firstScreen } from './popup.ts';
import { row, type Part, type Row } from './report.ts';
import { summary } from './summary.ts';
import { bareClick, openBare, type Bare } from '#tests/bench/support/bare-click.ts';
import { writeBareExtension, writeBareLike } from '#tests/bench/support/bare-extension.ts';
import { loadedFrom } from '#tests/bench/support/browser.ts';
import { click, clickable, onItsWay } from '#tests/bench/support/click.ts';
import {
  marksSince,
  markWorker,
  notePopup,
  pageMarks,
  writeMarkedBuild,
  type Marks,
} from '#tests/bench/support/marks.ts';
import { notePaint, paintedAt } from '#tests/bench/support/painted.ts';
import { call } from '#tests/bench/support/session.ts';
import type { BackgroundWorker } from '#tests/bench/support/worker.ts';
import { openWorld, shippedBuild, type World } from '#tests/bench/support/world.ts';

const roundsByDefault = 40;
/** Not counted: scripts are compiled and connections opened in them. */
const warmUp = 2;
const venue = 'btcturk';
const listed = 200;

/** What passes between a click and its arrival, and before the popup's first frame, beside the least that any extension does. */
export async function measureWhereTimeGoes(rounds = roundsByDefault): Promise<Part> {
  const folder = await mkdtemp(join(tmpdir(), 'pullcord-marks-'));
  const shipped = resolve(import.meta.dirname, '../../.output', shippedBuild);
  const bareFolder = await writeBareExtension(join(folder, 'bare'));
  await markWorker(join(bareFolder, 'bare.js'));
  const likes = [
    {
      name: 'beside it: a bare extension with these permissions and listeners: arrived',
      folder: await writeBareLike(shipped, join(folder, 'listeners'), false),
    },
    {
      name: 'beside it: and with this script, never called: arrived',
      folder: await writeBareLike(shipped, join(folder, 'script'), true),
    },
  ];
  const world = await openWorld({
    build: await writeMarkedBuild(shipped, join(folder, 'pullcord')),
    accounts: [venue, 'ox-fun'],
    sandbox: {
      // The bare extension and Pullcord stamp independently of each other.
      [venue]: { seed: false, limits: false, refuseReplays: false },
      'ox-fun': { seed: false, limits: false },
    },
    beside: [bareFolder, ...likes.map((each) => each.folder)],
  });
  try {
    const bare = await openBare(world.browser, bareFolder);
    const rows: Row[] = [];
    rows.push(...(await measureClicks(world, bare, true, rounds)));
    rows.push(...(await measureLikes(world, bare, likes, rounds)));
    rows.push(...(await measureClicks(world, bare, false, rounds)));
    await bare.page.close();
    const { origin } = await loadedFrom(bareFolder);
    rows.push(...(await measureFirstScreen(world, origin, rounds)));
    return { title: '10. Where the time goes', rows, notes };
  } finally {
    await world.close();
    await rm(folder, { recursive: true });
  }
}

const notes = [
  'Each row is when that was so: milliseconds from the click, or from the navigation. What the bare extension, or its empty page, has none of has no figure beside it.',
  'Noted from outside the scripts of both, by what they ask the browser for; the noting itself costs some tenths of a millisecond.',
];

/** By mark, milliseconds from what they count from. */
type Times = Map<string, number[]>;

function take(times: Times, marks: Marks, from: number): void {
  const seen = new Set<string>();
  for (const [name, at] of marks) {
    // Of what happens more than once, the first: it is the click's.
    if (seen.has(name)) continue;
    seen.add(name);
    const known = times.get(name) ?? [];
    times.set(name, known);
    known.push(at - from);
  }
}

function median(samples: readonly number[]): number {
  return summary(samples).median;
}

/** In the order in which they come. */
function rowsOf(of: string, own: Times, bare: Times, until: string): Row[] {
  const last = median(own.get(until) ?? []);
  return [...own]
    .filter(([, samples]) => median(samples) <= last)
    .toSorted(([, a], [, b]) => median(a) - median(b))
    .map(([name, samples]) => {
      const beside = bare.get(name);
      return row(`${of}: ${name}`, samples, beside ? { bare: beside } : {});
    });
}

async function measureClicks(
  world: World,
  bare: Bare,
  isCold: boolean,
  rounds: number,
): Promise<Row[]> {
  const [own, others]: [Times, Times] = [new Map(), new Map()];
  const popup = await world.openPopup({ inOwnWindow: true });
  let round = 0;
  for await (const id of clickable(world, popup, venue, rounds + warmUp)) {
    const clicked = await click(world, popup, venue, id, () =>
      isCold ? world.worker.kill() : undefined,
    );
    const marks = await marksOf(world.worker, clicked);
    const other = await bareClick(world, venue, bare, async () => {
      if (isCold) await bare.worker.kill();
    });
    const bareMarks = await marksOf(bare.worker, other);
    if (++round <= warmUp) continue;
    take(own, marks, clicked.clicked);
    take(others, bareMarks, other.clicked);
  }
  await popup.close();
  return rowsOf(isCold ? 'click, worker dead' : 'click, warm', own, others, 'arrived');
}

/** What of a click that wakes the worker is paid before any of it acts. */
async function measureLikes(
  world: World,
  bare: Bare,
  likes: readonly { readonly name: string; readonly folder: string }[],
  rounds: number,
): Promise<Row[]> {
  const rows: Row[] = [];
  for (const { name, folder } of likes) {
    const like = await openBare(world.browser, folder);
    const [own, others]: [number[], number[]] = [[], []];
    for (let round = 0; round < rounds + warmUp; round++) {
      own.push(onItsWay(await bareClick(world, venue, like, () => like.worker.kill())));
      others.push(onItsWay(await bareClick(world, venue, bare, () => bare.worker.kill())));
    }
    await like.page.close();
    rows.push(row(name, own.slice(warmUp), { bare: others.slice(warmUp) }));
  }
  return rows;
}

interface Clicked {
  readonly clicked: number;
  readonly heard: number;
  readonly arrived: number;
}

async function marksOf(
  worker: BackgroundWorker,
  { clicked, heard, arrived }: Clicked,
): Promise<Marks> {
  const [begun, noted] = await worker.attached(({ run }) =>
    Promise.all([run(beginning), run(marksSince, clicked)]),
  );
  return [
    ['heard in the page', heard],
    ...(begun >= clicked ? [['worker begins', begun] as const] : []),
    ...noted,
    ['arrived', arrived],
  ];
}

async function measureFirstScreen(
  world: World,
  bareOrigin: string,
  rounds: number,
): Promise<Row[]> {
  await fill(world, listed);
  const [own, others]: [Times, Times] = [new Map(), new Map()];
  const ofFiles: number[] = [];
  const init = call(notePaint, '[role=listitem]', firstScreen);
  for (let round = 0; round < rounds + warmUp; round++) {
    const popup = await world.openPopup({ init: `${init};${call(notePopup)}` });
    const painted = await popup.run(paintedAt);
    const marks = await popup.run(pageMarks);
    await popup.close();
    // The popup has had the orders read: not to be measured with the next one.
    await world.refresh();
    const page = await world.browser.open(`${bareOrigin}/empty.html`, {
      init: call(notePaint, 'body', 1),
    });
    const bare = await page.run(paintedAt);
    const bareMarks = await page.run(pageMarks);
    await page.close();
    const withFiles = await paintFiles(world, `${bareOrigin}/page.html`);
    if (round < warmUp) continue;
    take(own, [...marks, ['painted', painted]], 0);
    take(others, [...bareMarks, ['painted', bare]], 0);
    ofFiles.push(withFiles);
  }
  return [
    ...rowsOf(`popup, ${listed} orders`, own, others, 'painted'),
    row('beside it: a page with one script and one style, which show a line: painted', ofFiles, {
      bare: others.get('painted') ?? [],
    }),
  ];
}

async function paintFiles({ browser }: World, url: string): Promise<number> {
  const page = await browser.open(url, { init: call(notePaint, 'p', 1) });
  const painted = await page.run(paintedAt);
  await page.close();
  return painted;
}

/* What follows runs in the worker. */

function beginning(): number {
  return performance.timeOrigin;
}
