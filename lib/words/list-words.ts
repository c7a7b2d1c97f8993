import { t } from './text.ts';

/** `two of three, one refused`, with the comma of the language. */
export function withCommas(parts: readonly string[]): string {
  const [last = '', ...others] = parts.toReversed();
  return others.reduce((rest, first) => t('list.comma', { first, rest }), last);
}
