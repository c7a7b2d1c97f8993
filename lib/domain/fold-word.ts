import { once } from './once.ts';

const isOther = /[^\n -~]/;
const marks = once(() => /\p{M}/gu);

/**
 * Words as they are typed in a hurry, or in capitals, which are others in each language: `ALIŞ`, `alış` and `alis` are the same, and so
 * are `İPTAL` and `iptal`, and `GRİD-7` on a Turkish keyboard and `grid-7`.
 */
export function foldWord(words: string): string {
  const small = words.toLowerCase();
  if (!isOther.test(small)) return small;
  return small.normalize('NFD').replace(marks(), '').replaceAll('\u0131', 'i');
}
