import type { Page } from '@playwright/test';
import { test as ownTest } from '#tests/e2e/support/own-browser.ts';
import { PopupPage } from '#tests/e2e/support/pages.ts';
import {
  accountLabels,
  addAccount,
  expect,
  faultsOf,
  orderFor,
  saveAccount,
  takeSocketsAway,
  test,
} from '#tests/e2e/support/test.ts';

/** Whether a cancel would work is said before it is needed, and never better than it is. */

/** The light of the only account. */
const lightIn = ({ page }: PopupPage) => page.getByRole('button', { name: / light / });

const details = (page: Page) => page.getByRole('region', { name: /^Readiness of/ });

test.describe('on an account where listing shows the right to cancel', () => {
  test.use({ accounts: ['btcturk'] });

  test('all well is green, and a press shows what it was judged by', async ({ popup, listed }) => {
    await listed('btcturk');
    const light = lightIn(popup);
    await expect(light).toHaveAccessibleName(/^Green light Ready, answers in \d+ ms$/);
    await light.click();
    const facts = details(popup.page);
    await expect(facts).toContainText(/Key works, seen (just now|\d+ s ago)/);
    await expect(facts).toContainText('Key may cancel: it may list orders');
    await expect(facts).toContainText(
      /Your clock (agrees with|is \d+ ms (ahead of|behind)) BtcTurk’s/,
    );
    await expect(facts).toContainText(
      /Limit: (10 cancels a second|\d+ of 300 cancels a minute left)/,
    );
    await expect(facts).toContainText('Stream is live');
    await expect(facts).toContainText(/Orders read (just now|\d+ s ago)/);
    await expect(light).toHaveAttribute('aria-expanded', 'true');
    await popup.page.keyboard.press('Escape');
    await expect(facts).toHaveCount(0);
    // A pointer that rests on it sees it too, and takes it along when it goes.
    await popup.find.hover();
    await light.hover();
    await expect(facts).toBeVisible();
    await popup.find.hover();
    await expect(facts).toHaveCount(0);
  });

  test('the keyboard reaches it, and leaves it where it came from', async ({ popup, listed }) => {
    const { row } = await listed('btcturk');
    await expect(lightIn(popup)).toBeVisible();
    await popup.find.focus();
    await popup.page.keyboard.press('ArrowDown');
    await expect(row).toBeFocused();
    await popup.page.keyboard.press('Shift+Tab');
    await expect(lightIn(popup)).toBeFocused();
    await expect(details(popup.page)).toBeVisible();
    await popup.page.keyboard.press('Tab');
    await expect(row).toBeFocused();
    await expect(details(popup.page)).toHaveCount(0);
  });

  test('a venue that is down is red by itself, and green again when it answers', async ({
    popup,
    listed,
    sandbox,
  }) => {
    await listed('btcturk');
    const light = lightIn(popup);
    await expect(light).toHaveAccessibleName(/^Green light/);
    faultsOf(sandbox, 'btcturk').add(
      'open-orders',
      { kind: 'drop', when: 'before-acting' },
      { times: 'always' },
    );
    // With its stream gone too, it is asked every two seconds.
    takeSocketsAway(sandbox, 'btcturk');
    await expect(light).toHaveAccessibleName('Red light Cannot be reached');
    faultsOf(sandbox, 'btcturk').clear();
    await expect(light).toHaveAccessibleName(/^Green light/);
  });

  test('what comes up elsewhere is listed without a click', async ({ popup, sandbox }) => {
    await expect(popup.page.getByText('No open orders')).toBeVisible();
    await expect(lightIn(popup)).toHaveAccessibleName(/^Green light/);
    // Nothing is told of it: it is read.
    takeSocketsAway(sandbox, 'btcturk');
    const { id } = sandbox.venues.btcturk.book.place(orderFor('btcturk'));
    await expect(popup.row(id)).toBeVisible();
    sandbox.venues.btcturk.book.cancel(id);
    await expect(popup.row(id)).toHaveCount(0);
  });
});

ownTest.describe('in a browser of its own', () => {
  ownTest.use({ accounts: ['btcturk'] });

  ownTest('what was seen longer ago than a minute is grey', async ({ popup, listed }) => {
    await listed('btcturk');
    const light = lightIn(popup);
    await expect(light).toHaveAccessibleName(/^Green light/);
    // To this page three minutes have passed.
    await popup.page.clock.setFixedTime(Date.now() + 185_000);
    await expect(light).toHaveAccessibleName('Grey light Not checked for 3 min');
  });
});

