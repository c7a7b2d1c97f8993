import { sandboxVenues, type SandboxVenueName } from '#tests/sandbox/sandbox.ts';
import type { Place } from './machine.ts';
import { randomFrom, type Random } from './random.ts';

/** On its way between the worker and the venue. `acts`: the venue has done what was asked for. */
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
  "another order's reply",
  'push before the reply',
  'push after the reply',
  'push instead of the reply',
  /** The order is changed by somebody else while the cancel is under way: some venues tell that as of one that goes and comes back. */
  'edited elsewhere',
] as const;

/** On the way of what a venue tells by itself. */
const ofThePush = ['push late', 'push twice', 'push lost', 'push garbled'] as const;

/** At the venue, which says one thing of a cancel and does another. */
const ofTheVenue = [
  'filled after it was accepted',
  'cancelled later',
  'accepted and forgotten',
  /** It wants so long a wait that the vault's time runs out in it. */
  'locked by its time',
] as const;

/** Beside the cancellation, at whatever step it is. */
const ofTheWorld = [
  'worker killed',
  'browser killed',
  'locked',
  'screen locked',
  'account removed',
  'wished for twice',
  'Cancel all over it',
  /** Two popups, a right-click and perhaps a Cancel all, for the same order, in whatever order. */
  'everybody at once',
  'stream cut',
  'stream silent',
  'stream refused',
  'extension updated',
  /** A page of a later version has taken the database, before the worker is updated too. */
  'database of a later version',
  /** The extension is updated while something still uses the database as it was. */
  'database held',
  'filled in the race',
  'filled in part in the race',
  'cancelled elsewhere in the race',
  'clock set',
  "venue's clock set",
  'slept for an hour',
] as const;

const ofTheDisk = ['write failed'] as const;

export const faultKinds = [
  ...ofTheWire,
  ...ofThePush,
  ...ofTheVenue,
  ...ofTheWorld,
  ...ofTheDisk,
] as const;
export type FaultKind = (typeof faultKinds)[number];
type WireFault =
  | (typeof ofTheWire)[number]
  | (typeof ofThePush)[number]
  | (typeof ofTheVenue)[number];

/** These go on for as long as `by` says. */
export const lasting: ReadonlySet<FaultKind> = new Set([
  'request late',
  'reply late',
  'push before the reply',
  'push after the reply',
  'edited elsewhere',
  '429 with Retry-After',
  '418',
  'cancelled later',
  'filled after it was accepted',
  'worker killed',
  'browser killed',
  'locked',
  'locked by its time',
  'screen locked',
  'extension updated',
  'database of a later version',
  'database held',
]);

export interface Fault {
  readonly kind: FaultKind;
  /** It comes when the run has come to this place so many times since the wish. */
  readonly place: Place;
  readonly time: number;
  /** Whether the venue has acted, where both can be. */
  readonly acts: boolean;
  /** How long, how far: milliseconds, as the kind means it. */
  readonly by: number;
}

/** What the user wishes. */
type WishKind = 'one' | 'by client order id' | 'several' | 'all' | 'all of a symbol';

export interface Schedule {
  readonly seed: number;
  readonly venues: readonly SandboxVenueName[];
  readonly wish: WishKind;
  /** How the order stands at the venue while the popup still shows it as open. */
  readonly before: 'open' | 'filled' | 'cancelled';
  /** Whether a stop stands there too, which is to stay. */
  readonly hasStop: boolean;
  /** How long one way to a venue and back takes, in milliseconds. */
  readonly roundTrip: number;
  /** Whether WebSockets can be had. */
  readonly hasStreams: boolean;
  /** How many popups stand open all the while. */
  readonly popups: number;
  /** Whether the browser has ended the worker before the wish. */
  readonly isCold: boolean;
  readonly faults: readonly Fault[];
}

