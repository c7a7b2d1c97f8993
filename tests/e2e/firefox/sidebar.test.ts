import { test as base, windowTitle } from '#tests/e2e/support/desk.ts';
import { launchInFirefox } from '#tests/e2e/support/firefox/extension.ts';
import { openTab, widenSidebar } from '#tests/e2e/support/firefox/own-window.ts';
import { passphrase } from '#tests/e2e/support/pages.ts';
import { RealPopup } from '#tests/e2e/support/real-popup.ts';
import type { Place } from '#tests/e2e/support/screen.ts';
import { expect, orderFor } from '#tests/e2e/support/test.ts';

/** The list that stays in Firefox's sidebar, which nothing but the user's own press opens; in Chromium's side panel: `keep-open.test.ts`. */

const test = base.extend<{ extension: Awaited<ReturnType<typeof launchInFirefox>> }>({
  accounts: ['ripio'],
  extension: async ({ display: screen }, use) => {
    const extension = await launchInFirefox({ screen });
    await use(extension);
    await extension.close();
  },
});

test(
  'the list in the sidebar: kept open, used, hidden and opened again, locked',
  { tag: '@firefox' },
  async ({ display, extension, listed, popup, sandbox, site }) => {
    const { inChrome } = extension;
    const { book } = sandbox.venues.ripio;
    const [first, second] = [await listed('ripio'), await listed('ripio')];
    const page = await extension.context.newPage();
    await page.goto(site.put('<p>Anything</p>'));
    await popup.page.goto('about:blank');

    const sidebar = RealPopup.inSidebar(inChrome);
    const click = async (shown: RealPopup, name: string, timeout = 90_000) => {
      let at: Place | undefined;
      await expect.poll(async () => (at = await shown.place(name)), { timeout }).toBeTruthy();
      if (at) await display.click(at.x + at.width / 2, at.y + at.height / 2);
    };
    const keepOpen = async () => {
      await page.bringToFront();
      // A popup that loses the keyboard to another window closes, be it before the click: then once more.
      await expect(async () => {
        await display.focus(windowTitle(await page.title()));
        await display.press('alt+shift+p');
        await click(await RealPopup.find(extension), 'Keep open', 20_000);
        await expect.poll(() => sidebar.text(), { timeout: 20_000 }).toContain('Pullcord');
      }).toPass();
    };
    const hasKeyboard = () => sidebar.run(() => document.hasFocus());
    /** Of the page, of the list in it, and of all that can be scrolled to. */
    const widths = () =>
      sidebar.run(() => [
        document.documentElement.clientWidth,
        document.querySelector('#root')?.getBoundingClientRect().width,
        document.documentElement.scrollWidth,
      ]);

    await test.step('beside the page, as wide as the sidebar is', async () => {
      await keepOpen();
      await expect.poll(() => sidebar.text()).toContain(first.id);
      const [narrow = 0, ...inside] = await widths();
      expect(narrow).toBeLessThan(400);
      expect(inside).toEqual([narrow, narrow]);
      await inChrome(widenSidebar, 700);
      await expect.poll(widths).toEqual([700, 700, 700]);
    });

    await test.step('it is searched by key, and a click cancels', async () => {
      await click(sidebar, 'Find order');
      await expect.poll(hasKeyboard).toBe(true);
      await display.type(first.id.slice(0, 8));
      await expect.poll(() => sidebar.text()).not.toContain(second.id);
      // Right after it has got the keyboard it takes none: then once more.
      await expect(async () => {
        await click(sidebar, `Cancel order ${first.id}`);
        await expect.poll(() => book.find(first.id)?.status, { timeout: 5000 }).toBe('cancelled');
      }).toPass();
      await expect.poll(() => sidebar.text()).toContain('Cancelled');
      await click(sidebar, 'Show all orders');
      await expect.poll(() => sidebar.text()).toContain(second.id);
      expect(book.find(second.id)?.status).toBe('open');
    });

    await test.step('it follows no tab', async () => {
      await sidebar.run(() => document.documentElement.setAttribute('data-same', ''));
      expect(await sidebar.text()).not.toContain('127.0.0.1');
      await inChrome(openTab, undefined);
      expect(await sidebar.run(() => document.documentElement.matches('[data-same]'))).toBe(true);
      expect(await sidebar.text()).toContain(second.id);
    });

    const third = await test.step('opened again, it shows what is true by then', async () => {
      await sidebar.close();
      book.cancel(second.id);
      const placed = book.place(orderFor('ripio'));
      await keepOpen();
      await expect.poll(() => sidebar.text()).toContain(placed.id);
      await expect.poll(() => sidebar.text()).not.toContain(second.id);
      expect(await sidebar.run(() => document.activeElement?.ariaLabel)).toBe('Find order');
      return placed;
    });

    await test.step('it locks, and is locked when it is opened again', async () => {
      await click(sidebar, 'Lock now');
      await expect.poll(() => sidebar.text()).toContain('Pullcord is locked');
      expect(await sidebar.text()).not.toContain(third.id);
      await sidebar.close();
      await keepOpen();
      await expect.poll(() => sidebar.text()).toContain('Pullcord is locked');
      await click(sidebar, 'Passphrase');
      await expect.poll(hasKeyboard).toBe(true);
      await display.type(passphrase);
      await display.press('Return');
      await expect.poll(() => sidebar.text()).toContain(third.id);
      expect(book.find(third.id)?.status).toBe('open');
    });
  },
);
