import { HiddenPage } from '#tests/e2e/support/hidden-page.ts';
import { ready } from '#tests/e2e/support/fresh.ts';
import { test as own } from '#tests/e2e/support/own-browser.ts';
import { PopupPage } from '#tests/e2e/support/pages.ts';
import { RealPopup } from '#tests/e2e/support/real-popup.ts';
import { expect, orderFor, test } from '#tests/e2e/support/test.ts';

/** The list that stays: beside the page, and in a window of its own. */

own(
  'the list is kept open beside the page, cancels there with one click, and locks with the rest',
  async ({ extension, popup, listed, sandbox }) => {
    const { book } = sandbox.venues.ripio;
    const { id } = await listed('ripio');
    const { id: other } = await listed('ripio');
    /** What of the extension the browser shows. */
    const shown = async () => {
      const worker = await extension.worker();
      return worker.evaluate(async () => {
        const contexts = await chrome.runtime.getContexts({});
        return contexts
          .map(({ contextType }) => contextType)
          .filter((type) => type !== 'BACKGROUND');
      });
    };
    const keepOpen = async () => {
      // A popup that loses the keyboard to another window closes, be it before the click: then once more.
      await expect(async () => {
        const worker = await extension.worker();
        await worker.evaluate(() => void chrome.action.openPopup().catch(() => undefined));
        const real = await RealPopup.find(extension);
        // It goes with the click, and perhaps before it has answered.
        await real.click('Keep open').catch(() => undefined);
        await expect.poll(shown, { timeout: 20_000 }).toEqual(['SIDE_PANEL']);
      }).toPass();
    };
    const attachPanel = async () =>
      new RealPopup(new HiddenPage(await HiddenPage.attach(extension.context, 'popup.html?panel')));
    await popup.page.goto('about:blank');
    await keepOpen();
    const panel = await attachPanel();
    await expect.poll(() => panel.text()).toContain(id);
    await panel.click(`Cancel order ${id}`);
    await expect.poll(() => panel.text()).toContain('Cancelled');
    expect(book.find(id)?.status).toBe('cancelled');

    // Kept open a second time it is the same one.
    await keepOpen();

    // Closed and opened again, it shows what is true by then, and its search has the keyboard.
    await panel.close();
    await expect.poll(shown).toEqual([]);
    book.cancel(other);
    const placed = book.place(orderFor('ripio'));
    await keepOpen();
    const again = await attachPanel();
    await expect.poll(() => again.text()).toContain(placed.id);
    await expect.poll(() => again.text()).not.toContain(other);
    expect(await again.run(() => document.activeElement?.ariaLabel)).toBe('Find order');

    await again.click('Lock now');
    await expect.poll(() => again.text()).toContain('Pullcord is locked');
  },
);

test(
  'from the panel the list goes into a window, of which there is one; it cancels and locks there',
  { tag: '@firefox' },
  async ({ extension, popup, listed, sandbox }) => {
    const { book } = sandbox.venues.ripio;
    const { id } = await listed('ripio');
    const { id: other } = await listed('ripio');
    const { context } = extension;
    /** From the panel's page, in a tab: which Playwright would not be told of, in Firefox, if it closed itself. */
    const moveOut = async (shown: string) => {
      const panel = new PopupPage(await context.newPage());
      await panel.page.goto(`${extension.url('popup.html')}?panel`);
      await panel.row(shown).waitFor();
      await panel.page.evaluate(() => {
        window.close = () => document.documentElement.setAttribute('data-closed', '');
      });
      // Pressed once more where a busy machine was told that nobody answers: it is the same window.
      await expect(async () => {
        await panel.page.getByRole('button', { name: 'In a window of its own' }).click();
        await expect(panel.page.locator('[data-closed]')).toHaveCount(1, { timeout: 10_000 });
      }).toPass();
      await panel.page.close();
    };
    const windows = () => context.pages().filter((each) => each.url().endsWith('?window'));
    /** The one window, of which Firefox tells a moment later. */
    const moved = async () => {
      await expect.poll(() => windows().length).toBe(1);
      return new PopupPage(windows()[0] ?? popup.page);
    };
    await moveOut(id);
    await moveOut(id);
    const kept = await moved();
    await ready(kept.page);
    await kept.cancelButton(id).click();
    await expect(kept.row(id)).toContainText('Cancelled');

    // Closed and opened again, it shows what is true by then, and its search has the keyboard.
    await kept.page.close();
    book.cancel(other);
    const placed = book.place(orderFor('ripio'));
    await moveOut(placed.id);
    const again = await moved();
    await expect(again.row(placed.id)).toBeVisible();
    await expect(again.row(other)).toHaveCount(0);
    await expect(again.find).toBeFocused();

    await popup.page.getByRole('button', { name: 'Lock now' }).click();
    await expect(again.page.getByLabel('Passphrase')).toBeVisible();
    await again.unlock();
    await expect(popup.find).toBeVisible();
  },
);
