import type { Page } from '@playwright/test';
import * as fc from 'fast-check';
import { requestSchemas } from '#lib/protocol/messages.ts';
import type { Extension } from '#tests/e2e/support/extension.ts';
import { accountLabels, addAccount, expect, test } from '#tests/e2e/support/test.ts';
import { isWritten } from '#tests/e2e/support/written-view.ts';

/** Whatever stands in a field, a message, an address or the stored view: a sentence comes of it, and nothing else. */

const odd: Readonly<Record<string, string>> = {
  'nothing to be seen': '\u200b\u202e',
  'a million digits': '9'.repeat(1_000_000),
  'control signs': '1\u0000\u0001\u001b[31m\u007f',
  'right to left': '\u202e12345\u2066שלום',
  'half of a pair': '26947\ud800521557',
  emoji: '👩🏽‍💻🏴󠁧󠁢󠁥󠁮󠁧󠁿',
  __proto__: '__proto__',
  HTML: '<img src=x onerror="document.title=1"><script>1</script>',
  'an address': '../../orders?x=%00#%',
  braces: '{"kind":"cancel-all"}'.repeat(50),
};

/** What page and worker complain of from now on, which must be nothing. */
async function complaintsOf(page: Page, extension: Extension): Promise<() => Promise<string[]>> {
  const said: string[] = [];
  page.on('pageerror', ({ message }) => said.push(message));
  page.on('console', (line) => line.type() === 'error' && said.push(line.text()));
  const worker = await extension.worker();
  await worker.evaluate(() => {
    const heard: string[] = [];
    Object.assign(globalThis, { heard });
    globalThis.addEventListener('error', ({ message }) => heard.push(message));
    globalThis.addEventListener('unhandledrejection', ({ reason }) => heard.push(String(reason)));
  });
  return async () => [
    ...said,
    ...(await worker.evaluate(() => (globalThis as unknown as { heard: string[] }).heard)),
  ];
}

test('in a field of the options page: it is said what is wrong with it, and no field is lost', async ({
  extension,
  options,
}) => {
  const { page } = options;
  const complaints = await complaintsOf(page, extension);
  await options.createVault();
  // Nothing is saved: of all fields the address is looked at last.
  const good = { label: 'Mine', key: 'key', secret: 'c2VjcmV0', url: 'nowhere' };
  const fields = ['Label', 'API key', 'API secret', 'Sandbox URL'] as const;
  await options.fillAccount({ ...good, venueName: 'Ripio Trade' });
  const valuesOf = () => Promise.all(fields.map((field) => options.field(field).evaluate(valueOf)));
  for (const field of fields) {
    const before = await options.field(field).inputValue();
    for (const [name, text] of Object.entries(odd)) {
      await test.step(`${field}: ${name}`, async () => {
        await options.field(field).evaluate(typeAll, text);
        const typed = await valuesOf();
        await options.save();
        await expect(page.locator('form[aria-busy=true]')).toHaveCount(0);
        await expect(page.getByRole('alert')).toBeVisible();
        await expect(page.getByRole('alert')).not.toContainText(/eload the extension|undefined/);
        expect(await valuesOf()).toEqual(typed);
      });
    }
    await options.field(field).fill(before);
  }
  await expect(page.getByRole('listitem').filter({ hasText: 'Mine' })).toHaveCount(0);
  expect(await complaints()).toEqual([]);
});

test('in a field of the popup: the popup goes on', async ({ extension, listed, popup }) => {
  const { page } = popup;
  const complaints = await complaintsOf(page, extension);
  const { row, button } = await listed('btcturk');
  for (const text of Object.values(odd)) await popup.find.evaluate(typeAll, text);
  await popup.find.fill('');
  await expect(row).toBeVisible();

  await page.getByText('Cancel by id').first().click();
  await page
    .getByRole('combobox', { name: 'Account' })
    .selectOption({ label: accountLabels.btcturk });
  for (const [name, text] of Object.entries(odd)) {
    await test.step(name, async () => {
      await page.getByLabel('Order id', { exact: true }).evaluate(typeAll, text);
      await page.getByRole('button', { name: 'Cancel by id', exact: true }).click();
      await expect(page.locator('details form[aria-busy=true]')).toHaveCount(0);
      await expect(page.locator('details')).not.toContainText(/eload the extension|inside/);
    });
  }
  await expect(page.getByRole('alert')).toBeVisible();

  await button.click();
  await expect(row).toContainText('Cancelled');
  const history = await popup.showHistory();
  const search = page.getByRole('searchbox', { name: 'Find in history' });
  for (const text of Object.values(odd)) await search.evaluate(typeAll, text);
  await search.evaluate(typeAll, '9'.repeat(5000));
  await expect(page.getByRole('alert')).toContainText('longer than Pullcord takes');
  await search.fill('btctry');
  await expect(history.getByRole('listitem').first()).toContainText('Cancelled');
  expect(await complaints()).toEqual([]);
});

