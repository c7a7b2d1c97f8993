import type { Page } from '@playwright/test';
import { expect, openedLookup, test } from '#tests/e2e/support/desk.ts';
import type { Extension } from '#tests/e2e/support/extension.ts';
import type { PopupPage } from '#tests/e2e/support/pages.ts';

/** A page on a site that the user has switched on may be anybody’s: it has nothing but what is in it. */

test.use({ accounts: ['btcturk', 'ripio'] });

/** Where the browser goes instead. */
const refused = 'chrome-error://chromewebdata/';

async function switchOn(popup: PopupPage): Promise<void> {
  const answer = await popup.page.evaluate(() =>
    chrome.runtime.sendMessage({ kind: 'switch-site', site: 'http://127.0.0.1/*', on: true }),
  );
  expect(answer).toMatchObject({ ok: true });
}

/** What the worker has been told of right-clicks. */
async function told(extension: Extension): Promise<unknown> {
  const worker = await extension.worker();
  const { pointed } = await worker.evaluate(() => chrome.storage.session.get('pointed'));
  return pointed;
}

test('a page can neither click, nor reach the extension, nor put another order under a click', async ({
  extension,
  listed,
  menu,
  popup,
  sandbox,
  site,
}) => {
  const { book, requests } = sandbox.venues.btcturk;
  const { id } = await listed('btcturk');
  const { id: other } = await listed('btcturk');
  await switchOn(popup);
  const address = site.put(`<p id=id>${id}</p><p id=changing>${id}</p><p id=words>Nothing here</p>
    <p><a id=own href="${extension.url('lookup.html')}#1">a page of the extension</a></p>`);
  const page = await extension.context.newPage();
  await page.goto(address);

  await test.step('clicks and messages that a script makes are nobody’s', async () => {
    expect(await page.evaluate(pretend, extension.url('popup.html'))).toEqual({
      api: 'none',
      events: 6,
    });
    expect(await told(extension)).toBeUndefined();
  });

  await test.step('no page or file of the extension opens to it', async () => {
    expect(await page.evaluate(reach, extension.url('popup.html'))).toEqual({
      'fetch popup.html': 'refused',
      'fetch pointer.js': 'refused',
      'import background.js': 'refused',
      'frame popup.html': 'closed to the page',
    });
    for (const frame of page.frames()) expect(frame.url()).not.toContain('chrome-extension:');

    const opened = extension.context.waitForEvent('page');
    await page.evaluate((name) => void window.open(name), extension.url('popup.html'));
    const tab = await opened;
    await expect.poll(() => tab.url()).toBe(refused);
    await tab.close();
    await page.locator('#own').click();
    await expect.poll(() => page.url()).toBe(refused);
    await page.goto(address);
  });

  await test.step('what it writes under the pointer once the button is down is not taken', async () => {
    await page.evaluate((text) => {
      const place = document.querySelector('#changing');
      place?.addEventListener('pointerdown', () => (place.textContent = text));
    }, other);
    const lookup = await openedLookup(page, () =>
      menu.cancelUnderPointer(page.locator('#changing')),
    );
    await expect(page.locator('#changing')).toHaveText(other);
    await expect(lookup.heading('No order id there')).toBeVisible();
    await lookup.page.close();
  });

  await test.step('a menu that it holds back leaves nothing for the next one', async () => {
    await page.evaluate(() => {
      addEventListener('contextmenu', (event) => event.preventDefault(), { once: true });
    });
    await page.locator('#id').click({ button: 'right', position: { x: 20, y: 9 } });
    await expect.poll(() => told(extension)).toMatchObject({ ids: [id] });
    const lookup = await openedLookup(page, () => menu.cancelUnderPointer(page.locator('#words')));
    await expect(lookup.heading('No order id there')).toBeVisible();
    await lookup.page.close();
  });

  await test.step('nor does writing all of itself anew', async () => {
    await menu.leave(await menu.open(page.locator('#id')));
    await expect.poll(() => told(extension)).toMatchObject({ ids: [id] });
    await page.evaluate((text) => {
      document.open();
      document.write(`<title>Site</title><p id=id>${text}</p><p id=words>Nothing here</p>`);
      document.close();
    }, id);
    const lookup = await openedLookup(page, () => menu.cancelUnderPointer(page.locator('#words')));
    await expect(lookup.heading('No order id there')).toBeVisible();
    await lookup.page.close();
  });

  expect(requests.of('cancel')).toEqual([]);
  expect(sandbox.venues.ripio.requests.of('cancel')).toEqual([]);
  expect([book.find(id)?.status, book.find(other)?.status]).toEqual(['open', 'open']);

  await test.step('a click of the user’s goes on working', async () => {
    await menu.cancelUnderPointer(page.locator('#id'));
    await expect.poll(() => book.find(id)?.status).toBe('cancelled');
    expect(book.find(other)?.status).toBe('open');
  });
});

