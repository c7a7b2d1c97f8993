/**
 * What speed is measured with: the built extension in a real Chromium, sandbox venues on loopback. Prints a table and
 * writes it as JSON. Nothing here passes or fails: compare the ratios of one run, not the milliseconds of two.
 */
import { execFileSync } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { launchExtension } from '../e2e/support/extension.ts';
import { OptionsPage } from '../e2e/support/pages.ts';
import { startSandbox } from '../sandbox/sandbox.ts';
import { measurePaint } from './popup-paint.ts';
import { summary, type Summary } from './summary.ts';

const rounds = 40;

execFileSync('npm', ['run', '--silent', 'build:sandbox'], {
  stdio: ['ignore', 'ignore', 'inherit'],
});
const sandbox = await startSandbox({
  btcturk: { seed: false },
  ripio: { seed: false, limits: false },
});
const extension = await launchExtension();
const options = new OptionsPage(await extension.open('options.html'));
await options.createVault();
const ripio = sandbox.list.find(({ venue }) => venue === 'ripio');
if (!ripio) throw new Error('the sandbox has no Ripio Trade');
await options.fillAccount({ ...ripio, venueName: 'Ripio Trade', label: 'Bench' });
await options.save();
await options.account('Bench').getByText('Works').waitFor();

const results: Record<string, Summary> = {};
const page = await extension.open('popup.html');
for (const count of [0, 50]) {
  const { book } = sandbox.venues.ripio;
  book.clear();
  for (let i = 0; i < count; i++) {
    book.place({ symbol: 'BTC_BRL', side: 'buy', price: String(500_000 + i), quantity: '0.1' });
  }
  await page.getByRole('button', { name: 'Refresh' }).click();
  await page
    .getByText(count === 0 ? 'No open orders' : '500049')
    .first()
    .waitFor();
  if (count === 0) {
    results['popup painted, no orders'] = summary(await measurePaint(extension, 0, rounds));
    continue;
  }
  const firstScreen = 8;
  results[`popup painted, first screen of ${count} orders`] = summary(
    await measurePaint(extension, firstScreen, rounds),
  );
  results[`popup painted, all of ${count} orders`] = summary(
    await measurePaint(extension, count, rounds),
  );
}
await extension.close();
await sandbox.stop();

console.table(results);
const folder = join(import.meta.dirname, '../../test-results');
await mkdir(folder, { recursive: true });
const machine = { cores: cpus().length, model: cpus()[0]?.model };
await writeFile(join(folder, 'bench.json'), JSON.stringify({ machine, results }, null, 2));
