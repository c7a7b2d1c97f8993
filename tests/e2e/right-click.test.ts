import { expect, openedLookup, test } from './support/desk.ts';
import { shownNotices, watchNotices } from './support/notices.ts';
import { accountLabels, orderFor, testVenues, type TestVenue } from './support/test.ts';

test.describe('with an account on every venue', () => {
  test.use({ accounts: testVenues });

  test('a right-clicked id of each venue is cancelled at once, and the system says what came of it', async ({
    extension,
    listed,
    menu,
    sandbox,
    site,
  }) => {
    await watchNotices(extension);
    const { id: oxFunId } = await listed('ox-fun', { id: '9223372036854775807' });
    const { id: ripioId } = await listed('ripio');
    const { id: btcturkId } = await listed('btcturk');
    const { id: ztdxId } = await listed('ztdx', { clientOrderId: 'grid:eth/01' });
    // This one no list has shown yet: the accounts are read again.
    const { id: habitTradeId } = sandbox.venues['habit-trade'].book.place(orderFor('habit-trade'));

    const cases: readonly [venue: TestVenue, id: string, html: string][] = [
      ['btcturk', btcturkId, `<p id=btcturk>Order #${btcturkId} (limit) is waiting.</p>`],
      ['ox-fun', oxFunId, `<p id=ox-fun>${oxFunId}</p>`],
      ['ripio', ripioId, `<p id=ripio>“${ripioId.toUpperCase()}”</p>`],
      ['ztdx', ztdxId, '<p id=ztdx>grid:eth/01</p>'],
      [
        'habit-trade',
        habitTradeId,
        `<p><a id=habit-trade href="/orders/${habitTradeId}?tab=open">My order</a></p>`,
      ],
    ];
    const page = await extension.context.newPage();
    await page.goto(site.put(cases.map(([, , html]) => html).join('')));
    const pages = extension.context.pages().length;

    for (const [venue, id] of cases) {
      const { book, requests } = sandbox.venues[venue];
      const text = page.locator(`#${venue}`);
      if (venue === 'habit-trade') await menu.cancelLink(text);
      else await menu.cancelSelected(text);
      await expect.poll(() => book.find(id)?.status).toBe('cancelled');
      expect(requests.of('cancel')).toHaveLength(1);
      await expect.poll(async () => (await shownNotices(extension)).at(-1)?.message).toContain(id);
    }

    const { side, symbol } = orderFor('btcturk');
    const [first, ...more] = await shownNotices(extension);
    expect(more).toHaveLength(4);
    expect(first?.title).toMatch(/^Cancelled/);
    expect(first?.message).toMatch(new RegExp(`^${side}\\b.*\\b${symbol}\\b`, 'i'));
    expect(first?.message).toContain(accountLabels.btcturk);
    expect(extension.context.pages()).toHaveLength(pages);
    await page.close();
  });
});

test.describe('nothing is sent before the user has said what is meant', () => {
  test.use({ accounts: ['btcturk', 'ripio'] });

  test('where no open order bears the id, and where there is no id', async ({
    extension,
    menu,
    popup,
    sandbox,
    site,
  }) => {
    const { btcturk, ripio } = sandbox.venues;
    const bystander = btcturk.book.place(orderFor('btcturk'));
    await expect(popup.row(bystander.id)).toHaveCount(0);
    const page = await extension.context.newPage();
    const script =
      '&lt;script&gt;document.title="run"&lt;/script&gt;&lt;img src=x onerror=alert()>';
    await page.goto(
      site.put(`<p id=unknown>123456789</p><p id=words>my order</p><p id=script>${script}</p>
        <p id=long style="height:20px;overflow:hidden">${'hello '.repeat(170_000)}</p>`),
    );

    await test.step('an id that nobody has', async () => {
      const lookup = await openedLookup(page, () => menu.cancelSelected(page.locator('#unknown')));
      await expect(lookup.heading('No open order bears 123456789')).toBeVisible();
      await expect(lookup.venue(accountLabels.btcturk)).toContainText('Not found');
      await expect(lookup.venue(accountLabels.ripio)).toHaveCount(0);
      expect(btcturk.requests.of('cancel')).toEqual([]);

      await lookup.cancelOn(accountLabels.btcturk).click();
      await btcturk.requests.waitFor(({ operation }) => operation === 'cancel');
      await expect(lookup.venue(accountLabels.btcturk)).toContainText('Not found');
      await lookup.page.close();
      btcturk.requests.clear();
    });

    for (const [id, words] of [
      ['words', '“my order” holds no order id.'],
      ['script', '“<script>document.title="run"</script>'],
      ['long', '“hello hello hello'],
    ] as const) {
      await test.step(`a text without an id: ${id}`, async () => {
        const lookup = await openedLookup(page, () => menu.cancelSelected(page.locator(`#${id}`)));
        await expect(lookup.heading('No order id there')).toBeVisible();
        await expect(lookup.page.getByText(words)).toBeVisible();
        await expect(lookup.page.getByText('Nothing was sent.')).toBeVisible();
        await expect(lookup.page).not.toHaveTitle(/run/);
        await lookup.page.close();
      });
    }

    expect(btcturk.requests.of('cancel')).toEqual([]);
    expect(ripio.requests.of('cancel')).toEqual([]);
    expect(btcturk.book.find(bystander.id)?.status).toBe('open');
  });
});