test('a page learns nothing from a right-click, and 10,000 ids in it cost nothing', async ({
  extension,
  listed,
  menu,
  popup,
  sandbox,
  site,
}) => {
  const { book } = sandbox.venues.btcturk;
  const { id } = await listed('btcturk');
  await switchOn(popup);
  const rows = Array.from({ length: 10_000 }, (_, index) => `<tr><td>${26_947_521_000 + index}`);
  const address = site.put(`<p id=id>${id}</p><table>${rows.join('')}</table>`);
  const asked = site.asked.length;
  const page = await extension.context.newPage();
  const otherwise = await extension.context.newPage();

  await page.goto(address);
  const before = await page.evaluate(watch);
  // The browser itself asks for an icon.
  await expect.poll(() => site.asked).toContain('/favicon.ico');
  const loads = site.asked.slice(asked);
  await menu.cancelUnderPointer(page.locator('#id'));
  await expect.poll(() => book.find(id)?.status).toBe('cancelled');
  expect(await page.evaluate(seen)).toEqual(before);
  expect(site.asked.slice(asked)).toEqual(loads);

  // The same page under a name that is not switched on. The quickest of several, since anything may come between.
  const times = { on: Infinity, off: Infinity };
  for (let turn = 0; turn < 4; turn++) {
    times.on = Math.min(times.on, await timeOf(page, address));
    times.off = Math.min(
      times.off,
      await timeOf(otherwise, address.replace('127.0.0.1', 'localhost')),
    );
  }
  expect(times.on).toBeLessThan(5 * times.off + 50);
});

/** How long a page is busy with being loaded, changed and right-clicked, in milliseconds, by its own clock. */
async function timeOf(page: Page, address: string): Promise<number> {
  await page.bringToFront();
  await page.goto(address);
  const loaded = await page.evaluate(() => {
    const start = performance.now();
    for (const row of document.querySelectorAll('td')) row.textContent += '0';
    document.body.getBoundingClientRect();
    for (let count = 0; count < 1000; count++) {
      document.body.dispatchEvent(new MouseEvent('contextmenu', { bubbles: true, button: 2 }));
    }
    addEventListener('contextmenu', (event) => {
      event.preventDefault();
      document.title = String(performance.now() - event.timeStamp);
    });
    return performance.now() - start;
  });
  await page.locator('td').nth(5).click({ button: 'right' });
  await expect(page).toHaveTitle(/^[\d.]+$/);
  return loaded + Number(await page.title());
}

/** Everything that a page can do in order to be taken for a user or for the extension. */
async function pretend(popup: string): Promise<{ api: string; events: number }> {
  const place = document.querySelector('#id');
  const { left = 0, top = 0 } = place?.getBoundingClientRect() ?? {};
  const where = { clientX: left + 9, clientY: top + 9, button: 2, buttons: 2, bubbles: true };
  let events = 0;
  for (const name of ['pointerdown', 'mousedown', 'pointerup', 'contextmenu', 'auxclick']) {
    place?.dispatchEvent(new PointerEvent(name, { ...where, composed: true, cancelable: true }));
    events++;
  }
  const message = { kind: 'right-clicked', ids: [place?.textContent] };
  dispatchEvent(new CustomEvent('right-clicked', { detail: message }));
  events++;
  window.postMessage(message, '*');
  window.postMessage({ kind: 'cancel-all', filter: {}, withProtective: true }, '*');
  const { runtime } = (globalThis as { chrome?: { runtime?: typeof chrome.runtime } }).chrome ?? {};
  await runtime?.sendMessage(new URL(popup).hostname, message).catch(() => undefined);
  // Whoever listens has heard it by then.
  await new Promise((resolve) => {
    addEventListener('message', ({ data }) => data === 'last' && resolve(undefined));
    window.postMessage('last', '*');
  });
  return { api: runtime ? 'there' : 'none', events };
}

/** Which of the extension's pages and files a page gets to. */
async function reach(popup: string): Promise<Record<string, string>> {
  const at = (name: string) => new URL(name, popup).href;
  const asked = {
    'fetch popup.html': fetch(popup),
    'fetch pointer.js': fetch(at('pointer.js')),
    'import background.js': import(at('background.js')),
  };
  const ends = await Promise.allSettled(Object.values(asked));
  const frame = document.createElement('iframe');
  frame.src = popup;
  const loaded = new Promise((resolve) => frame.addEventListener('load', resolve));
  document.body.append(frame);
  await loaded;
  return {
    ...Object.fromEntries(
      Object.keys(asked).map((name, index) => [
        name,
        ends[index]?.status === 'rejected' ? 'refused' : 'given',
      ]),
    ),
    'frame popup.html': frame.contentDocument === null ? 'closed to the page' : 'open to the page',
  };
}

interface Watched {
  readonly html: string;
  readonly names: readonly string[];
  readonly changes: number;
  readonly messages: number;
}

interface Watching {
  watched?: () => Watched;
}

/** What of the extension could be seen in a page. */
function watch(): Watched {
  let changes = 0;
  let messages = 0;
  new MutationObserver((records) => (changes += records.length)).observe(document, {
    subtree: true,
    childList: true,
    attributes: true,
    characterData: true,
  });
  addEventListener('message', () => messages++);
  const watched = () => ({
    html: document.documentElement.outerHTML,
    names: [...Object.getOwnPropertyNames(window), ...Object.keys(localStorage)],
    changes,
    messages,
  });
  (window as Watching).watched = watched;
  return watched();
}

function seen(): Watched | undefined {
  return (window as Watching).watched?.();
}
