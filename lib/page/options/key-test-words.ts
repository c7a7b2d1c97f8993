import type { KeyTest } from '#lib/domain/account.ts';
import { advice } from '#lib/words/advice.ts';
import { countWords } from '#lib/words/counts.ts';
import { remarkWords } from '#lib/words/note-words.ts';
import { t } from '#lib/words/text.ts';

/** How the test of an account's key ended, as sentences for the user. */
export function keyTestWords({ result }: KeyTest, venueName: string): string[] {
  return result.ok
    ? [t('options.works', { orders: countWords(result.openOrders, result.unreadable) })]
    : [advice(result.reason, venueName), ...remarkWords(venueName, result)];
}
