import { expect, openedLookup, test } from '#tests/e2e/support/desk.ts';
import { RealPopup } from '#tests/e2e/support/real-popup.ts';

/** On a site that the user has switched on, an id need not be selected. */

test.use({ accounts: ['btcturk', 'ripio'] });

test(
  'a site that was switched on in the popup has its ids cancelled under the pointer',
  { tag: '@firefox' },
  async ({ display, extension, listed, menu, popup, sandbox, site }) => {
    const { btcturk, ripio } = sandbox.venues;
    const cell = (await listed('btcturk')).id;
    const field = (await listed('btcturk')).id;
    const link = (await listed('btcturk')).id;
    const shown = (await listed('btcturk')).id;
    const frame = (await listed('ripio')).id;
    const short = (await listed('btcturk', { clientOrderId: '21557' })).id;
    site.put(`<p id=frame>${frame}</p>`, 'frame');
    const address = site.put(`
    <table><tr><td>7<td id=cell>${cell.slice(0, 3)}<b>${cell.slice(3)}</b><td>5</table>
    <p><input id=field value="${field}"></p>
    <p><a id=link href="/orders/${link}">the order</a></p>
    <p><a id=shown href="/orders/${shown}">${shown}</a></p>
    <pre id=lines>269475\n21557</pre>
    <p id=words>Nothing here</p>
    <iframe src=/frame></iframe>`);
    const page = await extension.context.newPage();
    await page.goto(address);
    const switchSite = async () => {
      await page.bringToFront();
      const before = await sitesOn();
      // A popup that loses the keyboard to another window closes, be it before the click: then once more.
      await expect(async () => {
        if (String(await sitesOn()) !== String(before)) return;
        await popup.page.evaluate(() => void chrome.action.openPopup().catch(() => undefined));
        const real = await RealPopup.find(extension);
        await real.click('Find ids on 127.0.0.1');
        await expect.poll(sitesOn).not.toEqual(before);
        await real.close();
      }).toPass();
    };
    const sitesOn = () =>
      popup.page.evaluate(async () =>
        (await chrome.scripting.getRegisteredContentScripts()).map(({ id }) => id),
      );
    const menuHeight = async () => {
      const opened = await menu.open(page.locator('#words'));
      const place = await display.place(opened);
      await menu.leave(opened);
      return place?.height ?? 0;
    };

    const without = await menuHeight();
    await switchSite();
    await expect.poll(sitesOn).toEqual(['http://127.0.0.1/*']);
    const withItem = await menuHeight();
    expect(withItem).toBeGreaterThan(without);

    await test.step('in the page that was open already', async () => {
      await menu.cancelUnderPointer(page.locator('#cell'));
      await expect.poll(() => btcturk.book.find(cell)?.status).toBe('cancelled');
    });

    await test.step('loaded anew, and where the page has changed its address by itself', async () => {
      await page.goto(address);
      await page.evaluate(() => history.pushState(null, '', '/orders?tab=open#all'));
      await menu.cancelUnderPointer(page.locator('#field'), 'field');
      await expect.poll(() => btcturk.book.find(field)?.status).toBe('cancelled');
      await menu.cancelLink(page.locator('#shown'));
      await expect.poll(() => btcturk.book.find(shown)?.status).toBe('cancelled');
      // Which id the address holds, nobody sees.
      const lookup = await openedLookup(page, () => menu.cancelLink(page.locator('#link')));
      await expect(lookup.page.getByText('A page can change where a link leads')).toBeVisible();
      await lookup.cancelButton.click();
      await expect.poll(() => btcturk.book.find(link)?.status).toBe('cancelled');
      await lookup.page.close();
    });

    await test.step('a piece of what looks like an id is not taken for one', async () => {
      const lookup = await openedLookup(page, () =>
        menu.cancelUnderPointer(page.locator('#lines')),
      );
      await expect(lookup.page.locator('body')).toContainText(
        '“269475 21557” looks like an order id',
      );
      await lookup.page.close();
      expect(btcturk.book.find(short)?.status).toBe('open');
    });

    await test.step('in a frame', async () => {
      await menu.cancelUnderPointer(page.frameLocator('iframe').locator('#frame'), 'frame');
      await expect.poll(() => ripio.book.find(frame)?.status).toBe('cancelled');
    });

    await test.step('where no id stands, the window says so', async () => {
      const lookup = await openedLookup(page, () =>
        menu.cancelUnderPointer(page.locator('#words')),
      );
      await expect(lookup.heading('No order id there')).toBeVisible();
      await lookup.page.close();
    });

    await test.step('switched off, the item is gone from the menu', async () => {
      await switchSite();
      await expect.poll(sitesOn).toEqual([]);
      // Not to the pixel: Firefox's first menu is four lower than those after it.
      expect(await menuHeight()).toBeLessThan(withItem);
    });
    expect(btcturk.requests.of('cancel')).toHaveLength(4);
    expect(ripio.requests.of('cancel')).toHaveLength(1);
  },
);
