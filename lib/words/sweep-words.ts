import { meanings } from '#lib/domain/standing.ts';
import {
  counts,
  hasSweepEnded,
  type AccountSweep,
  type Sweep,
  type Tally,
  type TallyKey,
} from '#lib/domain/sweep.ts';
import { secondsUntil, type AllHolds } from '#lib/domain/waiting.ts';
import { advice } from './advice.ts';
import { unreadableWords } from './counts.ts';
import { withCommas } from './list-words.ts';
import { freshReadWords } from './moment-words.ts';
import { noteWords, quotedRemark } from './note-words.ts';
import { t, tCount } from './text.ts';
import { secondsWords } from './time-words.ts';

/** What the popup says of a “Cancel all” under way, and of one that has ended. */

/** How many of a sweep's cancellations have come how far. */
export interface SweepCounts {
  readonly total: number;
  /** With an end, whichever. */
  readonly done: number;
  /** Sent, or accepted: the end is not proven. */
  readonly confirming: number;
  /** Without an answer that could be used. */
  readonly unknown: number;
  /** Not yet sent. */
  readonly left: number;
}

const parts: Readonly<Record<TallyKey, Exclude<keyof SweepCounts, 'total'>>> = {
  requested: 'left',
  sent: 'confirming',
  accepted: 'confirming',
  unknown: 'unknown',
  cancelled: 'done',
  'was-cancelled': 'done',
  filled: 'done',
  'not-found': 'done',
  refused: 'done',
  stopped: 'done',
  abandoned: 'done',
};

export function countSweep(accounts: readonly Pick<AccountSweep, 'tally'>[]): SweepCounts {
  const counted = { total: 0, done: 0, confirming: 0, unknown: 0, left: 0 };
  for (const [key, count] of accounts.flatMap(({ tally }) => counts(tally))) {
    counted[parts[key]] += count;
    counted.total += count;
  }
  return counted;
}

function addUp(accounts: readonly Pick<AccountSweep, 'tally'>[]): Tally {
  const total: Partial<Record<TallyKey, number>> = {};
  for (const [key, count] of accounts.flatMap(({ tally }) => counts(tally))) {
    total[key] = (total[key] ?? 0) + count;
  }
  return total;
}

/** In the order in which they are named; “cancelled” is said before them. */
const names = {
  cancelled: undefined,
  filled: 'filled',
  'was-cancelled': 'was_cancelled',
  'not-found': 'not_found',
  refused: 'refused',
  sent: 'confirming',
  accepted: 'confirming',
  unknown: 'unknown',
  requested: 'not_sent',
  stopped: 'not_sent',
  abandoned: 'abandoned',
} as const satisfies Readonly<Record<TallyKey, string | undefined>>;

/** The sweep as a whole: what it does, and at the end what came of it. */
export function sweepHeadline(sweep: Sweep): string {
  const { accounts, stoppedAt } = sweep;
  const { total, done } = countSweep(accounts);
  if (!hasSweepEnded(sweep)) {
    if (stoppedAt !== undefined) return t('sweep.stopped_waiting');
    if (total === 0) return t('sweep.reading_open');
    return done === total ? t('sweep.reading_left') : tCount('sweep.cancelling', total);
  }
  return sweepOutcome(sweep);
}

/** What came of a sweep that has ended. */
export function sweepOutcome({ accounts, stoppedAt }: Sweep): string {
  const { total, left } = countSweep(accounts);
  const outcome = outcomeWords(accounts, total);
  return stoppedAt !== undefined || left > 0 ? t('sweep.stopped', { outcome }) : outcome;
}

function outcomeWords(accounts: readonly AccountSweep[], total: number): string {
  const tally = addUp(accounts);
  const { cancelled = 0 } = tally;
  const isAllEmpty = accounts.every(({ phase }) => phase === 'empty');
  const unreadable = sum(accounts.map(({ reading }) => reading?.unreadable ?? 0));
  const odd = unreadable === 0 ? [] : [unreadableWords(unreadable)];
  if (total === 0) {
    return isAllEmpty
      ? t('sweep.nothing_open')
      : withCommas([t('sweep.nothing_cancelled'), ...odd]);
  }
  if (cancelled === total && isAllEmpty) return t('sweep.all_cancelled');
  return withCommas([t('sweep.some_cancelled', { cancelled, total }), ...namedEnds(tally), ...odd]);
}

/** What a screen reader is told without being asked: the beginning and the end, not each step. */
export function sweepAnnouncement(sweep: Sweep): string {
  return hasSweepEnded(sweep) || sweep.stoppedAt !== undefined
    ? sweepHeadline(sweep)
    : t('sweep.cancelling_all');
}

/** Whether there is anything that would not be sent, if the user stopped it now. */
export function canStop(sweep: Sweep): boolean {
  return sweep.stoppedAt === undefined && !hasSweepEnded(sweep);
}

