import type { Place } from '#tests/faults/machine.ts';
import { randomFrom, type Random } from '#tests/faults/random.ts';
import { faultKinds, lasting as lastingInNode, type Fault } from '#tests/faults/schedule.ts';
import { sandboxVenues, type SandboxVenueName } from '#tests/sandbox/sandbox.ts';

/** On the way to the venue and back, or at the venue. */
const ofTheWire = [
  'request lost',
  'reply lost',
  'request late',
  'reply late',
  '429',
  '429 with Retry-After',
  '418',
  '500',
  '502',
  '503',
  '504',
  'HTML',
  'empty',
  'truncated JSON',
  'wrong content type',
  'status contradicts the body',
  'request repeated',
  'reply repeated',
  "another order's reply",
  'push before the reply',
  'push after the reply',
  'push twice',
  'push instead of the reply',
  'filled after it was accepted',
  'cancelled later',
  'accepted and forgotten',
] as const;

/** Beside it, at whatever step it is. */
const ofTheWorld = [
  'worker killed',
  'browser killed',
  'extension updated',
  'locked',
  'account removed',
  'everybody at once',
  'Cancel all over it',
  'filled in the race',
  'filled in part in the race',
  'cancelled elsewhere in the race',
  'venue out of reach',
  'stream cut',
] as const;

/** What is real in a browser. */
export const kinds = [...ofTheWire, ...ofTheWorld] as const;
export const lasting: ReadonlySet<string> = new Set([...lastingInNode, 'venue out of reach']);
export type BrowserFaultKind = (typeof kinds)[number];

export interface BrowserFault extends Omit<Fault, 'kind'> {
  readonly kind: BrowserFaultKind;
  /** So many milliseconds after the moment at which it is due, so that it falls between two steps too. */
  readonly after: number;
}

export interface BrowserSchedule {
  readonly seed: number;
  readonly venue: SandboxVenueName;
  readonly wish: 'one' | 'by client order id' | 'several' | 'all';
  readonly hasStop: boolean;
  /** Whether the venue's stream tells what becomes of orders, or replies and readings alone do. */
  readonly pushes: boolean;
  /** The browser is ended: it has to be one that no other run uses. */
  readonly ownBrowser: boolean;
  readonly faults: readonly BrowserFault[];
}

/** What the journal is for comes more often. */
const turns: readonly BrowserFaultKind[] = [
  ...kinds,
  'worker killed',
  'worker killed',
  'browser killed',
  'extension updated',
];

/** Every kind has its turn; all else is drawn. */
export function browserScheduleFor(seed: number): BrowserSchedule {
  const random = randomFrom(seed);
  // Far from each other in the list, so that a few seeds in a row have kinds of all sorts.
  const first = faultBy(turns[(seed * 13) % turns.length] ?? kinds[0], random);
  const second = faultBy(random.pick(kinds), random);
  const ownBrowser = first.kind === 'browser killed';
  // One that is killed cannot be given a new version by the debugger, and the other is not to be killed.
  const isBeside = second.kind !== 'browser killed' && second.kind !== 'extension updated';
  const faults = random.chance(0.35) && isBeside ? [first, second] : [first];
  return {
    seed,
    venue: random.pick(sandboxVenues as [SandboxVenueName, ...SandboxVenueName[]]),
    wish: random.pick(['one', 'one', 'one', 'by client order id', 'several', 'all']),
    hasStop: random.chance(0.3),
    pushes: faults.some(({ kind }) => isOfThePush(kind)) || random.chance(0.5),
    ownBrowser,
    faults,
  };
}

function faultBy(kind: BrowserFaultKind, random: Random): BrowserFault {
  const place = placeFor(kind, random);
  return {
    kind,
    place,
    time: random.chance(0.9) ? 1 : 2,
    acts: random.chance(0.5),
    by: lengthOf(kind, random),
    after: random.pick([0, 0, 2, 5, 10, 20, 50, 150]),
  };
}

function placeFor(kind: BrowserFaultKind, random: Random): Place {
  if (isOfThePush(kind)) return 'cancel';
  if (isIn(ofTheWorld, kind)) {
    return random.pick(['write', 'written', 'cancel', 'cancel-reply', 'read-reply', 'shown']);
  }
  switch (kind) {
    case 'filled after it was accepted':
    case 'cancelled later':
    case 'accepted and forgotten':
      return 'cancel';
    default:
      return random.pick(['cancel', 'cancel', 'cancel', 'cancel', 'read']);
  }
}

/** Milliseconds that are really waited. */
function lengthOf(kind: BrowserFaultKind, random: Random): number {
  switch (kind) {
    case 'request late':
      return random.pick([300, 1500, 6000]);
    case 'reply late':
      return random.pick([300, 1000, 3000, 11_000]);
    case '429 with Retry-After':
    case '418':
      return random.between(1, 3) * 1000;
    case 'browser killed':
    case 'locked':
      return random.pick([0, 500, 2000]);
    case 'cancelled later':
    case 'filled after it was accepted':
      return random.pick([0, 100, 1000]);
    case 'venue out of reach':
      return random.pick([500, 2000, 6000]);
    default:
      return 0;
  }
}

function isIn<T extends string>(some: readonly T[], kind: string): kind is T {
  return (some as readonly string[]).includes(kind);
}

/** The Node harness knows it too, and its gateway and venues can do it. */
export const isFault = (fault: BrowserFault): fault is BrowserFault & Fault =>
  isIn<string>(faultKinds, fault.kind);
export const isOfTheWorld = (kind: string): boolean => isIn(ofTheWorld, kind);
const isOfThePush = (kind: string): boolean => kind.startsWith('push ');
