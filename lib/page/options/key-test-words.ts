import type { Account, Environment, KeyRight, KeyTest } from '#lib/domain/account.ts';
import type { Trouble } from '#lib/domain/refusal.ts';
import { venueNames, venueTraits, type VenueId } from '#lib/domain/venue-id.ts';
import { abouts } from '#lib/venues/abouts.ts';
import { advice } from '#lib/words/advice.ts';
import { countWords } from '#lib/words/counts.ts';
import { remarkWords } from '#lib/words/note-words.ts';
import { t } from '#lib/words/text.ts';

/** How the test of an account's key ended, as sentences for the user. */
export interface KeyTestWords {
  readonly result: string;
  /** What the user should change about the key, although it works. */
  readonly warnings: readonly string[];
  readonly more: readonly string[];
}

export function keyTestWords(
  { result }: KeyTest,
  { venue, environment }: Pick<Account, 'venue' | 'environment'>,
): KeyTestWords {
  const venueName = venueNames[venue];
  return result.ok
    ? {
        result: t('options.works', { orders: countWords(result.openOrders, result.unreadable) }),
        ...rightsWords(result.rights, venue),
      }
    : {
        result: advice(result.reason, venueName),
        warnings: [],
        more: [
          ...environmentWords(result.reason, venue, environment),
          ...remarkWords(venueName, result),
        ],
      };
}

/** Where the venue has several, a key of another one is as unknown as any: which one this is meant for may have been chosen wrongly. */
function environmentWords(reason: Trouble, venue: VenueId, environment: Environment): string[] {
  const mayBeOfAnother = reason === 'bad-key' || reason === 'unauthorized';
  const { hosts } = abouts[venue];
  if (!mayBeOfAnother || environment === 'sandbox' || Object.keys(hosts).length < 2) return [];
  return [t('options.of_environment', { environment: t(`environment.${environment}`) })];
}

/** The least is best: what is lacking comes first, then what is too much. */
function rightsWords(
  rights: readonly KeyRight[] | undefined,
  id: VenueId,
): Pick<KeyTestWords, 'warnings' | 'more'> {
  if (!rights) return { warnings: [], more: [] };
  const venue = venueNames[id];
  const { cancelsByTrading = false, endsByRight = false } = venueTraits[id];
  const mayTrade = rights.includes('trade');
  const warnings = [
    ...(rights.includes('cancel') ? [] : [t('options.rights_no_cancel', { venue })]),
    ...(endsByRight && !rights.includes('ends') ? [t('options.rights_no_ends', { venue })] : []),
    ...(rights.includes('money') ? [t('options.rights_money', { venue })] : []),
    ...(mayTrade && !cancelsByTrading ? [t('options.rights_trade')] : []),
    ...(rights.includes('other') ? [t('options.rights_other', { venue })] : []),
  ];
  if (mayTrade && cancelsByTrading) {
    return { warnings, more: [t('options.rights_trade_too', { venue })] };
  }
  return { warnings, more: warnings.length > 0 ? [] : [t('options.rights_least')] };
}
