import type { Page } from '@playwright/test';
import { enterAddress } from '#tests/e2e/support/address-bar.ts';
import { expect, openedLookup, test } from '#tests/e2e/support/desk.ts';
import { alertPlace } from '#tests/e2e/support/firefox/own-window.ts';
import type { OwnExtension } from '#tests/e2e/support/extension.ts';
import { shownNotices, watchNotices } from '#tests/e2e/support/notices.ts';
import { RealPopup } from '#tests/e2e/support/real-popup.ts';
import type { Place, Screen } from '#tests/e2e/support/screen.ts';
import { accountLabels, faultsOf, orderFor } from '#tests/e2e/support/test.ts';
import { until } from '#tests/e2e/support/until.ts';

test.use({ accounts: ['habit-trade'] });

const titles = async (extension: OwnExtension) =>
  (await shownNotices(extension)).map(({ title }) => title);

test(
  'one notification for each act, in the words of its end; a click on it leads there',
  {
    tag: '@firefox',
  },
  async ({ display, extension, listed, popup, sandbox, site }) => {
    await watchNotices(extension);
    const own = await extension.open('manifest.json');
    const page = await extension.context.newPage();
    await page.goto(site.put('<p>Anything</p>'));
    const { book } = sandbox.venues['habit-trade'];

    await test.step('a part had filled', async () => {
      const { id } = await listed('habit-trade', { quantity: '1000' });
      book.fill(id, '600');
      await enterAddress(extension, page, display, id);
      await expect.poll(() => titles(extension)).toEqual(['Cancelled, filled 600 of 1000']);
      const [notice] = await shownNotices(extension);
      expect(notice?.message).toBe(
        `Buy 1000 DODO-USDT at 0.1185, ${accountLabels['habit-trade']} (Habit Trade), ${id}`,
      );
    });

    await test.step('several that were asked for together have one', async () => {
      const one = await listed('habit-trade');
      const two = await listed('habit-trade');
      const lookup = await openedLookup(page, () =>
        enterAddress(extension, page, display, `${one.id} ${two.id}`),
      );
      await expect(lookup.orders).toHaveCount(2);
      await lookup.cancelButton.click();
      await expect(lookup.orders.filter({ hasText: 'Cancelled' })).toHaveCount(2);
      await expect.poll(() => titles(extension)).toEqual([expect.any(String), '2 cancelled']);
      await lookup.page.close();
    });

    await test.step('one that was asked for in the popup has none while the popup is open', async () => {
      const { row, button } = await listed('habit-trade');
      await button.click();
      await expect(row).toContainText('Cancelled');
      expect(await titles(extension)).toHaveLength(2);
    });

    await test.step('closed before the end, the popup’s have one too', async () => {
      const { id, button } = await listed('habit-trade');
      const hold = sandbox.venues['habit-trade'].faults.hold('cancel');
      await button.click();
      await hold.arrived;
      await popup.page.close();
      hold.release();
      await expect.poll(() => titles(extension)).toHaveLength(3);
      expect((await shownNotices(extension)).at(-1)?.message).toContain(id);
    });

    await test.step('a click on it opens the popup there', async () => {
      await clearNotices(own);
      const fresh = book.place(orderFor('habit-trade'));
      await enterAddress(extension, page, display, fresh.id);
      await expect.poll(() => titles(extension)).toHaveLength(4);
      await page.bringToFront();
      await clickNotice(extension, display);
      const real = await RealPopup.find(extension);
      await expect.poll(() => real.text()).toContain(fresh.id);
      await expect
        .poll(() => real.run(() => document.activeElement?.textContent ?? ''))
        .toContain(fresh.id);
    });
  },
);

/** So that the next one stands alone. */
async function clearNotices(own: Page): Promise<void> {
  await own.evaluate(async () => {
    for (const id of Object.keys(await chrome.notifications.getAll())) {
      await chrome.notifications.clear(id);
    }
  });
}

