/* oxlint-disable unicorn/consistent-function-scoping -- a function that runs elsewhere can take nothing along */

import { execFileSync } from 'node:child_process';
import { shortestTime } from './documented-limits.ts';
import { row, type Part, type Row } from './report.ts';
import { summary } from './summary.ts';
import {
  bareCancels,
  bareVenues,
  signedFetch,
  type BareVenue,
  type SignedRequest,
} from '#tests/bench/support/signed-fetch.ts';
import type { Tab } from '#tests/bench/support/tab.ts';
import { openWorld, ordersFor, shippedBuild, type World } from '#tests/bench/support/world.ts';

/** Orders in all, and how often they are cancelled. */
const unlimited = [
  { count: 50, rounds: 7 },
  { count: 500, rounds: 3 },
  { count: 2000, rounds: 2 },
];
const limited = [50, 500, 2000];

/** “Cancel all” on five venues: how long the work takes, and how long the venues' limits make it take. */
export async function measureCancelAll(): Promise<Part> {
  const build = buildWithoutLimits();
  const rows: Row[] = [];
  await inWorld(build, false, async (world) => {
    for (const { count, rounds } of unlimited) {
      const own = await sweepOften(world, count, rounds);
      const bare: number[] = [];
      for (let round = 0; round < rounds; round++) bare.push(await sendBare(world, count));
      rows.push(
        row(
          `${count} orders, no limits: click → last one gone`,
          own.map(({ gone }) => gone),
          { target: { words: '1.5 × bare fetches', most: 1.5 * summary(bare).median } },
        ),
        row(`${count} orders, no limits: ${count} bare fetches → last one gone`, bare),
        row(
          `${count} orders, no limits: click → all proven`,
          own.map(({ ended }) => ended),
        ),
        row(
          `${count} orders, no limits: requests to cancel`,
          own.map(({ requests }) => requests),
          { unit: 'requests' },
        ),
      );
    }
  });
  await inWorld(shippedBuild, true, async (world) => {
    for (const count of limited) {
      const own = await sweepOften(world, count, 1);
      const least = shortestTime(count / bareVenues.length);
      rows.push(
        row(
          `${count} orders, documented limits: click → last one gone`,
          own.map(({ gone }) => gone),
          {
            target: {
              words: `1.1 × the minimum of ${least / 1000} s, or 1 s`,
              most: Math.max(1.1 * least, 1000),
            },
          },
        ),
        row(
          `${count} orders, documented limits: click → all proven`,
          own.map(({ ended }) => ended),
        ),
        row(
          `${count} orders, documented limits: refused with 429`,
          own.map(({ refused }) => refused),
          { unit: 'requests' },
        ),
      );
    }
  });
  return {
    title: '3. Cancel all',
    rows,
    notes: [
      'Equal parts on BtcTurk, Habit Trade, OX.FUN, Ripio Trade and ZTDX, no protective orders, three or four symbols each.',
      'Without limits: a build of the extension whose budgets are always empty, since Pullcord keeps to the documented limits by itself.',
      'Bare fetches: one signed cancel for each order from the same worker, twelve at a time to each venue. Pullcord sends batches where it can.',
      'The minimum is arithmetic: when the last request that is needed may be sent; it knows neither round trips nor the time that a venue takes. In the sandbox BtcTurk, Habit Trade and OX.FUN act 30 ms after their reply.',
      '"All proven": the popup says that it has ended, which takes an empty reading of every account.',
    ],
  };
}

/** The product has no switch that would let it overstep limits, so a build with other budgets is measured. */
function buildWithoutLimits(): string {
  const config = ['-c', 'tests/bench/without-limits/wxt.config.ts'];
  execFileSync('wxt', ['build', '--mode', 'sandbox', ...config], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, NODE_ENV: 'production' },
  });
  return 'chrome-mv3-sandbox-without-limits';
}

async function inWorld(
  build: string,
  limits: boolean,
  task: (world: World) => Promise<void>,
): Promise<void> {
  const options = { seed: false, limits };
  const world = await openWorld({
    accounts: bareVenues,
    build,
    sandbox: {
      btcturk: { ...options, refuseReplays: false },
      'habit-trade': options,
      'ox-fun': options,
      ripio: { ...options, requestsPerSecond: 1 },
      ztdx: options,
    },
  });
  try {
    await task(world);
  } finally {
    await world.close();
  }
}

interface Sweep {
  /** From the click: when no book had an open order any more, and when the popup said that it has ended. */
  readonly gone: number;
  readonly ended: number;
  readonly requests: number;
  /** Requests of any kind that came too soon for the venue. */
  readonly refused: number;
}

async function sweepOften(world: World, count: number, rounds: number): Promise<Sweep[]> {
  const sweeps: Sweep[] = [];
  const popup = await world.openPopup();
  for (let round = 0; round < rounds; round++) {
    await fill(world, count);
    sweeps.push(await sweep(world, popup));
  }
  await popup.close();
  return sweeps;
}

