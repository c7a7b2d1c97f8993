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
import { ordersWords, unreadableWords } from './counts.ts';
import { freshReadWords } from './moment-words.ts';
import { noteWords, quotedRemark } from './note-words.ts';
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
const names: Readonly<Record<TallyKey, string | undefined>> = {
  cancelled: undefined,
  filled: 'already filled',
  'was-cancelled': 'already cancelled',
  'not-found': 'not found',
  refused: 'refused',
  sent: 'confirming',
  accepted: 'confirming',
  unknown: 'unknown, checking',
  requested: 'not sent',
  stopped: 'not sent',
  abandoned: 'not known: account removed',
};

/** The sweep as a whole: what it does, and at the end what came of it. */
export function sweepHeadline(sweep: Sweep): string {
  const { accounts, stoppedAt } = sweep;
  const { total, done } = countSweep(accounts);
  if (!hasSweepEnded(sweep)) {
    if (stoppedAt !== undefined) return 'Stopped: waiting for what was sent';
    if (total === 0) return 'Reading what is open';
    return done === total ? 'Reading whether anything is left' : `Cancelling ${ordersWords(total)}`;
  }
  return sweepOutcome(sweep);
}

/** What came of a sweep that has ended. */
export function sweepOutcome({ accounts, stoppedAt }: Sweep): string {
  const { total, left } = countSweep(accounts);
  const outcome = outcomeWords(accounts, total);
  return stoppedAt !== undefined || left > 0 ? `Stopped: ${outcome}` : outcome;
}

function outcomeWords(accounts: readonly AccountSweep[], total: number): string {
  const tally = addUp(accounts);
  const { cancelled = 0 } = tally;
  const isAllEmpty = accounts.every(({ phase }) => phase === 'empty');
  const unreadable = sum(accounts.map(({ reading }) => reading?.unreadable ?? 0));
  const odd = unreadable === 0 ? [] : [unreadableWords(unreadable)];
  if (total === 0) {
    return isAllEmpty ? 'Nothing was open' : ['Nothing was cancelled', ...odd].join(', ');
  }
  if (cancelled === total && isAllEmpty) return 'All cancelled';
  return [`${cancelled} of ${total} cancelled`, ...namedEnds(tally), ...odd].join(', ');
}

/** What a screen reader is told without being asked: the beginning and the end, not each step. */
export function sweepAnnouncement(sweep: Sweep): string {
  return hasSweepEnded(sweep) || sweep.stoppedAt !== undefined
    ? sweepHeadline(sweep)
    : 'Cancelling all';
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
      const open = reading && `${stillOpenWords(reading)}, ${freshReadWords(reading.readAt, now)}`;
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
    `${done - stopped} done`,
    ...counted(unheld(confirming, sent), 'confirming'),
    ...counted(unknown, 'unknown, checking'),
    ...counted(unheld(left, left), 'left'),
    ...counted(held, `waiting, asked for ${secondsWords(wait ?? 0)}`),
    ...counted(stopped, 'not sent'),
  ]);
}

function counted(count: number, words: string): string[] {
  return count > 0 ? [`${count} ${words}`] : [];
}

function sweepingWords({ reading, trouble }: AccountSweep): string {
  if (trouble) return 'cannot be read, trying again';
  return reading && reading.meant > 0 ? `${reading.meant} still listed` : 'reading again';
}

function emptyWords({ reading }: AccountSweep, name: string, now: number): string {
  // A phase is `empty` only by a reading; without one nothing can be claimed.
  if (!reading) return `${name} was not read`;
  const read = freshReadWords(reading.readAt, now);
  const kept = reading.kept > 0 ? `, ${reading.kept} protective kept` : '';
  const where = reading.open === reading.kept ? `on ${name}` : 'of those meant';
  return `0 open ${where}${kept}, ${read}`;
}

function leftWords({ reading, trouble, failure }: AccountSweep, name: string, now: number): string {
  if (failure !== undefined) return `${name}: ${noteWords(failure)}`;
  if (trouble) return `${name} could not be read: ${reasonWords(trouble, name)}`;
  if (!reading) return `${name} was not read`;
  return `${stillOpenWords(reading, ` on ${name}`)}, ${freshReadWords(reading.readAt, now)}`;
}

/** Never “0 open” where an order could not be read: it may be. */
function stillOpenWords(
  { meant, unreadable = 0 }: NonNullable<AccountSweep['reading']>,
  where = '',
): string {
  if (unreadable === 0) return `${meant} still open${where}`;
  const odd = unreadable === 1 ? 'it may be open' : 'they may be open';
  return meant === 0
    ? `${unreadableWords(unreadable)}${where}, ${odd}`
    : `${meant} still open${where}, ${unreadable} more could not be read`;
}

function reasonWords(trouble: NonNullable<AccountSweep['trouble']>, name: string): string {
  return quotedRemark(trouble) || advice(trouble.reason, name);
}

/** Those that are not what was wished for. */
function badEnds({ tally }: AccountSweep): string[] {
  return namedEnds(tally, (key) => meanings[key].isTrouble);
}

function namedEnds(tally: Tally, isNamed: (key: TallyKey) => boolean = () => true): string[] {
  const counted = new Map<string, number>();
  for (const [key, words] of Object.entries(names) as [TallyKey, string | undefined][]) {
    if (words === undefined || !isNamed(key)) continue;
    counted.set(words, (counted.get(words) ?? 0) + (tally[key] ?? 0));
  }
  return [...counted].flatMap(([words, count]) => (count === 0 ? [] : `${count} ${words}`));
}

function sum(counts: readonly number[]): number {
  return counts.reduce((total, count) => total + count, 0);
}

function joined(parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join(' · ');
}
