import type { Cancellation } from '#lib/domain/cancellation.ts';
import { isZero } from '#lib/domain/decimal.ts';
import type { Remark } from '#lib/domain/remark.ts';
import { standingOf, type Stated } from '#lib/domain/standing.ts';
import { plainRemark } from './note-words.ts';
import { keyPart, t } from './text.ts';

/** Where a cancellation stands, in the words that users see. One word for one thing. */
export function stateWords(
  cancellation: Stated & Remark & Partial<Pick<Cancellation, 'sendings'>>,
): string {
  return standingOf(cancellation) === 'refused'
    ? t('state.refused_why', { why: plainRemark(cancellation) || t('state.no_reason') })
    : shortStateWords(cancellation);
}

/** The same without what was heard. */
export function shortStateWords(
  cancellation: Stated & Partial<Pick<Cancellation, 'sendings'>>,
): string {
  return t(`state.${stateKey(cancellation)}`);
}

/** What it is called in the catalogue. */
export function stateKey(cancellation: Stated & Partial<Pick<Cancellation, 'sendings'>>) {
  const standing = standingOf(cancellation);
  switch (standing) {
    case 'lapsed':
    case 'abandoned':
      return cancellation.sendings === 0 ? (`${standing}_unsent` as const) : standing;
    default:
      return keyPart(standing);
  }
}

/** "filled 0.6 of 1", where something had filled; undefined where nothing had, or where it is not known. */
export function filledWords({
  filled,
  quantity,
}: Pick<Cancellation, 'filled' | 'quantity'>): string | undefined {
  if (filled === undefined || isZero(filled)) return undefined;
  return quantity === undefined
    ? t('state.part_filled', { filled })
    : t('state.part_filled_of', { filled, quantity });
}

/** What a venue says of the order and what it shows do not fit together. */
export function contradictionWords(
  { claim, status }: NonNullable<Cancellation['contradiction']>,
  venue: string,
): string {
  return status === undefined
    ? t(`contradiction.${keyPart(claim)}_open`, { venue })
    : t(`contradiction.${keyPart(claim)}_status`, { venue, status });
}
