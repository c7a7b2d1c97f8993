import { row, type Part, type Row } from './report.ts';
import { untilPainted, watchPaint } from '#tests/bench/support/click-to-paint.ts';
import { oldestOrderId, writeHistory } from '#tests/bench/support/write-history.ts';
import type { Tab } from '#tests/bench/support/tab.ts';
import { openWorld, type World } from '#tests/bench/support/world.ts';

const sizes = [50, 1000, 10_000];
const switches = 30;
const pages = 20;
const searches = 10;
const page = 50;

/** The tab "History", with few cancellations written down and many. */
export async function measureHistory(): Promise<Part> {
  const world = await openWorld({
    accounts: ['ripio'],
    sandbox: { ripio: { seed: false, limits: false } },
  });
  try {
    const rows: Row[] = [];
    let written = 0;
    for (const size of sizes) {
      await writeHistory(
        { run: world.helper.run, killWorker: () => world.worker.kill() },
        written,
        size,
      );
      written = size;
      rows.push(...(await measureSize(world, size)));
    }
    return {
      title: '5. History',
      rows,
      notes: [
        'The rows are made by Pullcord’s own steps of a cancellation and sealed by its own sealer with the vault’s key, then put into its database: cancelling 10,000 orders takes hours at Ripio Trade’s limits.',
        'From the click, or the last key, to the first task after the frame that shows the result.',
      ],
    };
  } finally {
    await world.close();
  }
}

async function measureSize(world: World, size: number): Promise<Row[]> {
  const popup = await world.openPopup();
  const opened: number[] = [];
  await popup.run(untilThere, '#tab-history');
  for (let round = 0; round <= switches; round++) {
    opened.push(await clickToItems(popup, '#tab-history', Math.min(size, page)));
    await popup.click('#tab-orders');
  }
  const target = { words: '100 ms', most: 100 };
  const rows = [
    row(`${size} cancellations: "History" → first ${page}`, opened.slice(1), { target }),
  ];

  await clickToItems(popup, '#tab-history', Math.min(size, page));
  const more: number[] = [];
  for (let shown = 2; shown <= pages + 1 && shown * page <= size; shown++) {
    more.push(await clickToItems(popup, '.history .more', shown * page));
  }
  if (more.length > 0) {
    rows.push(row(`${size} cancellations: "Show ${page} more"`, more, { target }));
  }
  if (await popup.run(isThere, searchbox)) {
    rows.push(row(`${size} cancellations: search of the oldest`, await measureSearch(popup)));
  }
  await popup.close();
  return rows;
}

const searchbox = '[aria-label="Find in history"]';

async function clickToItems(popup: Tab, selector: string, items: number): Promise<number> {
  await popup.hover(selector);
  await popup.run(watchPaint, 'click', '.history-item', items);
  await popup.press();
  return popup.run(untilPainted);
}

/** The id is there at once, as if pasted. */
async function measureSearch(popup: Tab): Promise<number[]> {
  const samples: number[] = [];
  for (let round = 0; round < searches; round++) {
    await popup.click(searchbox);
    await popup.run(watchPaint, 'input', '.history-item', 1);
    await popup.session.send('Input.insertText', { text: oldestOrderId });
    samples.push(await popup.run(untilPainted));
    await popup.run(watchPaint, 'input', '.history-item', page);
    await popup.run(clear, searchbox);
    await popup.run(untilPainted);
  }
  return samples;
}

/* What follows runs in the page. */

function isThere(selector: string): boolean {
  return document.querySelector(selector) !== null;
}

function untilThere(selector: string): Promise<void> {
  return new Promise((resolve) => {
    const look = () => (document.querySelector(selector) ? resolve() : requestAnimationFrame(look));
    look();
  });
}

function clear(selector: string): void {
  const field = document.querySelector<HTMLInputElement>(selector);
  if (!field) return;
  field.value = '';
  field.dispatchEvent(new Event('input', { bubbles: true }));
}
