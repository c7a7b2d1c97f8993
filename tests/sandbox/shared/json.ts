/** Node 22+ has JSON.rawJSON; the type library does not know it yet. */
const { rawJSON, isRawJSON } = JSON as typeof JSON & {
  rawJSON: (text: string) => object;
  isRawJSON: (value: unknown) => value is { readonly rawJSON: string };
};

/**
 * A JSON number with exactly these digits, for `JSON.stringify`. Order ids may lie beyond 2^53 and amounts are
 * text in the book, so neither may pass through a float on its way to the wire.
 */
export const exactNumber = (digits: string): object => rawJSON(digits);

/** As `tryParseJson`, with every number as the text of its digits. */
export function tryParseExactJson(text: string): unknown {
  try {
    return JSON.parse(text, withDigits);
  } catch {
    return undefined;
  }
}

const withDigits = (_: string, value: unknown, context?: { source: string }): unknown =>
  typeof value === 'number' ? context?.source : value;

/** As `tryParseJson`, with every number as it will be written again: by the same digits. */
export function tryParseRawJson(text: string): unknown {
  try {
    return JSON.parse(text, withNumbers);
  } catch {
    return undefined;
  }
}

const withNumbers = (_: string, value: unknown, context?: { source: string }): unknown =>
  typeof value === 'number' && context ? exactNumber(context.source) : value;

/** The digits of such a number; undefined for anything else. */
export const numberText = (value: unknown): string | undefined =>
  isRawJSON(value) ? value.rawJSON : undefined;

/** The parsed text, or undefined where it is not JSON. */
export function tryParseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
