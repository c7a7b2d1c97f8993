import { randomBytes, randomInt, randomUUID } from 'node:crypto';
import { Faults } from '#tests/sandbox/shared/faults.ts';
import { KeyRing } from '#tests/sandbox/shared/key-ring.ts';
import { OrderBook } from '#tests/sandbox/shared/order-book.ts';
import { RateLimits } from '#tests/sandbox/shared/rate-limits.ts';
import { RequestLog } from '#tests/sandbox/shared/request-log.ts';
import { Timers } from '#tests/sandbox/shared/timers.ts';
import { VenueClock } from '#tests/sandbox/shared/venue-clock.ts';
import { serveVenue } from '#tests/sandbox/shared/venue-server.ts';
import type { SandboxVenue, VenueOptions } from '#tests/sandbox/shared/venue.ts';
import type { VenueSockets } from '#tests/sandbox/shared/websocket.ts';
import { allRights, authorizer, type HabitTradeRight, type SigningSettings } from './authorize.ts';
import type { CancelSettings } from './cancelling.ts';
import type { ListSettings } from './order-list.ts';
import { defaultStatusWords } from './order-object.ts';
import {
  errorReplies,
  refusal,
  tooManyRequests,
  type Errors,
  type HabitTradeError,
} from './replies.ts';
import { routes } from './routes.ts';
import { seed } from './seed.ts';
import { openStream, type StreamSettings } from './stream.ts';

interface HabitTradeSettings
  extends SigningSettings, CancelSettings, ListSettings, StreamSettings {}

export type HabitTradeOptions = VenueOptions<HabitTradeRight> & Partial<HabitTradeSettings>;

export type HabitTradeVenue = SandboxVenue<HabitTradeRight, HabitTradeError, HabitTradeSettings> & {
  /** `open`, `close(code?)`, `cut()`, `silence()` and `faults`. */
  readonly sockets: VenueSockets;
};

/** Habit Trade's REST API and its stream as its documents tell them, on a port of this machine. */
export async function startHabitTrade(options: HabitTradeOptions = {}): Promise<HabitTradeVenue> {
  const settings: HabitTradeSettings = {
    signatureEncoding: options.signatureEncoding ?? 'base64',
    sloppyJson: options.sloppyJson ?? true,
    cancelSuccess: options.cancelSuccess ?? '200',
    cancelDelayMs: options.cancelDelayMs ?? 30,
    unknownOrder: options.unknownOrder ?? '030202',
    statusWords: { ...defaultStatusWords, ...options.statusWords },
    timeUnit: options.timeUnit ?? 's',
    listOrder: options.listOrder ?? 'newest-first',
    pushFields: options.pushFields ?? 'example',
    heartbeatMs: options.heartbeatMs ?? 30_000,
  };
  const errors = (): Errors => errorReplies(settings);
  const clock = new VenueClock(options.skewMs);
  const book = new OrderBook({
    now: () => clock.now(),
    newId: () => String(randomInt(22_000_001_000, 22_999_999_999)),
  });
  const keys = new KeyRing<HabitTradeRight>(() => ({
    key: randomUUID(),
    secret: randomBytes(32).toString('hex'),
    rights: allRights,
  }));
  keys.add(options);
  const parts = {
    book,
    faults: new Faults<HabitTradeError>(),
    clock,
    keys,
    requests: new RequestLog(),
    // No numbers are documented (fact sheet 3.7).
    limits: new RateLimits([], options.limits),
    timers: new Timers(),
    reseed: () => book.reseed(seed),
  };
  const authorize = authorizer(keys, clock, settings, errors);
  const sockets = openStream({ ...parts, settings, errors, authorize });
  if (options.seed) parts.reseed();
  const rules = {
    routes: routes({ ...parts, settings, errors }),
    keyHeader: 'x-api-key',
    authorize,
    get errors() {
      return errors();
    },
    tooManyRequests,
    refusal,
    notFound: () => errors()['404'],
    sockets,
  };
  return { ...(await serveVenue('habit-trade', parts, rules, settings, options)), sockets };
}
