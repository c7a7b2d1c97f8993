import type { WireReply } from './wire.ts';

const unitMilliseconds: readonly (readonly [RegExp, number])[] = [
  [/^(?:ms|milli)/i, 1],
  [/^s/i, 1000],
  [/^m/i, 60_000],
  [/^h/i, 3_600_000],
  [/^d/i, 86_400_000],
];
const unit = '(?:ms|milliseconds?|s|secs?|seconds?|m|mins?|minutes?|h|hrs?|hours?|d|days?)';
const count = String.raw`(?:\d+(?:\.\d+)?\s*|\b(?:an?|one)\s+)`;
const span = String.raw`${count}(?:more\s+)?${unit}\b(?:\(s\))?`;
/**
 * "Try again in 1 minute and 5 seconds". Only after a word that speaks of waiting, in the same sentence: "2400 requests
 * per minute" is no wait.
 */
const spans = new RegExp(
  String.raw`\b(?:again|retry|wait|banned|blocked|locked|restricted|suspended|available|resets?)\b[^\d.;]{0,40}?\b(${span}(?:\s*(?:(?:,|and)\s*)?${span})*)`,
  'i',
);
const eachSpan = new RegExp(String.raw`(${count})(?:more\s+)?(${unit})\b`, 'gi');
/** As the header has it, in words: seconds. */
const bareSeconds = /retry.?after["']?\s*(?:[:=]\s*)?["']?(\d+(?:\.\d+)?)\b/i;
/** "banned until 1764062047113", "until 2025-11-25T09:14:07.113Z", "until Tue, 25 Nov 2025 09:14:07 GMT". */
const moments =
  /\b(?:until|till|before|retry.?after|try again (?:at|after)|throttled)\b\W{0,3}(\d{10}(?:\d{3}){0,3}(?!\d)|\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?: ?(?:Z|UTC|GMT|[+-]\d\d:?\d\d))?|[A-Za-z]{3}, \d\d [A-Za-z]{3} \d{4} \d\d:\d\d:\d\d GMT)/i;

/** A moment that has just passed is the end of the wait; one long gone tells nothing. */
const justPassed = 1000;

/** What a reply says, in its header and in these words of it, of how long to wait: milliseconds; undefined for nothing. */
export function toldWait(reply: WireReply, words: string): number | undefined {
  const { retryAfter, retryAt, receivedAt } = reply;
  const told = [
    retryAfter === undefined ? undefined : retryAfter * 1000,
    untilMoment(retryAt, receivedAt),
  ].find((wait) => wait !== undefined);
  const inWords = waitInWords(words, receivedAt);
  if (told === undefined || inWords === undefined) return told ?? inWords;
  // The header tells whole seconds: where both mean the same, the words are the exact ones.
  return Math.abs(told - inWords) < 1000 ? inWords : Math.max(told, inWords);
}

function waitInWords(words: string, now: number | undefined): number | undefined {
  const moment = moments.exec(words)?.[1];
  const wait = moment === undefined ? undefined : untilMoment(unixMilliseconds(moment), now);
  if (wait !== undefined) return wait;
  const found = spans.exec(words)?.[1];
  if (found !== undefined) return [...found.matchAll(eachSpan)].reduce(add, 0);
  const seconds = bareSeconds.exec(words)?.[1];
  // A count of seconds as long as a moment is one, which has passed.
  return seconds === undefined || seconds.length >= 10 ? undefined : Number(seconds) * 1000;
}

function add(sum: number, [, number = '', name = '']: RegExpExecArray): number {
  const [, milliseconds = 0] = unitMilliseconds.find(([pattern]) => pattern.test(name)) ?? [];
  return sum + (/^\d/.test(number) ? Number(number) : 1) * milliseconds;
}

function untilMoment(moment: number | undefined, now: number | undefined): number | undefined {
  if (moment === undefined || now === undefined) return undefined;
  return moment - now > -justPassed ? Math.max(moment - now, 0) : undefined;
}

/** Unix seconds to nanoseconds, by the number of digits; dates are in UTC where they name no zone. */
function unixMilliseconds(text: string): number | undefined {
  if (/^\d+$/.test(text)) return Number(text.padEnd(13, '0').slice(0, 13));
  const [, date = '', time = '', zone = 'Z'] =
    /^(\d{4}-\d\d-\d\d)[T ]([\d:.]+) ?(\S*)$/i.exec(text) ?? [];
  const iso = `${date}T${time}${zone === '' || /[a-z]/i.test(zone) ? 'Z' : zone}`;
  const moment = Date.parse(date === '' ? text : iso);
  return Number.isNaN(moment) ? undefined : moment;
}
