/** Said by Pullcord of an answer that is not the venue's. */
export const notOwn = 'an answer that is not the venue’s own';

/** How Pullcord's own words begin, where the venue said nothing that could be shown. */
const own =
  /^(?:HTTP \d+, no text|an (?:empty )?answer |no answer|no reply on the WebSocket|the WebSocket closed|the list of orders has no end|the list does not tell|not (?:in|among|read)\b|no open order|no id of this venue|\d+ open orders bear|account removed)/;

/** Whether that was said of an answer which came, and could not be used. */
export function isUnusable(words: string): boolean {
  return /^(?:an (?:empty )?answer|the list of orders has no end|not among those orders)/.test(
    words,
  );
}

/** What was heard: in quotes after the venue's name only where the venue itself said it. */
export function saidWords(venueName: string, words: string | undefined): string[] {
  if (!words) return [];
  return [own.test(words) ? words : `${venueName}: “${words}”`];
}
