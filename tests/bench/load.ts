import { setTimeout as pause } from 'node:timers/promises';
import { row, type Part, type Row, type Target } from './report.ts';
import { summary } from './summary.ts';
import type { Click } from '#tests/bench/support/click.ts';
import { clicksInTurn } from '#tests/bench/support/clicks-in-turn.ts';
import { untilPainted, watchPaint } from '#tests/bench/support/click-to-paint.ts';
import {
  addVenues,
  allVenues,
  emptyBooks,
  spreadOrders,
} from '#tests/bench/support/full-profile.ts';
import { notePaint, paintedAt } from '#tests/bench/support/painted.ts';
import { call, liveHeap } from '#tests/bench/support/session.ts';
import type { Tab } from '#tests/bench/support/tab.ts';
import type { Venues } from '#tests/bench/support/venues.ts';
import { keySeen, watchKey } from '#tests/bench/support/watch-key.ts';
import { openWorld, type World } from '#tests/bench/support/world.ts';
import { oldestOrderId, orderIdOf, writeHistory } from '#tests/bench/support/write-history.ts';

/** Open orders, and rows of history. */
interface Size {
  readonly orders: number;
  readonly rows: number;
}
const sizes: readonly Size[] = [
  { orders: 1000, rows: 10_000 },
  { orders: 10_000, rows: 100_000 },
];
/** From one size to the next. */
const growth = 10;

/** Beside the one in which orders are cancelled: five accounts each. */
const furtherSandboxes = 3;

const rounds = 8;
const readings = 4;
const clicksWarm = 40;
const clicksCold = 8;
const searches = 3;
const typed = '4321098765';
/** More rows than a popup 560 pixels high shows at once. */
const firstScreen = 8;
const passphrase = 'correct horse battery staple';
const searchbox = '[aria-label="Find in history"]';

/** What a profile costs that has very much in it, beside one that has nothing, in the same run. */
export async function measureLoad(): Promise<Part> {
  const empty = await openWorld({ accounts: ['btcturk'], sandbox: emptyBooks });
  const full = await openWorld({ accounts: allVenues, sandbox: emptyBooks });
  const further: Venues[] = [];
  try {
    for (let count = 0; count < furtherSandboxes; count++) {
      further.push(await addVenues(full, count + 2));
    }
    const rows = await measureSize(empty, 'empty');
    let written = 0;
    let before: readonly Row[] | undefined;
    for (const size of sizes) {
      await spreadOrders(further, size.orders);
      const place = { run: full.helper.run, killWorker: () => full.worker.kill() };
      await writeHistory(place, written, size.rows);
      written = size.rows;
      await full.refresh();
      const name = `${size.orders} orders, ${size.rows} rows`;
      before = await measureSize(full, name, size.rows, before);
      rows.push(...before);
    }
    rows.push(...(await measureClicks(empty, full)));
    return {
      title: '8. Load',
      rows,
      notes: [
        'Twenty accounts on all five venues, open orders on twelve of them; the empty profile has one account. The history is written as in part 5.',
        'A tenth stands beside the whole: what grows no worse than linearly is at most ten times as much.',
        'Unlock and lock: from the message to the answer, by which the view is written. Unlocking derives the key from the passphrase.',
        'Clicks are made in turn in the one browser and the other, with a popup open in both.',
      ],
    };
  } finally {
    await empty.close();
    await full.close();
    for (const venues of further) venues.stop();
  }
}

async function measureSize(
  world: World,
  name: string,
  written = 0,
  tenth?: readonly Row[],
): Promise<Row[]> {
  const grown = (index: number): { target?: Target } => {
    const figure = tenth?.[index]?.figures.median;
    return figure === undefined
      ? {}
      : { target: { words: `${growth} × a tenth’s`, most: figure * growth } };
  };
  const rows: Row[] = [];
  const add = (what: string, samples: readonly number[], unit: 'ms' | 'MB' = 'ms') =>
    rows.push(row(`${name}: ${what}`, samples, { unit, ...grown(rows.length) }));

  const { locks, unlocks } = await measureLocks(world);
  add('lock → answered', locks);
  add('unlock → answered', unlocks);
  add('popup, navigation → first screen', await measurePopup(world, written > 0));
  add('all accounts read', await measureReadings(world));
  const popup = await world.openPopup();
  await popup.run(untilThere, '#tab-history');
  add('memory of the popup', [(await liveHeap(popup.session)) / 1e6], 'MB');
  add('memory of the worker', [(await world.worker.attached(heapOf)) / 1e6], 'MB');
  if (written > 0) {
    const { newest, oldest, keys } = await measureSearch(popup, written);
    add('search, what is found among the newest → on screen', newest);
    add('search, the oldest → on screen', oldest);
    add('search under way, a key → next frame', keys);
    add(
      'after searches, memory of the worker',
      [(await world.worker.attached(heapOf)) / 1e6],
      'MB',
    );
  }
  await popup.close();
  return rows;
}