async function fill({ venues, refresh }: World, count: number) {
  await venues.clear();
  const placed = new Map<BareVenue, Awaited<ReturnType<typeof venues.place>>>();
  for (const venue of bareVenues) {
    const orders = ordersFor(venue, count / bareVenues.length);
    placed.set(venue, await venues.place(venue, orders));
  }
  await refresh();
  return placed;
}

async function sweep({ venues }: World, popup: Tab): Promise<Sweep> {
  await clickButton(popup, 'body', 'Cancel all');
  await popup.run(markButton, 'dialog[open]', 'Cancel ');
  await popup.hover('[data-bench]');
  await popup.run(watchSweep);
  await venues.watchBooks();
  await popup.press();
  const { clicked, ended } = await popup.run(sweepSeen);
  const gone = await venues.booksEmptied();
  const counts = await venues.requestCounts();
  await clickButton(popup, 'section[aria-label="Cancel all"]', 'Close');
  await popup.leave();
  return {
    gone: gone - clicked,
    ended: ended - clicked,
    requests: countOf(counts, ' cancel'),
    refused: countOf(counts, ' 429'),
  };
}

function countOf(counts: Readonly<Record<string, number>>, part: string): number {
  return Object.entries(counts)
    .filter(([name]) => name.includes(part))
    .reduce((sum, [, count]) => sum + count, 0);
}

async function clickButton(popup: Tab, within: string, name: string): Promise<void> {
  await popup.run(markButton, within, name);
  await popup.click('[data-bench]');
}

/** As many requests as there are orders, from the same worker; from the call until no book has an open order. */
async function sendBare(world: World, count: number): Promise<number> {
  const { venues, worker } = world;
  const placed = await fill(world, count);
  const requests = [...placed].flatMap(([venue, orders]) =>
    orders.map((order) => bareCancels[venue](venues.access(venue), order)),
  );
  await venues.watchBooks();
  const calledAt = await worker.attached(async ({ session, run }) => {
    const expression = `globalThis.benchFetch = ${signedFetch.toString()}`;
    await session.send('Runtime.evaluate', { expression });
    return run(sendAll, requests);
  });
  return (await venues.booksEmptied()) - calledAt;
}

/* What follows runs in the worker. */

/**
 * To each venue a few more at a time than the six connections that the browser opens: handed two thousand at once, it
 * fails some for want of resources, and their stamps grow old in its queue.
 */
async function sendAll(requests: readonly SignedRequest[]): Promise<number> {
  const atOnce = 12;
  const calledAt = performance.timeOrigin + performance.now();
  const send = async (queue: SignedRequest[]) => {
    for (let next = queue.shift(); next; next = queue.shift()) {
      const { status, reply } = await globalThis.benchFetch(next);
      if (status >= 300) throw new Error(`a bare cancel was answered ${status}: ${reply}`);
    }
  };
  const queues = Map.groupBy(requests, ({ url }) => new URL(url).origin);
  const senders = [...queues.values()].flatMap((queue) =>
    Array.from({ length: atOnce }, () => send(queue)),
  );
  await Promise.all(senders);
  return calledAt;
}

/* What follows runs in the page. */

/** Marks the button of this name, or whose name begins so where it ends in a space; waits until it is there. */
function markButton(within: string, name: string): Promise<void> {
  return new Promise((resolve) => {
    const look = () => {
      for (const marked of document.querySelectorAll('[data-bench]')) {
        marked.removeAttribute('data-bench');
      }
      const found = [...document.querySelectorAll(`:is(${within}) button`)].find((button) => {
        const text = button.textContent.trim();
        const isNamed = name.endsWith(' ') ? text.startsWith(name) : text === name;
        return isNamed && button.ariaDisabled !== 'true';
      });
      found?.setAttribute('data-bench', '');
      if (found) resolve();
      else requestAnimationFrame(look);
    };
    look();
  });
}

function watchSweep(): void {
  const patience = 600_000;
  globalThis.sweepSeen = new Promise((resolve, reject) => {
    const onClick = ({ timeStamp }: Event) => {
      const clicked = performance.timeOrigin + timeStamp;
      const observer = new MutationObserver(() => {
        const buttons = document.querySelectorAll('section[aria-label="Cancel all"] button');
        if (![...buttons].some(({ textContent }) => textContent.trim() === 'Close')) return;
        observer.disconnect();
        resolve({ clicked, ended: performance.timeOrigin + performance.now() });
      });
      observer.observe(document, { childList: true, subtree: true, characterData: true });
    };
    addEventListener('click', onClick, { capture: true, once: true });
    setTimeout(() => reject(new Error('“Cancel all” did not end')), patience);
  });
}

function sweepSeen() {
  return globalThis.sweepSeen;
}

declare global {
  var sweepSeen: Promise<{ clicked: number; ended: number }>;
  var benchFetch: typeof signedFetch;
}
