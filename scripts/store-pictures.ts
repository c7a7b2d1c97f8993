/**
 * The stores' pictures, five in each language, into `docs/store/`: the built extension on the sandbox's venues, each under its caption; and
 * of the English popup by itself README's two, into `docs/`. What marks an account as the sandbox's is taken off: on an account of a venue
 * there is nothing in its place.
 */
import { execFileSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { venueNames } from '#lib/domain/venue-id.ts';
import { languages } from '#locales/catalogue.ts';
import { inLanguage, launchExtension, type OwnExtension } from '#tests/e2e/support/extension.ts';
import { OptionsPage, PopupPage } from '#tests/e2e/support/pages.ts';
import { startSandbox, type Sandbox, type SandboxVenueName } from '#tests/sandbox/sandbox.ts';
import { sayIn } from '#tests/support/say.ts';

const docs = join(import.meta.dirname, '../docs');
const store = join(docs, 'store');
const popupSize = { width: 400, height: 560 };
/** Of a popup's picture, a window's and a page's, to the size they have in the browser. */
const [popupScale, windowScale, pageScale] = [1.3, 1.2, 1.1];
/** In place of the system's own one, which is another everywhere (Debian's packages fonts-inter and fonts-noto-cjk). */
const font = "Inter, 'Noto Sans CJK HK', sans-serif";
const wanted = process.argv.slice(2);

const accounts = {
  btcturk: 'Lira',
  ripio: 'Reais',
  binance: 'Majors',
  kraken: 'Spot',
  ztdx: 'Futures',
  'habit-trade': 'Shares',
} satisfies {
  [Name in SandboxVenueName]?: string;
};

/** Few, so that the next account is seen below them. */
const minute = 60_000;
const liraOrders = [
  {
    symbol: 'ETHTRY',
    side: 'buy',
    price: '151200',
    quantity: '1.4',
    ageMs: 19 * 60 * minute,
    clientOrderId: 'grid-eth-01',
  },
  {
    symbol: 'SOLTRY',
    side: 'buy',
    price: '6240',
    quantity: '12',
    clientOrderId: 'm7',
    ageMs: 5 * 60 * minute,
  },
  {
    symbol: 'BTCTRY',
    side: 'sell',
    price: '4985000',
    quantity: '0.08',
    ageMs: 24 * minute,
    clientOrderId: 'swing-12',
  },
] as const;

execFileSync('npm', ['run', '--silent', 'build:sandbox'], {
  stdio: ['ignore', 'ignore', 'inherit'],
});

for (const language of Object.keys(languages)) {
  if (wanted.length > 0 && !wanted.includes(language)) continue;
  const sandbox = await startSandbox({ btcturk: { seed: false } });
  for (const order of liraOrders) sandbox.venues.btcturk.book.place(order);
  const browser = await launchExtension({ env: inLanguage(language) });
  try {
    await drawAll(browser, sandbox, language);
  } finally {
    await browser.close();
    await sandbox.stop();
  }
  console.log(join(store, language));
}

async function drawAll(browser: OwnExtension, sandbox: Sandbox, language: string): Promise<void> {
  const say = sayIn(language);
  const captions = (await readFile(join(store, language, 'captions.txt'), 'utf8'))
    .trim()
    .split('\n');
  const easel = await browser.context.newPage();
  await easel.setViewportSize({ width: 1280, height: 800 });
  let drawn = 0;
  /** `alone`: what README calls it. */
  const draw = async (shooting: Promise<Shot>, alone?: string) => {
    const shot = await shooting;
    const caption = captions[drawn++] ?? '';
    await easel.setContent(framed(shot, caption, say('language')));
    await easel.evaluate(() => document.fonts.ready);
    await easel.screenshot({ path: join(store, language, `${drawn}.png`) });
    if (alone === undefined || language !== 'en') return;
    await easel.setContent(pictureOf(shot));
    const path = join(docs, `${alone}.png`);
    await easel.locator('img').screenshot({ path, omitBackground: true });
  };

  const options = new OptionsPage(await dress(await browser.open('options.html')), say);
  await setUp(options, sandbox);
  const popup = new PopupPage(await dress(await browser.open('popup.html')), say);
  await popup.page.setViewportSize(popupSize);
  await draw(openOrders(popup), 'popup-light');
  await draw(ends(popup, sandbox), 'popup-dark');
  await draw(cancelAll(popup));
  await draw(lookup(browser, popup, sandbox));
  await draw(settings(options));
}

async function setUp(options: OptionsPage, sandbox: Sandbox): Promise<void> {
  await options.createVault();
  for (const [venue, label] of Object.entries(accounts)) {
    const access = sandbox.list.find((each) => each.venue === venue);
    if (!access) throw new Error(`the sandbox has no ${venue}`);
    const venueName = venueNames[venue as SandboxVenueName];
    await options.fillAccount({ ...access, venueName, label });
    await options.save();
    await options.account(label).waitFor();
  }
}

async function openOrders(popup: PopupPage): Promise<Shot> {
  await popup.orders.getByRole('listitem').nth(3).waitFor();
  return shoot(popup.page, popupScale);
}

/** One order of each: cancelled, filled, taken and not proven yet. */
async function ends(popup: PopupPage, { venues: { btcturk } }: Sandbox): Promise<Shot> {
  const [first, second, third] = btcturk.book.open().toReversed();
  if (!first || !second || !third) throw new Error('too few orders');
  btcturk.faults.add('cancel', { kind: 'accept-then-fill', delayMs: 1 }, { orderId: second.id });
  btcturk.faults.add('cancel', { kind: 'accept-and-forget' }, { orderId: third.id });
  for (const { id } of [first, second, third]) {
    await popup.cancelButton(id).click();
  }
  await popup.row(first.id).getByText(popup.say('state.cancelled')).first().waitFor();
  await popup.row(second.id).getByText(popup.say('state.filled')).first().waitFor();
  await popup.row(third.id).getByText(popup.say('state.accepted')).first().waitFor();
  return shoot(popup.page, popupScale, 'dark');
}

async function cancelAll(popup: PopupPage): Promise<Shot> {
  const dialog = await popup.openCancelAll();
  await dialog.keep.waitFor();
  const shot = await shoot(popup.page, popupScale);
  await dialog.keep.click();
  return shot;
}

/** Two ids in what was selected: the window asks which are meant. */
async function lookup(browser: OwnExtension, popup: PopupPage, { venues }: Sandbox): Promise<Shot> {
  const ids = [venues.btcturk.book.open()[0]?.id, venues.ripio.book.open()[0]?.id];
  const opened = browser.context.waitForEvent('page');
  await (
    await browser.worker()
  ).evaluate((selectionText) => {
    // The browser's own menu is out of reach here: what it tells of a click on its item.
    const clicked = chrome.contextMenus.onClicked as unknown as { dispatch(info: object): void };
    clicked.dispatch({ menuItemId: 'selection', selectionText });
  }, ids.join(' '));
  const page = await opened;
  await page.setViewportSize({ width: 480, height: 340 });
  await page.getByRole('checkbox').nth(1).waitFor();
  return shoot(await dress(page), windowScale);
}

/** Down to the end of the second account. */
async function settings(options: OptionsPage): Promise<Shot> {
  const { page } = options;
  await page.setViewportSize({ width: 640, height: 640 });
  await page.bringToFront();
  await page.evaluate(() => scrollTo(0, 0));
  const box = await options.account(accounts.ripio).boundingBox();
  if (!box) throw new Error('no account is shown');
  const height = Math.ceil(box.y + box.height);
  await page.setViewportSize({ width: 640, height });
  return shoot(page, Math.min(pageScale, 720 / height));
}

interface Shot {
  readonly png: string;
  readonly width: number;
  readonly scheme: Scheme;
}
type Scheme = 'light' | 'dark';

/** The font, and no mark of the sandbox. */
async function dress(page: Page): Promise<Page> {
  await page.evaluate((css) => {
    const style = new CSSStyleSheet();
    style.replaceSync(css);
    document.adoptedStyleSheets.push(style);
  }, `:root { --text: ${font} } .badge.sandbox, .badge.sandbox + .id { display: none }`);
  return page;
}

/** What a page shows, drawn anew at that size. */
async function shoot(page: Page, scale: number, scheme: Scheme = 'light'): Promise<Shot> {
  await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
  // What has just come up is drawn as not to be pressed yet, and while orders are read a sign turns.
  for (const passing of ['[data-fresh]', '.tool.reading']) {
    await page.locator(passing).first().waitFor({ state: 'detached' });
  }
  const { width, height } = page.viewportSize() ?? popupSize;
  const session = await page.context().newCDPSession(page);
  const { data } = await session.send('Page.captureScreenshot', {
    format: 'png',
    clip: { x: 0, y: 0, width, height, scale },
    captureBeyondViewport: true,
  });
  return { png: data, width: width * scale, scheme };
}

function framed(shot: Shot, caption: string, language: string): string {
  const { width, scheme } = shot;
  const [ground, ink] = scheme === 'light' ? ['#e4e9f5', '#171a21'] : ['#0c0e14', '#f1f3f8'];
  return `<!doctype html><html lang="${language}"><style>
    body { margin: 0; width: 1280px; height: 800px; display: grid; grid-template-columns: 1fr ${width}px;
      align-items: center; box-sizing: border-box; padding: 0 56px 0 64px; gap: 56px; background: ${ground};
      color: ${ink}; font-family: ${font}; }
    svg { width: 64px; height: 64px; display: block; margin-bottom: 32px; }
    h1 { margin: 0; font-size: 42px; line-height: 1.22; font-weight: 650; text-wrap: balance;
      word-break: keep-all; overflow-wrap: anywhere; }
    img { box-shadow: 0 10px 36px rgb(10 14 28 / 22%); }
  </style><main><svg viewBox="0 0 128 128"><rect width="128" height="128" rx="28" fill="#2b50c8" />
    <g fill="none" stroke="#fff" stroke-linejoin="round" stroke-width="12"><path d="M64 0v44" /><path d="M64 44 98 98H30z" /></g></svg>
    <h1>${caption}</h1></main>${pictureOf(shot)}</html>`;
}

function pictureOf({ png, width }: Shot): string {
  return `<img style="display: block; width: ${width}px; border-radius: 14px" src="data:image/png;base64,${png}">`;
}