/** How far one account has got; at the end, what its last reading showed. `now`: Unix milliseconds. */
export function accountSweepWords(
  part: AccountSweep,
  name: string,
  now: number,
  holds: AllHolds = {},
): string {
  const until = holds[part.accountId]?.cancels ?? 0;
  switch (part.phase) {
    case 'cancelling':
      return progressWords(part, secondsUntil(until, now));
    case 'sweeping':
      return [progressWords(part), sweepingWords(part)].filter(Boolean).join(' · ');
    case 'empty':
      return joined([emptyWords(part, name, now), ...badEnds(part)]);
    case 'left':
      return joined([leftWords(part, name, now), ...badEnds(part)]);
    case 'stopped': {
      const { reading } = part;
      const open =
        reading && withCommas([stillOpenWords(reading), freshReadWords(reading.readAt, now)]);
      return joined([progressWords(part), ...(open ? [open] : [])]);
    }
  }
}

/** `wait`: for how many seconds more the venue asks to wait with cancels; what was sent was told so, and waits too. */
function progressWords({ tally }: AccountSweep, wait?: number): string {
  const { total, done, confirming, unknown, left } = countSweep([{ tally }]);
  if (total === 0) return '';
  const { sent = 0, stopped = 0 } = tally;
  const held = wait === undefined ? 0 : left + sent;
  const unheld = (count: number, ofThem: number) => (held > 0 ? count - ofThem : count);
  return joined([
    tCount('sweep.done', done - stopped),
    ...counted(unheld(confirming, sent), 'sweep.end.confirming'),
    ...counted(unknown, 'sweep.end.unknown'),
    ...counted(unheld(left, left), 'sweep.left'),
    ...(held > 0 ? [tCount('sweep.waiting', held, { wait: secondsWords(wait ?? 0) })] : []),
    ...counted(stopped, 'sweep.end.not_sent'),
  ]);
}

function counted(
  count: number,
  key: `sweep.end.${NonNullable<(typeof names)[TallyKey]>}` | 'sweep.left',
): string[] {
  return count > 0 ? [tCount(key, count)] : [];
}

function sweepingWords({ reading, trouble }: AccountSweep): string {
  if (trouble) return t('sweep.cannot_be_read');
  return reading && reading.meant > 0
    ? tCount('sweep.still_listed', reading.meant)
    : t('sweep.reading_again');
}

function emptyWords({ reading }: AccountSweep, name: string, now: number): string {
  // A phase is `empty` only by a reading; without one nothing can be claimed.
  if (!reading) return t('sweep.not_read', { name });
  const read = freshReadWords(reading.readAt, now);
  const { open, kept } = reading;
  if (open !== kept) {
    return kept > 0
      ? tCount('sweep.empty_meant_kept', kept, { read })
      : t('sweep.empty_meant', { read });
  }
  return kept > 0
    ? tCount('sweep.empty_kept', kept, { name, read })
    : t('sweep.empty', { name, read });
}

function leftWords({ reading, trouble, failure }: AccountSweep, name: string, now: number): string {
  if (failure !== undefined) return t('sweep.failed', { name, why: noteWords(failure) });
  if (trouble) return t('sweep.could_not_be_read', { name, why: reasonWords(trouble, name) });
  if (!reading) return t('sweep.not_read', { name });
  return withCommas([stillOpenWords(reading, name), freshReadWords(reading.readAt, now)]);
}

/** Never “0 open” where an order could not be read: it may be. */
function stillOpenWords(
  { meant, unreadable = 0 }: NonNullable<AccountSweep['reading']>,
  name?: string,
): string {
  if (unreadable > 0 && meant === 0) {
    return name === undefined
      ? tCount('sweep.unreadable', unreadable)
      : tCount('sweep.unreadable_on', unreadable, { name });
  }
  const open =
    name === undefined
      ? tCount('sweep.still_open', meant)
      : tCount('sweep.still_open_on', meant, { name });
  return unreadable > 0 ? tCount('count.and_unreadable', unreadable, { open }) : open;
}

function reasonWords(trouble: NonNullable<AccountSweep['trouble']>, name: string): string {
  return quotedRemark(trouble) || advice(trouble.reason, name);
}

/** Those that are not what was wished for. */
function badEnds({ tally }: AccountSweep): string[] {
  return namedEnds(tally, (key) => meanings[key].isTrouble);
}

function namedEnds(tally: Tally, isNamed: (key: TallyKey) => boolean = () => true): string[] {
  const totals = new Map<NonNullable<(typeof names)[TallyKey]>, number>();
  for (const key of Object.keys(names) as TallyKey[]) {
    const name = names[key];
    if (name === undefined || !isNamed(key)) continue;
    totals.set(name, (totals.get(name) ?? 0) + (tally[key] ?? 0));
  }
  return [...totals].flatMap(([name, count]) => counted(count, `sweep.end.${name}`));
}

function sum(counts: readonly number[]): number {
  return counts.reduce((total, count) => total + count, 0);
}

function joined(parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join(' · ');
}
