import { t } from './text.ts';

/** `two of three, one refused`, with the comma of the language. */
export function withCommas(parts: readonly string[]): string {
  return joined(parts, 'list.comma');
}

/** `BTCTRY, ETHTRY`: names, which some languages part by another sign. */
export function listNames(names: readonly string[]): string {
  return joined(names, 'list.names');
}

function joined(parts: readonly string[], key: 'list.comma' | 'list.names'): string {
  const [last = '', ...others] = parts.toReversed();
  return others.reduce((rest, first) => t(key, { first, rest }), last);
}
