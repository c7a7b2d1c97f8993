// A function that runs elsewhere can take nothing along.
/* oxlint-disable unicorn/consistent-function-scoping */

import { randomUUID } from 'node:crypto';
import type { AccountId } from '#lib/domain/account.ts';
import { requestCancellation, type CancellationId } from '#lib/domain/cancellation.ts';
import { advance } from '#lib/domain/cancellation-steps.ts';
import type { ClientOrderId, OrderId } from '#lib/domain/order.ts';
import { createSealer } from '#lib/worker/vault/sealing.ts';
import { importVaultKey } from '#lib/worker/vault/vault-key.ts';
import type { Decimal } from '#lib/domain/decimal.ts';
import type { Run } from './session.ts';

/** Of the order that was cancelled first. */
export const oldestOrderId = orderIdOf(1);

const atOnce = 500;

/** A sealed row, as it can be handed to a page. */
interface Sealed {
  readonly row: number;
  readonly iv: string;
  readonly data: string;
}

interface Place {
  /** In a page of the extension, while the vault is open. */
  readonly run: Run;
  readonly killWorker: () => Promise<void>;
}

/**
 * Writes rows of history after those that are there, up to `count` in all. The worker must not live meanwhile: it alone
 * writes, and counts its rows in memory. The accounts take turns.
 */
export async function writeHistory(
  { run, killWorker }: Place,
  before: number,
  count: number,
): Promise<void> {
  const { key, accountIds } = await run(readVault);
  const sealer = createSealer(await importVaultKey(new Uint8Array(Buffer.from(key, 'base64'))));
  await killWorker();
  for (let from = before; from < count; from += atOnce) {
    const length = Math.min(atOnce, count - from);
    const sealed = Array.from({ length }, async (_, index): Promise<Sealed> => {
      const row = from + index + 1;
      const accountId = accountIds[row % accountIds.length] ?? noAccount();
      const record = await sealer.seal('cancellations', row, endedCancellation(row, accountId));
      return {
        row,
        iv: Buffer.from(record.iv).toString('base64'),
        data: Buffer.from(record.data).toString('base64'),
      };
    });
    await run(putRows, await Promise.all(sealed));
  }
  await run(wake);
}

/** A cancel that the venue proved 40 ms after the wish, as Pullcord itself would have brought it about. */
function endedCancellation(row: number, accountId: AccountId) {
  const at = Date.now() - 1e9 + row * 10_000;
  const orderId = orderIdOf(row);
  const order = {
    id: orderId,
    clientOrderId: randomUUID() as ClientOrderId,
    symbol: 'BTC_BRL',
    side: row % 2 === 0 ? ('buy' as const) : ('sell' as const),
    type: 'limit',
    price: String(500_000 + row) as Decimal,
    quantity: '0.25' as Decimal,
    remaining: '0.25' as Decimal,
    createdAt: at - 60_000,
    protective: false,
  };
  const id = randomUUID() as CancellationId;
  const wish = requestCancellation(id, { accountId, orderId, symbol: order.symbol }, order, at);
  const sent = advance(wish, { type: 'sending' }, at + 3);
  const reply = { kind: 'cancelled', said: ['canceled'] } as const;
  return advance(sent, { type: 'replied', reply }, at + 40);
}

function noAccount(): never {
  throw new Error('there is no account');
}

export function orderIdOf(row: number): OrderId {
  const tail = String(row).padStart(12, '0');
  return `7155ED34-9EC4-4733-8B32-${tail}` as OrderId;
}

/* What follows runs in the page. */

async function readVault(): Promise<{ key: string; accountIds: readonly AccountId[] }> {
  const stored = await chrome.storage.session.get(['vault.unlocked', 'view.accounts']);
  const { key } = stored['vault.unlocked'] as { key: string };
  const accounts = JSON.parse(stored['view.accounts'] as string) as { id: AccountId }[];
  return { key, accountIds: accounts.map(({ id }) => id) };
}

async function putRows(rows: readonly Sealed[]): Promise<void> {
  const bytes = (text: string) => Uint8Array.from(atob(text), (each) => each.charCodeAt(0));
  const opening = indexedDB.open('pullcord');
  await new Promise((resolve) => {
    opening.addEventListener('success', resolve);
  });
  const writing = opening.result.transaction('cancellations', 'readwrite');
  for (const { row, iv, data } of rows) {
    const record = { version: 1, iv: bytes(iv), data: bytes(data).buffer };
    writing.objectStore('cancellations').put(record, row);
  }
  await new Promise((resolve, reject) => {
    writing.addEventListener('complete', resolve);
    writing.addEventListener('abort', () => reject(writing.error ?? new Error('not written')));
  });
  opening.result.close();
}

async function wake(): Promise<void> {
  await chrome.runtime.sendMessage({ kind: 'hello' });
}
