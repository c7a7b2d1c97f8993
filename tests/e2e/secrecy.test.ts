import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  addAccount,
  expect,
  faultsOf,
  orderFor,
  test,
  testVenues,
} from '#tests/e2e/support/test.ts';
import { test as ownTest } from '#tests/e2e/support/own-browser.ts';
import { PopupPage, passphrase } from '#tests/e2e/support/pages.ts';

/** Every file below a folder, as raw bytes. */
async function* filesIn(folder: string): AsyncGenerator<{ name: string; bytes: Buffer }> {
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const name = join(entry.parentPath, entry.name);
    if (entry.isFile()) yield { name, bytes: await readFile(name) };
  }
}

/** As it stands in text files, as IndexedDB writes strings (UTF-16), and as Firefox's writes keys (each sign by one more). */
function spellings(secret: string): Buffer[] {
  const text = Buffer.from(secret);
  return [text, Buffer.from(secret, 'utf16le'), text.map((byte) => byte + 1) as Buffer];
}

ownTest(
  'after use the profile’s files hold no key, secret, passphrase or order id',
  { tag: '@firefox' },
  async ({ extension, options, sandbox }) => {
    await options.createVault();
    const orderIds: string[] = [];
    for (const venue of testVenues) {
      const { book } = sandbox.venues[venue];
      orderIds.push(
        ...[1, 2, 3].map(
          () => book.place({ ...orderFor(venue), clientOrderId: `bot-${venue}-51` }).id,
        ),
      );
      faultsOf(sandbox, venue).add('cancel', { kind: 'garbage', when: 'after-acting' });
      await addAccount(options, sandbox, venue);
    }
    const popup = new PopupPage(await extension.open('popup.html'));
    for (const id of orderIds) {
      await popup.cancelButton(id).click();
      await expect(popup.row(id)).toContainText('Cancelled');
    }
    await popup.page.getByRole('searchbox', { name: 'Find order' }).fill(orderIds[0] ?? '');
    await popup.showHistory();
    await options.lockNow.click();
    await options.page.getByLabel('Passphrase').fill(passphrase);
    await options.page.getByRole('button', { name: 'Unlock' }).click();
    await options.lockNow.waitFor();
    await extension.close({ keepProfile: true });

    const secrets = [
      passphrase,
      ...sandbox.list.flatMap(({ key, secret }) => [key, secret]),
      ...orderIds,
      ...testVenues.map((venue) => `bot-${venue}-51`),
    ];
    let seen = 0;
    const found: string[] = [];
    let sawDatabase = false;
    for await (const { name, bytes } of filesIn(extension.profile)) {
      seen += bytes.length;
      // The proof that the search can find anything: the database's own, unsealed names.
      sawDatabase ||=
        bytes.includes(Buffer.from('cancellations', 'utf16le')) || bytes.includes('cancellations');
      for (const [index, secret] of secrets.entries()) {
        if (spellings(secret).some((spelling) => bytes.includes(spelling))) {
          found.push(`secret ${index} in ${name.slice(extension.profile.length)}`);
        }
      }
    }
    expect(found).toEqual([]);
    expect(sawDatabase).toBe(true);
    expect(seen).toBeGreaterThan(100_000);
  },
);

test(
  'a stored secret is never given to a page, and strangers are not answered',
  { tag: '@firefox' },
  async ({ extension, popup, sandbox }) => {
    const stored = await popup.page.evaluate(() => chrome.storage.session.get(null));
    const text = JSON.stringify(stored);
    for (const { key, secret } of sandbox.list) {
      expect(text.includes(key)).toBe(false);
      expect(text.includes(secret)).toBe(false);
    }
    // A web page has no way in: nothing is web accessible, nothing is connectable.
    const stranger = await extension.context.newPage();
    await stranger.goto(sandbox.venues.ripio.url);
    const reached = await stranger.evaluate(async (url) => {
      const frame = await fetch(url).then(
        () => true,
        () => false,
      );
      return { frame, runtime: 'chrome' in globalThis && 'sendMessage' in (chrome.runtime ?? {}) };
    }, extension.url('popup.html'));
    expect(reached).toEqual({ frame: false, runtime: false });
  },
);