/** As soon as it has come to rest. */
async function clickNotice({ inChrome }: OwnExtension, display: Screen): Promise<void> {
  let last = '';
  const place = await until(async () => {
    const found = inChrome
      ? ((await inChrome(alertPlace, undefined)) ?? undefined)
      : await findNotice(display);
    const now = JSON.stringify(found);
    const isAtRest = now === last;
    last = now;
    return isAtRest ? found : undefined;
  }, 'notification');
  await display.click(place.x + place.width / 2, place.y + place.height - 20);
}

/** At the right edge of the screen, below. */
async function findNotice(display: Screen): Promise<Place | undefined> {
  for (const window of await display.windows()) {
    const place = await display.place(window);
    if (place && place.x > 800 && place.width < 480 && place.y > 500) return place;
  }
  return undefined;
}

test(
  'only trouble, off, and the badge',
  { tag: '@firefox' },
  async ({ display, extension, listed, options, popup, sandbox, site }) => {
    await watchNotices(extension);
    const page = await extension.context.newPage();
    await page.goto(site.put('<p>Anything</p>'));
    const faults = faultsOf(sandbox, 'habit-trade');
    const { book } = sandbox.venues['habit-trade'];
    const choose = async (choice: string) => {
      await options.page.getByLabel('Tell the result of cancels').selectOption(choice);
      await expect(options.page.getByLabel('Tell the result of cancels')).toHaveValue(/\w/);
    };
    const badge = () =>
      options.page.evaluate(async () => ({
        text: await chrome.action.getBadgeText({}),
        title: await chrome.action.getTitle({}),
        colour: (await chrome.action.getBadgeBackgroundColor({})).join(' '),
      }));

    const first = await listed('habit-trade');
    const second = await listed('habit-trade');
    await expect.poll(async () => (await badge()).text).toBe('2');
    const calm = (await badge()).colour;
    await expect
      .poll(async () => (await badge()).title)
      .toMatch(/^Pullcord: 2 open orders, read at \d\d:\d\d:\d\d$/);

    await test.step('only trouble: a cancel that went well is not told, a refusal is', async () => {
      await choose('Only trouble');
      await enterAddress(extension, page, display, first.id);
      await expect.poll(() => book.find(first.id)?.status).toBe('cancelled');
      await expect.poll(async () => (await badge()).text).toBe('1');
      faults.add('cancel', { kind: 'refuse', error: '401' });
      await enterAddress(extension, page, display, second.id);
      await expect.poll(() => titles(extension)).toEqual([expect.stringMatching(/^Refused: /)]);
      await expect.poll(async () => (await badge()).title).toContain('1 refused');
      await expect.poll(async () => (await badge()).colour).not.toBe(calm);
    });

    await test.step('off: nothing is told', async () => {
      await choose('Off');
      faults.add('cancel', { kind: 'refuse', error: '401' });
      await enterAddress(extension, page, display, second.id);
      await expect.poll(() => sandbox.venues['habit-trade'].requests.of('cancel').length).toBe(3);
      await expect(popup.row(second.id)).toContainText('Refused');
      expect(await titles(extension)).toHaveLength(1);
    });

    await test.step('locked, the badge shows nothing', async () => {
      await options.lockNow.click();
      await expect.poll(async () => (await badge()).text).toBe('');
      await expect.poll(async () => (await badge()).title).toBe('Pullcord is locked');
    });
  },
);

test(
  'begun in one life of the worker, ended in the next: it is told all the same',
  {
    tag: '@firefox',
  },
  async ({ display, extension, listed, sandbox, site }) => {
    const { id } = await listed('habit-trade');
    const page = await extension.context.newPage();
    await page.goto(site.put('<p>Anything</p>'));
    const hold = sandbox.venues['habit-trade'].faults.hold('cancel', { when: 'after-acting' });
    await enterAddress(extension, page, display, id);
    await hold.arrived;
    await extension.killWorker();
    hold.release();
    const popup = await extension.open('popup.html');
    await popup.bringToFront();
    await expect
      .poll(() =>
        popup.evaluate(async () => Object.keys(await chrome.notifications.getAll()).length),
      )
      .toBe(1);
  },
);
