import * as v from 'valibot';
import { isZero, parseDecimal, subtract, type Decimal } from '#lib/domain/decimal.ts';
import type { ClientOrderId, OrderId, Side } from '#lib/domain/order.ts';
import { bounds } from './bounds.ts';
import { hasUnseen, seen } from './safe-text.ts';
import type { TimeReply } from './venue.ts';

/**
 * What the venues' order schemas share. Numbers arrive as text (see `json.ts`), so text and numbers read alike. Of an
 * order nothing but its id is needed: a field that is absent, odd or longer than any is not known, and spoils neither the
 * order nor a list. An id with what does not show in it is none; elsewhere a space stands for that.
 */

export const orderId = v.pipe(
  v.string(),
  v.nonEmpty(),
  v.check(isPlainId),
  v.transform((id) => id as OrderId),
);

function isPlainId(id: string): boolean {
  return id.length <= bounds.id && !hasUnseen(id);
}

/** What names a list's next page, to be sent back as it is; empty where there is none. */
export const cursorText = v.pipe(
  v.nullish(v.string(), ''),
  v.check((text) => text.length <= bounds.cursor && !hasUnseen(text)),
);

const looseText = v.fallback(v.nullish(v.string()), undefined);

/** Absent, empty and not to be read are the same: no client order id. */
export const clientOrderId = v.pipe(
  looseText,
  v.transform((id) => (id && isPlainId(id) ? (id as ClientOrderId) : undefined)),
);

/** Written out, `1e-400` has as many digits as that. */
const exponent = /e[+-]?0*(\d+)$/i;

const numberText = v.pipe(
  looseText,
  v.transform((text) =>
    text !== undefined &&
    text !== null &&
    text.length <= bounds.number &&
    Number(exponent.exec(text)?.[1] ?? 0) <= bounds.number
      ? text
      : undefined,
  ),
);

/** Undefined where the venue sends none, or something that is no decimal; `0,5` is none: what a comma means is not guessed. */
export const optionalDecimal = v.pipe(
  numberText,
  v.transform((text): Decimal | undefined => (text ? parseDecimal(text) : undefined)),
);

/** The last moment that a date can hold. */
const endOfTime = 8.64e15;

/** Unix milliseconds; undefined for 0 and for what is no moment. */
export const optionalTime = v.pipe(
  numberText,
  v.transform((text): number | undefined => {
    const time = Number(text);
    return time > 0 && time <= endOfTime ? time : undefined;
  }),
);

/** Unix milliseconds as a venue's clock tells them: anything else is no time. */
const exactTime = v.pipe(v.string(), v.regex(/^\d{13}$/), v.transform(Number));

/** The reader of a body that has the venue's clock under this name. */
export function timeIn(name: string) {
  const schema = v.object({ [name]: exactTime });
  return (body: unknown): Extract<TimeReply, { kind: 'time' }> | undefined => {
    const told = v.safeParse(schema, body);
    const time = told.success ? told.output[name] : undefined;
    return time === undefined ? undefined : { kind: 'time', time };
  };
}

/** Undefined where the venue does not say, or says another word: no side is better than a wrong one. */
export const optionalSide = v.pipe(
  looseText,
  v.transform((text): Side | undefined => {
    const side = text?.toLowerCase();
    return side === 'buy' || side === 'sell' ? side : undefined;
  }),
);

/** The text, or the fallback where the venue sends nothing, no text, or more than any. */
export function textOr(fallback: string, most: number = bounds.words) {
  return v.pipe(
    v.fallback(v.nullish(v.string(), fallback), fallback),
    v.transform((text) => (text.length <= most ? seen(text) : fallback)),
  );
}

/** Empty where it is not known. */
export const symbolText = textOr('', bounds.symbol);

/** The venue's word for the kind of order in lower case; a limit order where it does not say. */
export function typeOf(word: string): string {
  return word === '' ? 'limit' : word.toLowerCase();
}

export function unlessZero(value: Decimal | undefined): Decimal | undefined {
  return value === undefined || isZero(value) ? undefined : value;
}

/** What is left of two amounts that are both known. */
export function difference(
  whole: Decimal | undefined,
  part: Decimal | undefined,
): Decimal | undefined {
  return whole === undefined || part === undefined ? undefined : subtract(whole, part);
}

/** The venue's word for an open order's state, where it is none of those it is known to have. */
export function unknownStatus(
  status: string,
  known: readonly string[],
): { readonly unknownStatus?: string } {
  const isKnown = status === '' || known.includes(status.toLowerCase());
  return isKnown ? {} : { unknownStatus: status };
}

/**
 * A list, read element by element: one odd order never hides the others. `unreadable`: how many elements have not even an
 * id; undefined where it is no list.
 */
export function readElements<Schema extends v.GenericSchema>(
  schema: Schema,
  list: unknown,
): { readonly models: v.InferOutput<Schema>[]; readonly unreadable: number } | undefined {
  if (!Array.isArray(list)) return undefined;
  const models = list.flatMap((element: unknown) => {
    const parsed = v.safeParse(schema, element);
    return parsed.success ? [parsed.output] : [];
  });
  return { models, unreadable: list.length - models.length };
}

/** `{ key: value }`, or nothing where the value is undefined: for fields that are absent rather than undefined. */
export function optional<Key extends string, Value>(
  key: Key,
  value: Value | undefined,
): Partial<Record<Key, Value>> {
  return value === undefined ? {} : ({ [key]: value } as Record<Key, Value>);
}
