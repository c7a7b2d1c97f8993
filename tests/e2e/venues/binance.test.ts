import { generateKeyPairSync } from 'node:crypto';
import { expect, test } from '#tests/e2e/support/test.ts';

/** What is particular to Binance. */

const privateForm = { type: 'pkcs8', format: 'pem' } as const;
const publicForm = { type: 'spki', format: 'pem' } as const;

test.use({ accounts: ['binance'] });

test('orders of a list go together: said before the click, and recorded', async ({
  sandbox,
  listed,
  popup,
}) => {
  const { book, requests } = sandbox.venues.binance;
  const sell = { side: 'sell', price: '81900' } as const;
  const free = await listed('binance');
  const leg = await listed('binance', sell);
  const stop = { ...sell, method: 'stop-limit', stopPrice: '62000', parentId: leg.id } as const;
  const other = await listed('binance', stop);
  await expect(leg.row).toContainText('with its list');
  await expect(other.row).toContainText('with its list');
  await expect(free.row).not.toContainText('with its list');

  // What goes with a stop is kept as the stop is.
  const dialog = await popup.openCancelAll();
  await dialog.start.click();
  await popup.closeButton.click();
  await book.waitFor(free.id, 'cancelled');
  expect(book.open().map(({ id }) => id)).toEqual([leg.id, other.id]);

  await leg.button.click();
  await book.waitFor(other.id, 'cancelled');
  await expect(leg.row).toContainText('Cancelled');
  expect(requests.of('cancel').map(({ orderId }) => orderId)).toEqual([free.id, leg.id]);
  expect(requests.of('cancel-all')).toEqual([]);
  const history = await popup.showHistory();
  const entry = history.getByRole('listitem').filter({ hasText: other.id });
  await expect(entry).toContainText(`cancelled with its parent order ${leg.id}`);
  await expect(history.getByRole('listitem')).toHaveCount(3);
});

test('a private key is taken in PEM, and one of another kind told from it', async ({
  sandbox,
  options,
}) => {
  const { keys, requests, url } = sandbox.venues.binance;
  const { privateKey, publicKey } = generateKeyPairSync('ed25519', {
    privateKeyEncoding: privateForm,
    publicKeyEncoding: publicForm,
  });
  const rsa = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    privateKeyEncoding: privateForm,
    publicKeyEncoding: publicForm,
  });
  const key = 'key-of-a-pair';
  keys.add({ key, secret: publicKey });
  const account = { venueName: 'Binance', label: 'Pair', key, url };
  await options.createVault();
  await options.fillAccount({ ...account, secret: rsa.privateKey });
  await options.save();
  await expect(options.page.getByText('this is another kind')).toBeVisible();
  await expect(options.page.getByLabel('API key', { exact: true })).toHaveValue(key);
  await options.page.getByLabel('API secret', { exact: true }).fill(privateKey);
  await options.save();
  await options.account('Pair').waitFor();
  const signed = await requests.waitFor(({ operation }) => operation === 'open-orders');
  expect(signed.headers['x-mbx-apikey']).toBe(key);
  await requests.waitFor(({ operation, status }) => operation === 'open-orders' && status === 200);
});