test.describe('on an account where nothing shows the right to cancel', () => {
  test.use({ accounts: ['ripio'] });

  test('it is grey until the first cancel has gone through, and green from then on', async ({
    popup,
    listed,
    extension,
  }) => {
    const { row, button } = await listed('ripio');
    await listed('ripio');
    const light = lightIn(popup);
    await expect(light).toHaveAccessibleName('Grey light Answers; right to cancel not seen yet');
    await button.click();
    await expect(row).toContainText('Cancelled');
    await expect(light).toHaveAccessibleName(/^Green light Ready/);
    // It is kept, sealed, with the account.
    await popup.page.getByRole('button', { name: 'Lock now' }).click();
    await popup.unlock();
    await expect(light).toHaveAccessibleName(/^Green light Ready/);
    const options = await extension.open('options.html');
    await expect(options.getByText(/^Key may cancel, seen/)).toBeVisible();
  });

  test('a key that may only read is red when that is seen', async ({ popup, listed, sandbox }) => {
    const { button, row } = await listed('ripio');
    const { keys } = sandbox.venues.ripio;
    for (const key of keys.list) keys.add({ ...key, rights: ['read'] });
    await button.click();
    await expect(row).toContainText('Refused');
    const light = lightIn(popup);
    await expect(light).toHaveAccessibleName('Red light Key may not cancel');
    await light.click();
    await expect(details(popup.page)).toContainText('Tick it for the key on Ripio Trade');
  });

  test('a key that is refused is red', async ({ popup, listed, sandbox }) => {
    await listed('ripio');
    const { keys } = sandbox.venues.ripio;
    for (const { key } of keys.list) keys.remove(key);
    // While its stream is live an account is read seldom.
    await popup.page.getByRole('button', { name: 'Refresh' }).click();
    await expect(lightIn(popup)).toHaveAccessibleName(/^Red light Key is /);
    await expect(popup.page.getByText(/^Green light/)).toHaveCount(0);
  });

  test('told to wait with cancels it is amber, and says for how long', async ({
    popup,
    listed,
    sandbox,
  }) => {
    const { button } = await listed('ripio');
    faultsOf(sandbox, 'ripio').add('cancel', { kind: 'rate-limit', seconds: 30 });
    await button.click();
    await expect(lightIn(popup)).toHaveAccessibleName(
      /^Amber light Asks to wait (30|2\d) s with cancels$/,
    );
  });
});

test.describe('on an account whose limit is used up', () => {
  test.use({ accounts: ['ztdx'] });

  test('it is amber, and says for how long', async ({ popup, listed, sandbox }) => {
    await listed('ztdx');
    // Another program on the same address.
    sandbox.venues.ztdx.limits.check('time', { account: '', ip: '127.0.0.1' }, 2400);
    await popup.page.getByRole('button', { name: 'Refresh' }).click();
    await expect(lightIn(popup)).toHaveAccessibleName(
      /^Amber light Limit used up for (60|[1-5]\d) s$/,
    );
  });
});

test('a stream that cannot be had is amber, and takes nothing away from cancels', async ({
  extension,
  options,
  sandbox,
}) => {
  const { book, sockets } = sandbox.venues.btcturk;
  const { id } = book.place(orderFor('btcturk'));
  await options.createVault();
  sockets.faults.add({ kind: 'full' }, { times: 'always' });
  await addAccount(options, sandbox, 'btcturk');
  const popup = new PopupPage(await extension.open('popup.html'));
  await expect(lightIn(popup)).toHaveAccessibleName('Amber light Stream is down');
  await popup.cancelButton(id).click();
  await expect(popup.row(id)).toContainText('Cancelled');
});

for (const [venue, says] of [
  ['btcturk', /Amber light Your clock is (3\.0|2\.9|3\.1) s behind/],
  // Its clock is read to the second.
  ['habit-trade', /Amber light Your clock is about [34] s behind/],
] as const) {
  test(`a clock that is three seconds off is amber, as exactly as ${venue} tells it`, async ({
    extension,
    options,
    sandbox,
  }) => {
    await options.createVault();
    sandbox.venues[venue].clock.driftBy(venue === 'btcturk' ? 3000 : 3500);
    await addAccount(options, sandbox, venue);
    const account = options.account(accountLabels[venue]);
    await expect(account.getByRole('img', { name: 'Amber light' })).toBeVisible();
    await expect(account).toContainText('Better set your computer to network time');
    const page = await extension.open('popup.html');
    await expect(page.getByRole('button', { name: says })).toBeVisible();
  });
}

