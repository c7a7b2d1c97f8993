import { expect, openedLookup, test } from '#tests/e2e/support/desk.ts';
import { accountLabels } from '#tests/e2e/support/test.ts';

/** What the user could not see cancels nothing by itself, whatever a page does for it. By the real mouse and menu. */

test.use({ accounts: ['btcturk', 'ripio'] });

const fillers = 'Some words that fill the menu up to its fiftieth sign: ';

test('a link whose address the page swaps as the button goes down', async ({
  extension,
  listed,
  menu,
  sandbox,
  site,
}) => {
  const { book, requests } = sandbox.venues.btcturk;
  const { id } = await listed('btcturk');
  const page = await extension.context.newPage();
  await page.goto(site.put('<p><a id=link href="/about">About us</a></p>'));
  await page.evaluate((path) => {
    const link = document.querySelector('a');
    link?.addEventListener('mousedown', () => (link.href = path));
  }, `/orders/${id}`);

  const lookup = await openedLookup(page, () => menu.cancelLink(page.locator('#link')));
  await expect(page.locator('#link')).toHaveAttribute('href', `/orders/${id}`);
  await expect(lookup.orders).toHaveCount(1);
  await expect(lookup.page.getByText('A page can change where a link leads')).toBeVisible();
  expect(requests.of('cancel')).toEqual([]);
  expect(book.find(id)?.status).toBe('open');

  await test.step('who means it cancels it there with one click', async () => {
    await lookup.cancelButton.click();
    await expect.poll(() => book.find(id)?.status).toBe('cancelled');
  });
});

test('an id that is in the selection, and that neither the page nor the menu shows', async ({
  extension,
  listed,
  menu,
  sandbox,
  site,
}) => {
  const { book, requests } = sandbox.venues.btcturk;
  const { id } = await listed('btcturk', { id: '26947521103' });
  const { id: turned } = await listed('btcturk', { id: '30112574962' });
  const page = await extension.context.newPage();
  const hidden = (style: string) => `${fillers}<span style="${style}">${id}</span>`;
  await page.goto(
    site.put(`<style>#bare::selection, #bare *::selection { color: transparent; background: none }</style>
      <p id=tiny>${hidden('font-size:1px')}</p>
      <p id=transparent>${hidden('color:transparent')}</p>
      <p id=faint>${hidden('opacity:0')}</p>
      <p id=aside>${hidden('position:absolute;left:-9999px')}</p>
      <p id=bare>${hidden('color:white')}</p>
      <p id=pushed>Words<span style="font-size:1px">${'\u2e3b'.repeat(30)} ${id}</span></p>
      <p id=turned>Words \u202e${turned}\u202c</p>`),
  );

  for (const [place, found] of [
    ['tiny', id],
    ['transparent', id],
    ['faint', id],
    ['aside', id],
    ['bare', id],
    // Wide signs push it out of the menu, with fewer than fifty of them.
    ['pushed', id],
    // It reads as the other one's id.
    ['turned', turned],
  ] as const) {
    await test.step(place, async () => {
      const lookup = await openedLookup(page, () => menu.cancelSelected(page.locator(`#${place}`)));
      await expect(lookup.orders).toHaveCount(1);
      await expect(lookup.choice(found, accountLabels.btcturk)).toBeChecked();
      await expect(lookup.page.getByText('You could not see all of this text')).toBeVisible();
      await lookup.page.close();
    });
  }

  expect(requests.of('cancel')).toEqual([]);
  for (const each of [id, turned]) expect(book.find(each)?.status).toBe('open');
});
