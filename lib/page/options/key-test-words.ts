import type { KeyTest } from '#lib/domain/account.ts';
import { advice } from '#lib/words/advice.ts';
import { countWords } from '#lib/words/counts.ts';
import { remarkWords } from '#lib/words/note-words.ts';

/** How the test of an account's key ended, as sentences for the user. */
export function keyTestWords({ result, clockOffset }: KeyTest, venueName: string): string[] {
  const sentences = result.ok
    ? [`Works: ${countWords(result.openOrders, result.unreadable)}.`]
    : [advice(result.reason, venueName), ...remarkWords(venueName, result)];
  return clockOffset === undefined ? sentences : [...sentences, clockWords(clockOffset, venueName)];
}

/** `offset`: the venue's clock minus this machine's, in milliseconds. Pullcord signs by the venue's. */
function clockWords(offset: number, venueName: string): string {
  const size = Math.abs(Math.round(offset));
  if (size > 1000) {
    const direction = offset < 0 ? 'ahead of' : 'behind';
    const seconds = (size / 1000).toFixed(1);
    return `Your clock is ${seconds} s ${direction} ${venueName}’s; Pullcord allows for it. Better set it to network time.`;
  }
  if (size === 0) return `${venueName}’s clock agrees with yours.`;
  return `${venueName}’s clock is ${size} ms ${offset > 0 ? 'ahead of' : 'behind'} yours.`;
}
