import { parseJson } from '../json.ts';

/**
 * Reads JSON, and what the venue's page prints for JSON: `"code": 030202`, a comma before a closing brace, none between
 * two fields. Whether its servers answer so is not known. A text that is cut off stays undefined: nothing is completed.
 */
export function parseLenientJson(text: string): unknown {
  return parseJson(text) ?? parseJson(mended(text));
}

/** Texts in quotes, numbers and words, and single signs; white space falls away. */
const tokens = /"(?:[^"\\]|\\.)*"|[\w.+-]+|\S/g;
const leadingZero = /^0\d+$/;

function mended(text: string): string {
  const found = text.match(tokens) ?? [];
  return found
    .map((token, index) => {
      const next = found[index + 1];
      if (token === ',' && isIn(['}', ']'], next)) return '';
      const value = leadingZero.test(token) ? `"${token}"` : token;
      const isComplete = !isIn(['{', '[', ',', ':'], token);
      const isFollowed = next !== undefined && !isIn(['}', ']', ',', ':'], next);
      return isComplete && isFollowed ? `${value},` : value;
    })
    .join('');
}

function isIn(signs: readonly string[], token: string | undefined): boolean {
  return token !== undefined && signs.includes(token);
}

/** The first field of this name in a text that is no JSON however it is read. */
export function findField(text: string, name: string): string | undefined {
  const match = new RegExp(`"${name}"\\s*:\\s*(?:"([^"]*)"|(\\d+))`).exec(text);
  return match?.[1] ?? match?.[2];
}
