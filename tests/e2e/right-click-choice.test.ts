import { expect, openedLookup, test } from '#tests/e2e/support/desk.ts';
import { expectFocusKept, tabTo } from '#tests/e2e/support/focus.ts';
import { ready } from '#tests/e2e/support/fresh.ts';
import { shownNotices, watchNotices } from '#tests/e2e/support/notices.ts';
import { accountLabels, orderFor } from '#tests/e2e/support/test.ts';

/** What a right-click names may be more than one order, or have to wait: then the window asks, and nothing is sent before. */

test.use({ accounts: ['btcturk', 'ztdx'] });

const many = Array.from({ length: 51 }, (_, index) => String(26_947_521_000 + index));

test('the same id on two accounts, several ids, and 51', async ({
  extension,
  listed,
  menu,
  popup,
  sandbox,
  site,
}) => {
  await watchNotices(extension);
  const { btcturk, ztdx } = sandbox.venues;
  const same = '27123456789';
  btcturk.book.place({ ...orderFor('btcturk'), id: same });
  ztdx.book.place({ ...orderFor('ztdx'), id: same });
  const other = await listed('btcturk');
  await expect(popup.row(same)).toHaveCount(2);
  const page = await extension.context.newPage();
  await page.goto(
    site.put(
      `<p id=same>${same}</p><p id=two>${other.id}, and 98765432109</p><p id=many>${many.join(' ')}</p>`,
    ),
  );
  const sent = () => btcturk.requests.of('cancel').length + ztdx.requests.of('cancel').length;

  await test.step('the same id, by keys alone: neither is chosen; the chosen one goes', async () => {
    const lookup = await openedLookup(page, () => menu.cancelSelectedByKeys(page.locator('#same')));
    const { keyboard } = lookup.page;
    await expect(lookup.orders).toHaveCount(2);
    for (const label of [accountLabels.btcturk, accountLabels.ztdx]) {
      await expect(lookup.choice(same, label)).not.toBeChecked();
    }
    expect(sent()).toBe(0);
    await tabTo(lookup.choice(same, accountLabels.ztdx));
    await keyboard.press('Space');
    await tabTo(lookup.cancelButton);
    await ready(lookup.page);
    await keyboard.press('Enter');
    await expect.poll(() => ztdx.book.find(same)?.status).toBe('cancelled');
    await expect(lookup.orders.filter({ hasText: accountLabels.ztdx })).toContainText('Cancelled');
    await expectFocusKept(lookup.page);
    await expect(lookup.page.getByRole('log')).toContainText(/^\w+ \S+ [\d.]+: .*: Cancelled$/);
    const closed = lookup.page.waitForEvent('close');
    await tabTo(lookup.page.getByRole('button', { name: 'Close' }));
    // The window goes before the key is let go.
    await keyboard.press('Enter').catch(() => undefined);
    await closed;
    expect(btcturk.book.find(same)?.status).toBe('open');
    expect(sent()).toBe(1);
    await expect.poll(async () => (await shownNotices(extension)).length).toBe(1);
  });

  await test.step('one that is open and one that nobody bears', async () => {
    const lookup = await openedLookup(page, () => menu.cancelSelected(page.locator('#two')));
    await expect(lookup.orders).toHaveCount(1);
    await expect(lookup.unknown).toContainText('98765432109');
    expect(sent()).toBe(1);
    await lookup.cancelButton.click();
    await expect.poll(() => btcturk.book.find(other.id)?.status).toBe('cancelled');
    await lookup.page.close();
    expect(sent()).toBe(2);
  });

  await test.step('51 ids, two of them open', async () => {
    btcturk.book.place({ ...orderFor('btcturk'), id: many[3] });
    btcturk.book.place({ ...orderFor('btcturk'), id: many[7] });
    btcturk.book.place({ ...orderFor('btcturk'), id: many[50] });
    const lookup = await openedLookup(page, () => menu.cancelSelected(page.locator('#many')));
    await expect(lookup.orders).toHaveCount(2);
    await expect(lookup.page.getByText('Only the first 50 ids were looked at.')).toBeVisible();
    await expect(lookup.unknown.getByRole('listitem')).toHaveCount(48);
    expect(sent()).toBe(2);
    await lookup.cancelButton.click();
    await expect(lookup.orders.filter({ hasText: 'Cancelled' })).toHaveCount(2);
    expect(btcturk.book.find(many[50] ?? '')?.status).toBe('open');
    await lookup.page.close();
    await expect
      .poll(async () => (await shownNotices(extension)).at(-1)?.title)
      .toBe('2 cancelled');
  });
});

test('an id in a megabyte of text, an id of one’s own, and what was asked for while locked', async ({
  extension,
  listed,
  menu,
  options,
  sandbox,
  site,
}) => {
  const { book, requests } = sandbox.venues.btcturk;
  const first = await listed('btcturk');
  const own = await listed('btcturk', { clientOrderId: 'my-ladder/7' });
  const late = await listed('btcturk');
  const expired = await listed('btcturk');
  const page = await extension.context.newPage();
  const words = 'lorem ipsum '.repeat(45_000);
  await page.goto(
    site.put(`<p id=own>see my-ladder/7.</p><p id=late>${late.id}</p><p id=expired>${expired.id}</p>
      <p id=long style="height:20px;overflow:hidden">${words} #${first.id}. ${words}</p>`),
  );
  const found = await openedLookup(page, () => menu.cancelSelected(page.locator('#long')));
  await expect(found.page.getByText('You could not see all of this text')).toBeVisible();
  expect(requests.of('cancel')).toEqual([]);
  await found.cancelButton.click();
  await expect.poll(() => book.find(first.id)?.status).toBe('cancelled');
  await found.page.close();
  await menu.cancelSelected(page.locator('#own'));
  await expect.poll(() => book.find(own.id)?.status).toBe('cancelled');
  expect(requests.of('cancel')).toHaveLength(2);

  await test.step('locked: the window asks for the passphrase and goes on', async () => {
    await options.lockNow.click();
    await expect(options.page.getByLabel('Passphrase')).toBeVisible();
    const lookup = await openedLookup(page, () => menu.cancelSelected(page.locator('#late')));
    await expect(lookup.page.getByText(late.id)).toHaveCount(0);
    expect(requests.of('cancel')).toHaveLength(2);
    await lookup.unlock();
    await expect(lookup.page.getByText(late.id)).toBeVisible();
    await expect(lookup.page.getByText(/^Cancelled/)).toBeVisible();
    expect(book.find(late.id)?.status).toBe('cancelled');
    await lookup.page.close();
  });

  await test.step('locked for more than a minute: nothing is sent', async () => {
    await options.lockNow.click();
    await expect(options.page.getByLabel('Passphrase')).toBeVisible();
    const lookup = await openedLookup(page, () => menu.cancelSelected(page.locator('#expired')));
    await lookup.page.evaluate(async () => {
      const { lookups } = (await chrome.storage.session.get('lookups')) as {
        lookups: { askedAt: number }[];
      };
      for (const each of lookups) each.askedAt -= 61_000;
      await chrome.storage.session.set({ lookups });
    });
    await lookup.unlock();
    await expect(lookup.page.getByText('more than a minute ago')).toBeVisible();
    expect(book.find(expired.id)?.status).toBe('open');
    expect(requests.of('cancel')).toHaveLength(3);
    await lookup.page.close();
  });
});
