import * as v from 'valibot';
import { isZero, parseDecimal, type Decimal } from '../domain/decimal.ts';
import type { ClientOrderId, OrderId, Side } from '../domain/order.ts';

/** What the venues' order schemas share. Numbers arrive as text (see `json.ts`), so text and numbers read alike. */

export const orderId = v.pipe(
  v.string(),
  v.nonEmpty(),
  v.transform((id) => id as OrderId),
);

/** Absent and empty are the same: no client order id. */
export const clientOrderId = v.pipe(
  v.nullish(v.string()),
  v.transform((id) => (id ? (id as ClientOrderId) : undefined)),
);

/** Undefined where the venue sends none, or something that is no decimal. */
export const optionalDecimal = v.pipe(
  v.nullish(v.string()),
  v.transform((text): Decimal | undefined => (text ? parseDecimal(text) : undefined)),
);

export const decimal = v.pipe(
  v.string(),
  v.transform(parseDecimal),
  v.custom<Decimal>((value) => typeof value === 'string', 'not a decimal'),
);

/** Unix milliseconds; undefined for 0 and for what is no number. */
export const optionalTime = v.pipe(
  v.nullish(v.string()),
  v.transform((text): number | undefined => Number(text) || undefined),
);

/** Undefined where the venue does not say, or says another word: no side is better than a wrong one. */
export const optionalSide = v.pipe(
  v.nullish(v.string()),
  v.transform((text): Side | undefined => {
    const side = text?.toLowerCase();
    return side === 'buy' || side === 'sell' ? side : undefined;
  }),
);

/** The text, or the fallback where the venue sends null or nothing. */
export function textOr(fallback: string) {
  return v.nullish(v.string(), fallback);
}

export function unlessZero(value: Decimal | undefined): Decimal | undefined {
  return value === undefined || isZero(value) ? undefined : value;
}

/** `{ key: value }`, or nothing where the value is undefined: for fields that are absent rather than undefined. */
export function optional<Key extends string, Value>(
  key: Key,
  value: Value | undefined,
): Partial<Record<Key, Value>> {
  return value === undefined ? {} : ({ [key]: value } as Record<Key, Value>);
}
