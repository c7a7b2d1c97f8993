import { venueNames, venueTraits, type VenueId } from '#lib/domain/venue-id.ts';
import {
  judge,
  medianRoundTrip,
  type Facts,
  type Light,
  type Room,
  type Verdict,
} from '#lib/domain/readiness.ts';
import type { Trouble } from '#lib/domain/refusal.ts';
import { advice } from './advice.ts';
import { clockWords, shortClockWords } from './clock-words.ts';
import { keyPart, t, tCount, tenthsText } from './text.ts';
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
export function lightName(light: Light): string {
  return t(`readiness.light.${light}`);
}

export function readinessWords(facts: Facts, venue: VenueId, now: number): ReadinessWords {
  const venueName = venueNames[venue];
  const verdict = judge(facts, now);
  const advised = adviceOn(verdict, venue);
  return {
    light: verdict.light,
    sentence: sentenceOf(verdict, now),
    ...(advised !== undefined && { advice: advised }),
    lines: linesOf(facts, venueName, now),
  };
}

function sentenceOf(verdict: Verdict, now: number): string {
  if (verdict.light === 'good') {
    return t('readiness.ready', { took: tookWords(verdict.roundTrip) });
  }
  switch (verdict.why) {
    case 'unchecked':
      return verdict.since === undefined
        ? t('readiness.not_all_checked')
        : t('readiness.not_checked_for', { length: durationWords(now - verdict.since) });
    case 'right-unseen':
      return t('readiness.right_unseen');
    case 'held':
      return t('readiness.held', { wait: waitWords(verdict.until, now) });
    case 'limit':
      return t('readiness.limit_used', { wait: waitWords(verdict.until, now) });
    case 'clock':
      return shortClockWords(verdict.clock);
    case 'slow':
      return t('readiness.slow', { took: tookWords(verdict.roundTrip) });
    case 'stream-down':
      return t('readiness.stream.down');
    case 'key-lost':
    case 'key-unusable':
      return t(`readiness.trouble.${keyPart(verdict.why)}`);
    case 'barred':
      return t('readiness.barred');
    case 'no-right':
      return t('readiness.no_right');
    case 'trouble':
      return t(`readiness.trouble.${troubleKey(verdict.reason)}`);
  }
}

/** In a line. What to do about it says `advice`. */
function troubleKey(reason: Trouble) {
  switch (reason) {
    case 'not-cancellable':
    case 'unread':
    case 'invalid-request':
    case 'unknown-symbol':
    case 'ambiguous':
    case 'symbol-needed':
    case 'not-readable':
    case 'unexpected':
      return 'odd';
    default:
      return keyPart(reason);
  }
}

function adviceOn(verdict: Verdict, id: VenueId): string | undefined {
  if (verdict.light === 'good') return undefined;
  const venueName = venueNames[id];
  switch (verdict.why) {
    case 'unchecked':
      return t('readiness.advice.unchecked');
    case 'right-unseen':
      return t(
        venueTraits[id].tellsRights
          ? 'readiness.advice.right_untested'
          : 'readiness.advice.right_unseen',
        { venue: venueName },
      );
    case 'held':
      return t('readiness.advice.held');
    case 'limit':
      return t('readiness.advice.limit');
    case 'clock':
      return t('readiness.advice.clock');
    case 'slow':
      return t('readiness.advice.slow');
    case 'stream-down':
      return t('readiness.advice.stream_down');
    case 'barred':
      return barredWords(venueName);
    case 'key-lost':
    case 'key-unusable':
    case 'no-right':
      return advice(verdict.why, venueName);
    case 'trouble':
      return advice(verdict.reason, venueName);
  }
}

/** The browser does not let the venue be reached. */
export function barredWords(venueName: string): string {
  return t('readiness.advice.barred', { venue: venueName });
}

function linesOf(facts: Facts, venueName: string, now: number): string[] {
  const { clock, roundTrips, room, stream } = facts;
  return [
    keyWords(facts, now),
    rightWords(facts, now),
    clock
      ? t('readiness.clock_measured', {
          clock: clockWords(clock, venueName),
          ago: ago(clock.at, now),
        })
      : t('readiness.clock_unmeasured'),
    ...(roundTrips
      ? [
          t('readiness.answers', {
            took: tookWords(medianRoundTrip(facts)),
            n: roundTrips.took.length,
            ago: ago(roundTrips.at, now),
          }),
        ]
      : []),
    ...(room ? [roomWords(room, now)] : []),
    ...(stream ? [t(`readiness.stream.${stream}`)] : []),
    t('readiness.orders', { read: readWords(facts.readAt, now) }),
  ];
}

function keyWords({ keyTrouble, workedAt, trouble }: Facts, now: number): string {
  if (keyTrouble) return t(`readiness.${keyPart(keyTrouble)}_here`);
  if (trouble) {
    return t(`readiness.failed.${troubleKey(trouble.reason)}`, { ago: ago(trouble.at, now) });
  }
  return workedAt === undefined
    ? t('readiness.key_untried')
    : t('readiness.key_works', { ago: ago(workedAt, now) });
}

function rightWords({ right, readersMayCancel, workedAt }: Facts, now: number): string {
  if (right) {
    return t(right.has ? 'readiness.may_cancel' : 'readiness.may_not_cancel', {
      ago: ago(right.at, now),
    });
  }
  return readersMayCancel && workedAt !== undefined
    ? t('readiness.readers_may_cancel')
    : t('readiness.right_not_seen');
}

/** What was counted against a limit is over when its time has passed since; by the second that says nothing. */
function roomWords({ left, most, per, at }: Room, now: number): string {
  if (per <= 1000) return tCount('readiness.room_second', most);
  const isOver = now - at > per + 1000;
  const values = { left: isOver ? most : left };
  return per === 60_000
    ? tCount('readiness.room_minute', most, values)
    : tCount('readiness.room_in', most, { ...values, length: durationWords(per) });
}

function ago(at: number, now: number): string {
  return now - at < 1000 ? t('time.just_now') : t('time.ago', { length: durationWords(now - at) });
}

function tookWords(milliseconds: number): string {
  return milliseconds < 1000
    ? t('time.ms', { n: Math.round(milliseconds) })
    : t('time.s', { n: tenthsText(milliseconds / 1000) });
}

function waitWords(until: number, now: number): string {
  return secondsWords(Math.max(1, Math.ceil((until - now) / 1000)));
}
