import { enterAddress, typeAddress } from '#tests/e2e/support/address-bar.ts';
import { expect, openedLookup, test } from '#tests/e2e/support/desk.ts';
import { shownNotices, watchNotices } from '#tests/e2e/support/notices.ts';
import { RealPopup } from '#tests/e2e/support/real-popup.ts';
import { orderFor } from '#tests/e2e/support/test.ts';

test.use({ accounts: ['habit-trade', 'ztdx'] });

test(
  'an id behind the keyword is cancelled; “all” opens the popup with its dialog, and cancels nothing',
  { tag: '@firefox' },
  async ({ display, extension, listed, popup, sandbox, site }) => {
    await watchNotices(extension);
    const { id } = await listed('habit-trade');
    const stays = await listed('habit-trade');
    const { book, requests } = sandbox.venues['habit-trade'];
    const page = await extension.context.newPage();
    await page.goto(site.put('<p>Anything</p>'));

    await test.step('what fits is suggested as one types', async () => {
      const said = await typeAddress(extension, page, display, id);
      expect(said).toContain(`Cancel order ${id}: buy`);
      expect(requests.of('cancel')).toEqual([]);
    });

    await test.step('Enter cancels it, and the system says so', async () => {
      await display.press('Return');
      await expect.poll(() => book.find(id)?.status).toBe('cancelled');
      await expect.poll(async () => (await shownNotices(extension)).at(-1)?.message).toContain(id);
      expect(requests.of('cancel')).toHaveLength(1);
    });

    await test.step('an id of an order that has just been placed elsewhere', async () => {
      const fresh = sandbox.venues.ztdx.book.place(orderFor('ztdx'));
      await enterAddress(extension, page, display, fresh.id);
      await expect.poll(() => sandbox.venues.ztdx.book.find(fresh.id)?.status).toBe('cancelled');
    });

    await test.step('what is no id opens the window, which says so', async () => {
      const lookup = await openedLookup(page, () =>
        enterAddress(extension, page, display, '<script>'),
      );
      await expect(lookup.heading('No order id there')).toBeVisible();
      await lookup.page.close();
    });

    await test.step('all', async () => {
      // To the test's pages, tabs behind others are in view too: this one would follow in the popup's place.
      await popup.page.close();
      await enterAddress(extension, page, display, 'all');
      const real = await RealPopup.find(extension);
      await expect.poll(() => real.text()).toContain('Cancel all orders');
      await expect.poll(() => real.text()).toContain('Cancel 1 order');
    });
    expect(book.find(stays.id)?.status).toBe('open');
    expect(requests.of('cancel')).toHaveLength(1);
  },
);