function heapOf({ session }: Pick<Tab, 'session'>): Promise<number> {
  return liveHeap(session);
}

async function measureLocks({ helper }: World): Promise<{ locks: number[]; unlocks: number[] }> {
  const locks: number[] = [];
  const unlocks: number[] = [];
  for (let round = 0; round <= rounds; round++) {
    locks.push(await helper.run(timed, { kind: 'lock' }));
    unlocks.push(await helper.run(timed, { kind: 'unlock', passphrase }));
  }
  return { locks: locks.slice(1), unlocks: unlocks.slice(1) };
}

/** With no order there is none to wait for: then until it says so. */
async function measurePopup(world: World, hasOrders: boolean): Promise<number[]> {
  const samples: number[] = [];
  for (let round = 0; round <= rounds; round++) {
    const [selector, count] = hasOrders ? ['[role=listitem]', firstScreen] : ['#panel h2', 1];
    const popup = await world.openPopup({ init: call(notePaint, selector, count) });
    samples.push(await popup.run(paintedAt));
    await popup.close();
    await world.refresh();
  }
  return samples.slice(1);
}

/** At a pace at which none waits for the venues’ limits. */
async function measureReadings({ helper }: World): Promise<number[]> {
  const samples: number[] = [];
  for (let round = 0; round < readings; round++) {
    await pause(2500);
    samples.push(await helper.run(timed, { kind: 'refresh', byUser: false }));
  }
  return samples;
}

/** Ids are there at once, as if pasted; keys come while a search for what is nowhere goes on. */
async function measureSearch(popup: Tab, written: number) {
  const page = 50;
  await popup.hover('#tab-history');
  await popup.run(watchPaint, 'click', '.history-item', page);
  await popup.press();
  await popup.run(untilPainted);
  const find = async (text: string, items: number) => {
    await popup.run(watchPaint, 'input', '.history-item', items);
    await popup.session.send('Input.insertText', { text });
    return popup.run(untilPainted);
  };
  const clear = async () => {
    await popup.run(watchPaint, 'input', '.history-item', page);
    await popup.run(emptyField, searchbox);
    await popup.run(untilPainted);
  };
  await popup.click(searchbox);
  const newest: number[] = [];
  const oldest: number[] = [];
  const keys: number[] = [];
  for (let round = 0; round < searches; round++) {
    newest.push(await find(orderIdOf(written), 1));
    await clear();
    oldest.push(await find(oldestOrderId, 1));
    await clear();
    await find('nowhere', 0);
    for (const key of typed) {
      await popup.run(watchKey);
      await popup.type(key);
      keys.push(await popup.run(keySeen));
      // By then what has been typed is being sought.
      await pause(250);
    }
    await clear();
  }
  return { newest, oldest, keys };
}

/** In turn, so that both meet the same machine. */
async function measureClicks(empty: World, full: World): Promise<Row[]> {
  const sides = [{ world: empty }, { world: full }];
  const venue = 'btcturk';
  const [warmEmpty, warmFull] = await clicksInTurn(sides, { venue, count: clicksWarm });
  const [coldEmpty, coldFull] = await clicksInTurn(sides, {
    venue,
    count: clicksCold,
    before: ({ worker }) => worker.kill(),
  });
  const most = summary(arrivals(warmEmpty)).median + 2;
  return [
    row('empty: click → arrival', arrivals(warmEmpty)),
    row('full: click → arrival', arrivals(warmFull), {
      target: { words: 'empty + 2 ms', most },
    }),
    row('empty: click → "Cancelled" on screen', proofs(warmEmpty)),
    row('full: click → "Cancelled" on screen', proofs(warmFull)),
    row('empty, worker dead: click → arrival', arrivals(coldEmpty)),
    row('full, worker dead: click → arrival', arrivals(coldFull)),
  ];
}

const arrivals = (clicks: readonly Click[] = []) =>
  clicks.map(({ clicked, arrived }) => arrived - clicked);
const proofs = (clicks: readonly Click[] = []) =>
  clicks.map(({ clicked, proven }) => proven - clicked);

/* What follows runs in the page. */

async function timed(request: object): Promise<number> {
  const from = performance.now();
  const { ok } = await chrome.runtime.sendMessage<object, { ok: boolean }>(request);
  if (!ok) throw new Error(JSON.stringify(request));
  return performance.now() - from;
}

function untilThere(selector: string): Promise<void> {
  return new Promise((resolve) => {
    const look = () => (document.querySelector(selector) ? resolve() : requestAnimationFrame(look));
    look();
  });
}

function emptyField(selector: string): void {
  const field = document.querySelector<HTMLInputElement>(selector);
  if (!field) return;
  field.value = '';
  field.dispatchEvent(new Event('input', { bubbles: true }));
}
