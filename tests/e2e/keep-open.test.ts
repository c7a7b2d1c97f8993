import { HiddenPage } from '#tests/e2e/support/hidden-page.ts';
import { ready } from '#tests/e2e/support/fresh.ts';
import { test as own } from '#tests/e2e/support/own-browser.ts';
import { PopupPage } from '#tests/e2e/support/pages.ts';
import { RealPopup } from '#tests/e2e/support/real-popup.ts';
import { expect, test } from '#tests/e2e/support/test.ts';

/** The list that stays: beside the page, and in a window of its own. */

own(
  'the list is kept open beside the page, cancels there with one click, and locks with the rest',
  async ({ extension, popup, listed, sandbox }) => {
    const { id } = await listed('ripio');
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
    await popup.page.goto('about:blank');
    await keepOpen();
    const page = await HiddenPage.attach(extension.context, 'popup.html?panel');
    const panel = new RealPopup(new HiddenPage(page));
    await expect.poll(() => panel.text()).toContain(id);
    await panel.click(`Cancel order ${id}`);
    await expect.poll(() => panel.text()).toContain('Cancelled');
    expect(sandbox.venues.ripio.book.find(id)?.status).toBe('cancelled');

    // Kept open a second time it is the same one.
    await keepOpen();

    await panel.click('Lock now');
    await expect.poll(() => panel.text()).toContain('Pullcord is locked');
  },
);

test(
  'from the panel the list goes into a window, of which there is one; it cancels and locks there',
  { tag: '@firefox' },
  async ({ extension, popup, listed }) => {
    const { id } = await listed('ripio');
    const { context } = extension;
    /** From the panel's page, in a tab: which Playwright would not be told of, in Firefox, if it closed itself. */
    const moveOut = async () => {
      const panel = new PopupPage(await context.newPage());
      await panel.page.goto(`${extension.url('popup.html')}?panel`);
      await panel.row(id).waitFor();
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
    await moveOut();
    await moveOut();
    const windows = context.pages().filter((each) => each.url().endsWith('?window'));
    expect(windows).toHaveLength(1);
    const [page] = windows;
    if (!page) throw new Error('there is no window');
    const kept = new PopupPage(page);
    await ready(kept.page);
    await kept.cancelButton(id).click();
    await expect(kept.row(id)).toContainText('Cancelled');
    await popup.page.getByRole('button', { name: 'Lock now' }).click();
    await expect(kept.page.getByLabel('Passphrase')).toBeVisible();
    await kept.unlock();
    await expect(popup.find).toBeVisible();
  },
);
