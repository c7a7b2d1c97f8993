import type { KeyRight, KeyTest } from '#lib/domain/account.ts';
import { advice } from '#lib/words/advice.ts';
import { countWords } from '#lib/words/counts.ts';
import { remarkWords } from '#lib/words/note-words.ts';
import { t } from '#lib/words/text.ts';

/** How the test of an account's key ended, as sentences for the user. */
export function keyTestWords({ result }: KeyTest, venueName: string): string[] {
  return result.ok
    ? [
        t('options.works', { orders: countWords(result.openOrders, result.unreadable) }),
        ...rightsWords(result.rights, venueName),
      ]
    : [advice(result.reason, venueName), ...remarkWords(venueName, result)];
}

/** The least is best: what is lacking comes first, then what is too much. */
function rightsWords(rights: readonly KeyRight[] | undefined, venue: string): string[] {
  if (!rights) return [];
  const lacks = rights.includes('cancel') ? [] : [t('options.rights_no_cancel', { venue })];
  const money = rights.includes('money') ? [t('options.rights_money', { venue })] : [];
  const trade = rights.includes('trade') ? [t('options.rights_trade')] : [];
  const other = rights.includes('other') ? [t('options.rights_other', { venue })] : [];
  const all = [...lacks, ...money, ...trade, ...other];
  return all.length > 0 ? all : [t('options.rights_least')];
}
