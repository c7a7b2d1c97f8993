import { venueNames } from '#lib/domain/venue-id.ts';
import type { VenueId } from '#lib/domain/venue-id.ts';
import {
  judge,
  medianRoundTrip,
  type Facts,
  type Light,
  type Room,
  type Verdict,
} from '#lib/domain/readiness.ts';
import type { Trouble } from '#lib/domain/refusal.ts';
import type { StreamState } from '#lib/domain/stream.ts';
import { advice } from './advice.ts';
import { clockWords, shortClockWords } from './clock-words.ts';
import { durationWords, readWords, secondsWords } from './time-words.ts';

/** Whether a cancel would work, as a user reads it. */
export interface ReadinessWords {
  readonly light: Light;
  /** Short enough for a line, the light's meaning first. */
  readonly sentence: string;
  /** What to do, or what it means; absent where all is well. */
  readonly advice?: string;
  /** Each fact as a line, with how old it is. */
  readonly lines: readonly string[];
}

/** A light as it is called where it is not seen. */
export const lightNames: Readonly<Record<Light, string>> = {
  good: 'Green light',
  unknown: 'Grey light',
  warn: 'Amber light',
  bad: 'Red light',
};

export function readinessWords(facts: Facts, venue: VenueId, now: number): ReadinessWords {
  const venueName = venueNames[venue];
  const verdict = judge(facts, now);
  const advised = adviceOn(verdict, venueName);
  return {
    light: verdict.light,
    sentence: sentenceOf(verdict, now),
    ...(advised !== undefined && { advice: advised }),
    lines: linesOf(facts, venueName, now),
  };
}

function sentenceOf(verdict: Verdict, now: number): string {
  if (verdict.light === 'good') return `Ready, answers in ${tookWords(verdict.roundTrip)}`;
  switch (verdict.why) {
    case 'unchecked':
      return verdict.since === undefined
        ? 'Not all checked yet'
        : `Not checked for ${durationWords(now - verdict.since)}`;
    case 'right-unseen':
      return 'Answers; right to cancel not seen yet';
    case 'held':
      return `Asks to wait ${waitWords(verdict.until, now)} with cancels`;
    case 'limit':
      return `Limit used up for ${waitWords(verdict.until, now)}`;
    case 'clock':
      return shortClockWords(verdict.clock);
    case 'slow':
      return `Slow: answers in ${tookWords(verdict.roundTrip)}`;
    case 'stream-down':
      return 'Stream is down';
    case 'key-lost':
      return 'Key cannot be read';
    case 'no-right':
      return 'Key may not cancel';
    case 'trouble':
      return troubleWords[verdict.reason];
  }
}

/** In a line. What to do about it says `advice`. */
const troubleWords: Readonly<Record<Trouble, string>> = {
  'bad-key': 'Key is not known there',
  'bad-signature': 'API secret is wrong',
  clock: 'Clock is too far off',
  address: 'Key is not for your address',
  'no-right': 'Key lacks a right',
  'right-or-address': 'Key lacks a right, or your address',
  unauthorized: 'Key is refused',
  suspended: 'Key or account is blocked',
  blocked: 'Refused on the way there',
  legal: 'Refused for legal reasons',
  maintenance: 'In maintenance',
  unreachable: 'Cannot be reached',
  unusable: 'Answers cannot be used',
  'rate-limited': 'Asks to wait',
  'key-lost': 'Key cannot be read',
  'not-cancellable': 'Answers oddly',
  unread: 'Answers oddly',
  'invalid-request': 'Answers oddly',
  'unknown-symbol': 'Answers oddly',
  ambiguous: 'Answers oddly',
  'symbol-needed': 'Answers oddly',
  'not-readable': 'Answers oddly',
  unexpected: 'Answers oddly',
};

function adviceOn(verdict: Verdict, venueName: string): string | undefined {
  if (verdict.light === 'good') return undefined;
  switch (verdict.why) {
    case 'unchecked':
      return 'Refresh in the popup, or test the key, to check it now.';
    case 'right-unseen':
      return `No reading shows whether a key may cancel on ${venueName}: the first cancel does. Cancel an order that you can spare, to be sure.`;
    case 'held':
      return 'Cancels are sent the moment that has passed. “Send now” on a row sends one all the same.';
    case 'limit':
      return 'Wait: Pullcord keeps to the venue’s limit, and sends each cancel as soon as there is room for it.';
    case 'clock':
      return 'Cancels work: Pullcord allows for it. Better set your computer to network time.';
    case 'slow':
      return 'Check your connection, or try another network.';
    case 'stream-down':
      return 'The list is read at intervals meanwhile. Where it stays so, the key may lack the right to the stream: look there.';
    case 'key-lost':
    case 'no-right':
      return advice(verdict.why, venueName);
    case 'trouble':
      return advice(verdict.reason, venueName);
  }
}

function linesOf(facts: Facts, venueName: string, now: number): string[] {
  const { clock, roundTrips, room, stream } = facts;
  return [
    keyWords(facts, now),
    rightWords(facts, now),
    clock
      ? `${clockWords(clock, venueName)}, ${ago('measured', clock.at, now)}`
      : 'Clock not measured yet',
    ...(roundTrips
      ? [
          `Answers in ${tookWords(medianRoundTrip(facts))}: the middle of the last ${roundTrips.took.length}, ${ago('last', roundTrips.at, now)}`,
        ]
      : []),
    ...(room ? [roomWords(room, now)] : []),
    ...(stream ? [streamWords[stream]] : []),
    `Orders ${readWords(facts.readAt, now)}`,
  ];
}

function keyWords({ isKeyLost, workedAt, trouble }: Facts, now: number): string {
  if (isKeyLost) return 'Key cannot be read on this device';
  if (trouble)
    return `Last request failed (${troubleWords[trouble.reason].toLowerCase()}), ${ago('', trouble.at, now)}`;
  return workedAt === undefined ? 'Key not tried yet' : `Key works, ${ago('seen', workedAt, now)}`;
}

function rightWords({ right, readersMayCancel, workedAt }: Facts, now: number): string {
  if (right) {
    return right.has
      ? `Key may cancel, ${ago('seen', right.at, now)}`
      : `Key may not cancel, ${ago('refused', right.at, now)}`;
  }
  if (readersMayCancel && workedAt !== undefined) return 'Key may cancel: it may list orders';
  return 'Right to cancel not seen yet';
}

/** What was counted against a limit is over when its time has passed since; by the second that says nothing. */
function roomWords({ left, most, per, at }: Room, now: number): string {
  const cancels = most === 1 ? 'cancel' : 'cancels';
  if (per <= 1000) return `Limit: ${most} ${cancels} a second`;
  const isOver = now - at > per + 1000;
  const time = per === 60_000 ? 'a minute' : `in ${durationWords(per)}`;
  return `Limit: ${isOver ? most : left} of ${most} ${cancels} ${time} left`;
}

const streamWords: Readonly<Record<StreamState, string>> = {
  connecting: 'Stream is connecting',
  live: 'Stream is live',
  down: 'Stream is down',
};

function ago(what: string, at: number, now: number): string {
  const age = now - at < 1000 ? 'just now' : `${durationWords(now - at)} ago`;
  return what === '' ? age : `${what} ${age}`;
}

function tookWords(milliseconds: number): string {
  return milliseconds < 1000
    ? `${Math.round(milliseconds)} ms`
    : `${(milliseconds / 1000).toFixed(1)} s`;
}

function waitWords(until: number, now: number): string {
  return secondsWords(Math.max(1, Math.ceil((until - now) / 1000)));
}
