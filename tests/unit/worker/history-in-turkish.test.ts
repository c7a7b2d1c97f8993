import { expect, test, vi } from 'vitest';
import type { AccountId } from '#lib/domain/account.ts';
import {
  requestCancellation,
  type Cancellation,
  type CancellationId,
} from '#lib/domain/cancellation.ts';
import { readHistory } from '#lib/worker/history.ts';
import turkish from '#locales/tr.json' with { type: 'json' };
import { messagesOf } from '#locales/catalogue.ts';
import { accountOf, now, orderOf } from '#tests/unit/support/view-world.ts';

/** Words are sought as the history shows them, in letters that have other capitals than English ones; and in English too. */

const messages = new Map(messagesOf(turkish));
vi.spyOn(chrome.i18n, 'getMessage').mockImplementation((key) => messages.get(key) ?? '');

const account = accountOf('a', 'btcturk', 'Işık');

function ended(state: Cancellation['state'], side: 'buy' | 'sell'): Cancellation {
  const order = orderOf('1', { side });
  const ref = { accountId: 'a' as AccountId, orderId: order.id };
  return { ...requestCancellation(state as string as CancellationId, ref, order, now), state };
}

const rows = [
  ended('not-found', 'sell'),
  ended('filled', 'buy'),
  ended('was-cancelled', 'sell'),
  ended('cancelled', 'buy'),
].map((cancellation, index) => ({ row: index + 1, cancellation }));

test.each([
  ['İptal edildi', ['cancelled']],
  ['İPTAL', ['was-cancelled', 'cancelled']],
  ['iptal', ['was-cancelled', 'cancelled']],
  ['ıptal', ['was-cancelled', 'cancelled']],
  ['BULUNAMADI', ['not-found']],
  ['bulunamadi', ['not-found']],
  ['GERÇEKLEŞMİŞ', ['filled']],
  ['ALIŞ', ['filled', 'cancelled']],
  ['satıs', ['not-found', 'was-cancelled']],
  ['alış iptal', ['cancelled']],
  ['cancelled', ['was-cancelled', 'cancelled']],
  ['Not Found', ['not-found']],
  ['buy FILLED', ['filled']],
  ['SELL', ['not-found', 'was-cancelled']],
  ['IŞIK iptal', ['was-cancelled', 'cancelled']],
])('“%s”', async (text, expected) => {
  const found = await readHistory(
    {
      accounts: () => [account],
      nextRow: () => rows.length + 1,
      history: async (_limit, _before, matches = () => true) =>
        rows.filter(({ cancellation }) => matches(cancellation)),
    },
    { text },
  );
  expect(found.rows.map(({ cancellation }) => cancellation?.id)).toEqual(expected);
});