test('of a list of several pages what has come is shown, and can be cancelled', async ({
  extension,
  options,
  sandbox,
}) => {
  const { book, requests } = sandbox.venues['habit-trade'];
  const ids = Array.from({ length: 130 }, () => book.place(orderFor('habit-trade')).id);
  const faults = faultsOf(sandbox, 'habit-trade');
  await options.createVault();
  // The first page comes, and nothing after it.
  faults.add('open-orders', { kind: 'delay', ms: 0 }, { times: 1 });
  const next = faults.hold('open-orders');
  await saveAccount(options.page, sandbox, 'habit-trade');
  await next.arrived;
  const popup = await extension.open('popup.html');
  await expect(popup.getByText('100 of more, reading')).toBeVisible();
  await expect(popup.getByRole('button', { name: /^Cancel order/ }).first()).toBeVisible();
  await popup.getByRole('button', { name: 'Cancel all', exact: true }).click();
  await expect(
    popup.getByText(/is still being read: 100 orders of more are counted/),
  ).toBeVisible();
  await popup.getByRole('button', { name: 'Keep orders' }).click();
  const shown = await popup
    .getByRole('button', { name: /^Cancel order/ })
    .first()
    .getAttribute('aria-label');
  await popup.getByRole('button', { name: shown ?? '' }).click();
  const cancelled = await requests.waitFor(({ operation }) => operation === 'cancel');
  expect(ids).toContain(cancelled.orderId);
  next.release();
  await expect(popup.getByText(/129 open orders, read/)).toBeVisible();
});

/** The period of the alarm by which the orders are read, in minutes. */
const readingPeriod = (page: Page) =>
  page.evaluate(async () => (await chrome.alarms.get('reading'))?.periodInMinutes);

/** Lets the alarm come now. Resolves when it has. */
const ring = (page: Page) =>
  page.evaluate(async () => {
    const rung = new Promise<void>((resolve) => {
      chrome.alarms.onAlarm.addListener(({ name }) => name === 'reading' && resolve());
    });
    await chrome.alarms.create('reading', { when: Date.now() });
    await rung;
  });

test.describe('while no popup is open', () => {
  test.use({ accounts: ['btcturk'] });

  test('orders are read by the minute if that is chosen, and never while it is locked', async ({
    popup,
    extension,
    sandbox,
  }) => {
    const { requests } = sandbox.venues.btcturk;
    const page = await extension.open('options.html');
    expect(await readingPeriod(page)).toBeUndefined();
    const choice = page.getByRole('combobox', { name: 'Read open orders while no popup is open' });
    await choice.selectOption('Every 5 minutes');
    await expect.poll(() => readingPeriod(page)).toBe(5);
    await choice.selectOption('Every minute');
    await expect.poll(() => readingPeriod(page)).toBe(1);

    await popup.page.close();
    // While its stream lasts, that tells what there is to read.
    takeSocketsAway(sandbox, 'btcturk');
    // A page that shows nothing and asks for nothing.
    await page.goto(extension.url('manifest.json'));
    const before = requests.of('open-orders').length;
    await expect
      .poll(async () => {
        // Right after the popup's last reading it is not due yet.
        await ring(page);
        return requests.of('open-orders').length;
      })
      .toBeGreaterThan(before);

    await page.evaluate(() => chrome.runtime.sendMessage({ kind: 'lock' }));
    await expect.poll(() => readingPeriod(page)).toBeUndefined();
    const atLock = requests.of('open-orders').length;
    await ring(page);
    await page.evaluate(() => chrome.runtime.sendMessage({ kind: 'hello' }));
    expect(requests.of('open-orders')).toHaveLength(atLock);
    await page.evaluate(() => chrome.alarms.clear('reading'));
  });

  test('the choice outlives a lock, and off is off', async ({ extension, popup }) => {
    const page = await extension.open('options.html');
    const choice = page.getByRole('combobox', { name: 'Read open orders while no popup is open' });
    await choice.selectOption('Every 15 minutes');
    await expect.poll(() => readingPeriod(page)).toBe(15);
    await page.getByRole('button', { name: 'Lock now' }).click();
    await expect.poll(() => readingPeriod(page)).toBeUndefined();
    await popup.unlock();
    await expect.poll(() => readingPeriod(page)).toBe(15);
    await choice.selectOption('Off');
    await expect.poll(() => readingPeriod(page)).toBeUndefined();
  });
});
