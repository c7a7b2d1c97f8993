import { bounds } from '#lib/venues/bounds.ts';
import { parseJson } from '#lib/venues/json.ts';

/**
 * Reads JSON, and what the venue's page prints for JSON: `"code": 030202`, a comma before a closing brace, none between
 * two fields. Whether its servers answer so is not known. A text that is cut off stays undefined: nothing is completed; one
 * that is long is read as JSON alone.
 */
export function parseLenientJson(text: string): unknown {
  return parseJson(text) ?? (text.length > bounds.lenient ? undefined : parseJson(mended(text)));
}

/**
 * Texts in quotes, numbers and words, and single signs; white space falls away. Each begins where the last one ended, and no
 * part of a pattern can take what the next one might: a quote that nothing closes ends the search, where to go on behind it
 * would look through the rest of the text for each.
 */
const token = /\s*(?:"[^"\\]*(?:\\.[^"\\]*)*"|[\w.+-]+|[^\s"])/sy;
const leadingZero = /^0\d+$/;

function tokensOf(text: string): string[] {
  const found: string[] = [];
  token.lastIndex = 0;
  for (let match = token.exec(text); match; match = token.exec(text)) {
    found.push(match[0].trimStart());
  }
  return found;
}

function mended(text: string): string {
  const found = tokensOf(text);
  return found
    .map((each, index) => {
      const next = found[index + 1];
      if (each === ',' && isIn(['}', ']'], next)) return '';
      const value = leadingZero.test(each) ? `"${each}"` : each;
      const isComplete = !isIn(['{', '[', ',', ':'], each);
      const isFollowed = next !== undefined && !isIn(['}', ']', ',', ':'], next);
      return isComplete && isFollowed ? `${value},` : value;
    })
    .join('');
}

function isIn(signs: readonly string[], token: string | undefined): boolean {
  return token !== undefined && signs.includes(token);
}

/** The first field of this name in a text that is no JSON however it is read, and not long. */
export function findField(text: string, name: string): string | undefined {
  if (text.length > bounds.lenient) return undefined;
  const match = new RegExp(`"${name}"\\s*:\\s*(?:"([^"]*)"|(\\d+))`).exec(text);
  return match?.[1] ?? match?.[2];
}