export function scheduleFor(seed: number): Schedule {
  const random = randomFrom(seed);
  const first = sandboxVenues[seed % sandboxVenues.length] ?? 'btcturk';
  const others = sandboxVenues.filter((venue) => venue !== first && random.chance(0.15));
  const wishes = [
    'one',
    'one',
    'one',
    'several',
    'by client order id',
    'all',
    'all of a symbol',
  ] as const;
  const count = random.pick([1, 1, 2, 2, 3]);
  return {
    seed,
    venues: [first, ...others.slice(0, 2)],
    wish: random.pick(wishes),
    before: random.pick(['open', 'open', 'open', 'open', 'open', 'open', 'filled', 'cancelled']),
    hasStop: random.chance(0.3),
    roundTrip: random.pick([4, 30, 120, 400]),
    hasStreams: random.chance(0.75),
    popups: random.pick([0, 0, 1, 1, 2]),
    faults: Array.from({ length: count }, () => faultBy(random)),
    isCold: random.chance(0.4),
  };
}

function faultBy(random: Random): Fault {
  const kind = random.pick(faultKinds);
  const place = placeFor(kind, random);
  const most = place === 'write' || place === 'written' || place === 'shown' ? 8 : 3;
  return {
    kind,
    place,
    time: random.between(1, random.chance(0.5) ? 1 : most),
    acts: random.chance(0.5),
    by: lengthOf(kind, random),
  };
}

function placeFor(kind: FaultKind, random: Random): Place {
  if (isOneOf(ofTheVenue, kind) || isOneOf(ofTheCancel, kind)) return 'cancel';
  if (isOneOf(ofThePush, kind)) return 'push';
  if (isOneOf(ofTheWire, kind)) return random.pick(['cancel', 'cancel', 'read']);
  if (isOneOf(ofTheDisk, kind)) return 'write';
  return random.pick([
    'write',
    'written',
    'cancel',
    'cancel-reply',
    'read',
    'read-reply',
    'push',
    'pushed',
    'shown',
  ]);
}

/** Of the wire's, these are about what a cancel leads to. */
const ofTheCancel = [
  'push before the reply',
  'push after the reply',
  'push instead of the reply',
  'edited elsewhere',
] as const;

function lengthOf(kind: FaultKind, random: Random): number {
  switch (kind) {
    // What lies on the way longer than a worker waits is what nobody can know of.
    case 'request late':
      return random.between(1000, 9000);
    case 'reply late':
      return random.between(1000, 40_000);
    case 'push before the reply':
    case 'push after the reply':
      return random.pick([1, 50, 300, 2000]);
    // Later than it is waited for whether the order comes back.
    case 'edited elsewhere':
      return random.pick([90, 150, 400, 2000]);
    case 'push late':
      return random.pick([50, 300, 2000, 20_000]);
    case 'push twice':
      return random.pick([0, 50, 2000]);
    case 'stream refused':
      return random.between(1, 4);
    case 'everybody at once':
      return random.between(0, 1_000_000);
    case 'locked by its time':
      return random.between(65_000, 100_000);
    case '429 with Retry-After':
      return random.between(1, 20) * 1000;
    case '418':
      return random.between(2000, 60_000);
    case 'worker killed':
    case 'browser killed':
    case 'locked':
    case 'screen locked':
    case 'extension updated':
    case 'database of a later version':
    case 'database held':
      return random.pick([0, 50, 1000, 5000, 20_000, 100_000]);
    case 'clock set':
    case "venue's clock set":
      return random.pick([-1, 1]) * random.pick([1000, 5000, 30_000, 120_000, 600_000]);
    case 'cancelled later':
    case 'filled after it was accepted':
      return random.pick([0, 100, 2000]);
    case 'write failed':
      return random.between(1, 3);
    default:
      return 0;
  }
}

function isOneOf<T extends string>(kinds: readonly T[], kind: string): kind is T {
  return (kinds as readonly string[]).includes(kind);
}

export const isOfTheWire = (kind: FaultKind): kind is WireFault =>
  isOneOf([...ofTheWire, ...ofThePush, ...ofTheVenue], kind);
