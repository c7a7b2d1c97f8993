import { expect, openedLookup, test } from '#tests/e2e/support/desk.ts';
import { shownNotices, watchNotices } from '#tests/e2e/support/notices.ts';
import { accountLabels, orderFor, testVenues, type TestVenue } from '#tests/e2e/support/test.ts';

test.describe('with an account on every venue', () => {
  test.use({ accounts: testVenues });

  test(
    'a right-clicked id of each venue is cancelled, and the system says what came of it',
    {
      tag: '@firefox',
    },
    async ({ extension, listed, menu, sandbox, site }) => {
      await watchNotices(extension);
      const { id: oxFunId } = await listed('ox-fun', { id: '9223372036854775807' });
      const { id: ripioId } = await listed('ripio');
      const { id: btcturkId } = await listed('btcturk');
      const { id: ztdxId } = await listed('ztdx', { clientOrderId: 'grid:eth/01' });
      // This one no list has shown yet: the accounts are read again.
      const { id: habitTradeId } = sandbox.venues['habit-trade'].book.place(
        orderFor('habit-trade'),
      );

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
        if (venue === 'habit-trade') {
          // Nobody sees where a link leads: one click more.
          const lookup = await openedLookup(page, () => menu.cancelLink(text));
          await lookup.cancelButton.click();
          await expect(lookup.page.getByText(/^Cancelled/)).toBeVisible();
          await lookup.page.close();
        } else if (venue === 'ripio') {
          await menu.cancelSelectedByKeys(text);
        } else {
          await menu.cancelSelected(text);
        }
        await expect.poll(() => book.find(id)?.status).toBe('cancelled');
        expect(requests.of('cancel')).toHaveLength(1);
        await expect
          .poll(async () => (await shownNotices(extension)).at(-1)?.message)
          .toContain(id);
      }

      const { side, symbol } = orderFor('btcturk');
      const [first, ...more] = await shownNotices(extension);
      expect(more).toHaveLength(4);
      expect(first?.title).toMatch(/^Cancelled/);
      expect(first?.message).toMatch(new RegExp(`^${side}\\b.*\\b${symbol}\\b`, 'i'));
      expect(first?.message).toContain(accountLabels.btcturk);
      expect(extension.context.pages()).toHaveLength(pages);
      await page.close();
    },
  );
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
        <p id=long style="height:20px;overflow:hidden">${'hello '.repeat(17_000)}</p>`),
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

test.describe('an id is the whole of what looks like one', () => {
  test.use({ accounts: ['btcturk', 'ripio'] });

  test('the order whose id is only a piece of it is not cancelled', async ({
    extension,
    listed,
    menu,
    sandbox,
    site,
  }) => {
    const { btcturk, ripio } = sandbox.venues;
    const uuid = '7155ed34-9ec4-4733-8b32-1e4319cb662f';
    const short = await listed('btcturk', { clientOrderId: '4733' });
    const line = await listed('btcturk', { clientOrderId: '21557' });
    const tail = await listed('btcturk', { id: '6947521557' });
    const page = await extension.context.newPage();
    await page.goto(
      site.put(`<p id=hyphens>${uuid.replaceAll('-', '\u2011')}</p>
        <p id=dots>${uuid.replaceAll('-', '·')}</p>
        <pre id=lines>269475\n21557</pre><pre id=longer>2\n6947521557</pre>
        <p id=digits>２6947521557</p><p id=rounded>2.69475E+10</p>`),
    );

    for (const [id, words] of [
      ['hyphens', `No open order bears ${uuid}`],
      ['dots', `“${uuid.replaceAll('-', '·')}” looks like an order id`],
      ['lines', '“269475 21557” looks like an order id'],
      ['longer', '“2 6947521557” looks like an order id'],
      ['digits', 'No open order bears 26947521557'],
      ['rounded', 'The sheet has rounded the id'],
    ] as const) {
      await test.step(id, async () => {
        const lookup = await openedLookup(page, () => menu.cancelSelected(page.locator(`#${id}`)));
        await expect(lookup.page.locator('body')).toContainText(words);
        await expect(lookup.page.getByRole('checkbox', { checked: true })).toHaveCount(0);
        await lookup.page.close();
      });
    }
    expect([...btcturk.requests.of('cancel'), ...ripio.requests.of('cancel')]).toEqual([]);
    for (const { id } of [short, line, tail]) expect(btcturk.book.find(id)?.status).toBe('open');
  });

  test('in whatever spelling, its order is cancelled at once', async ({
    extension,
    listed,
    menu,
    sandbox,
    site,
  }) => {
    const { btcturk, ripio } = sandbox.venues;
    const { id: hyphens } = await listed('ripio');
    const { id: bare } = await listed('ripio');
    const { id: lines } = await listed('btcturk');
    const { id: words } = await listed('btcturk');
    const { id: log } = await listed('btcturk');
    const { id: row } = await listed('btcturk');
    const { id: long } = await listed('btcturk');
    // This one no list has shown yet.
    const { id: csv } = btcturk.book.place({ ...orderFor('btcturk'), id: '99947521557' });
    // Browsers hand over a space between cells.
    const numbers = ['20261125140509', '1764079509123456', '1,000,000,000', '192.168.123.145'];
    const cells = ['Buy', row, 'BTC/TRY', '1,000,000.00', 0.5];
    const more = ['Buy', long, ...numbers, 0.5];
    const page = await extension.context.newPage();
    await page.goto(
      site.put(`<p id=hyphens>order ${hyphens.replaceAll('-', '\u2011')}</p>
        <p id=bare>${bare.replaceAll('-', '')}</p>
        <pre id=lines>order ${lines.slice(0, 6)}\n${lines.slice(6)}</pre>
        <p id=words><b>BTCTRY</b><span>${words}</span><i>Buy</i></p>
        <p id=log>sent\\n${log}\\tok orderId%3D${log}%26</p>
        <table><tr id=row>${cells.map((cell) => `<td>${cell}`).join('')}</table>
        <table><tr id=long>${more.map((cell) => `<td>${cell}`).join('')}</table>
        <p id=csv>${csv},0.5,4150000,buy limit</p>`),
    );
    const pages = extension.context.pages().length;
    for (const [id, place, { book }] of [
      [hyphens, 'hyphens', ripio],
      [bare, 'bare', ripio],
      [lines, 'lines', btcturk],
      [words, 'words', btcturk],
      [log, 'log', btcturk],
      [row, 'row', btcturk],
      [csv, 'csv', btcturk],
    ] as const) {
      await test.step(place, async () => {
        await menu.cancelSelected(page.locator(`#${place}`));
        await expect.poll(() => book.find(id)?.status).toBe('cancelled');
      });
    }
    expect(extension.context.pages()).toHaveLength(pages);

    await test.step('a line of which the menu shows the beginning: one click more', async () => {
      const lookup = await openedLookup(page, () => menu.cancelSelected(page.locator('#long')));
      await expect(lookup.orders).toHaveCount(1);
      expect(btcturk.book.find(long)?.status).toBe('open');
      await lookup.cancelButton.click();
      await expect.poll(() => btcturk.book.find(long)?.status).toBe('cancelled');
    });
  });
});