test('in a message of a page of ours: it is answered by a sentence', async ({
  extension,
  listed,
  popup,
  sandbox,
}) => {
  const { row, button } = await listed('btcturk');
  const complaints = await complaintsOf(popup.page, extension);
  const answers = await popup.page.evaluate(askAll, messages());
  expect(answers.length).toBeGreaterThan(300);
  for (const { message, answer } of answers) {
    expect(answer, message).toEqual(
      answer?.ok
        ? expect.objectContaining({ ok: true })
        : { ok: false, error: expect.objectContaining({ message: expect.stringMatching(/\.$/) }) },
    );
  }
  // Well formed, and of an account that there is: what names no order is asked for again.
  const named = ['', ' #', '7'.repeat(4000)].map((orderId) => ({ orderId }));
  const unnamed = await popup.page.evaluate(askOfFirstAccount, named);
  expect(unnamed.map(({ answer }) => answer)).toEqual(
    ['no-id', 'no-id', 'long-id'].map((code) => ({
      ok: false,
      error: expect.objectContaining({ code }),
    })),
  );
  expect(sandbox.venues.btcturk.requests.of('cancel')).toEqual([]);
  await expect(row).toBeVisible();
  await button.click();
  await expect(row).toContainText('Cancelled');
  expect(await complaints()).toEqual([]);
});

test('in a page’s address: the page says what it is for', async ({ extension, popup }) => {
  const complaints = await complaintsOf(popup.page, extension);
  const hashes = [
    '',
    '#',
    '#%',
    '#__proto__',
    `#${'9'.repeat(100_000)}`,
    '#<script>1</script>',
    '#\ud800',
  ];
  await Promise.all(
    hashes.map(async (hash) => {
      const page = await extension.context.newPage();
      await page.goto(`${extension.url('lookup.html')}?id=${hash.slice(1, 9)}${hash}`);
      await expect(page.getByRole('heading', { name: 'Nothing to show' })).toBeVisible();
      await page.close();
    }),
  );
  await popup.page.goto(`${extension.url('popup.html')}?%00=__proto__#%`);
  await expect(popup.find).toBeVisible();
  expect(await complaints()).toEqual([]);
});

test('in the stored view: each page says that it cannot be read, and offers to reload', async ({
  extension,
  options,
  sandbox,
}) => {
  await options.createVault();
  await addAccount(options, sandbox, 'ripio');
  await expect.poll(() => options.page.evaluate(isWritten)).toBe(true);
  const complaints = await complaintsOf(options.page, extension);
  for (const [key, text] of [
    ['view.accounts', '[{'],
    ['view.index', '\u0000'],
    ['view.settings', ''],
  ] as const) {
    const before = await options.page.evaluate(exchange, { key, text });
    for (const name of ['lookup.html', 'options.html', 'popup.html'] as const) {
      // The worker may write it anew at any time, which is as it should be: it is damaged once more then.
      await expect(async () => {
        await options.page.evaluate(exchange, { key, text });
        const page = await extension.open(name);
        try {
          const heading = page.getByRole('heading', { name: 'Pullcord cannot read its data' });
          await expect(heading).toBeVisible({ timeout: 5000 });
          await expect(page.getByRole('button', { name: 'Reload Pullcord' })).toBeVisible();
        } finally {
          await page.close();
        }
      }).toPass();
    }
    await options.page.evaluate(exchange, { key, text: before });
  }
  expect(await complaints()).toEqual([]);
});

/** Of each kind that has fields, with what is none of theirs. */
function messages(): object[] {
  const value = fc.oneof(
    fc.constantFrom('', '__proto__', '\ud800', '\u202e', 'x'.repeat(5000), 1e308, -1, 0.5, null),
    fc.constantFrom([], [[]], [null], { length: 1 }, [{ accountId: 'x' }]),
    fc.string(),
    fc.jsonValue({ maxDepth: 1 }).filter((each) => typeof each === 'object'),
  );
  return Object.values(requestSchemas).flatMap((schema) => {
    const { entries } = schema();
    const names = Object.keys(entries).filter((name) => name !== 'kind');
    if (names.length === 0) return [];
    const fields = Object.fromEntries(names.map((name) => [name, value]));
    const message = fc.record({ kind: fc.constant(entries.kind.literal), ...fields });
    return fc.sample(message, { numRuns: 20, seed: 1 });
  });
}

/* What follows runs in the page. */

function valueOf(field: HTMLElement): string {
  return (field as HTMLInputElement).value;
}

function typeAll(field: HTMLElement, text: string): void {
  (field as HTMLInputElement).value = text;
  field.dispatchEvent(new Event('input', { bubbles: true }));
}

async function askAll(
  all: readonly object[],
): Promise<{ message: string; answer: { ok: boolean } | undefined }[]> {
  const answers = [];
  for (const each of all) {
    const answer = await chrome.runtime.sendMessage<object, { ok: boolean }>(each);
    answers.push({ message: JSON.stringify(each).slice(0, 200), answer });
  }
  return answers;
}

/** To cancel each of these. */
async function askOfFirstAccount(orders: readonly object[]) {
  const stored = await chrome.storage.session.get('view.accounts');
  const [account] = JSON.parse(String(stored['view.accounts'])) as { id: string }[];
  const answers = [];
  for (const order of orders) {
    const message = { kind: 'cancel-many', orders: [{ accountId: account?.id, ...order }] };
    answers.push({ answer: await chrome.runtime.sendMessage<object>(message) });
  }
  return answers;
}

async function exchange({ key, text }: { key: string; text: unknown }): Promise<unknown> {
  const { [key]: before } = await chrome.storage.session.get(key);
  await chrome.storage.session.set({ [key]: text });
  return before;
}
