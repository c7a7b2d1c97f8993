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
import { allRights, authorizer, type BtcTurkRight } from './authorize.ts';
import { rateRules } from './limits.ts';
import { errors, refusal, tooManyRequests, type BtcTurkError } from './replies.ts';
import { routes } from './routes.ts';
import { seed } from './seed.ts';
import type { BtcTurkSettings, Desk } from './settings.ts';
import { openStream } from './stream.ts';

export type BtcTurkOptions = VenueOptions<BtcTurkRight> & Partial<BtcTurkSettings>;

export type BtcTurkVenue = SandboxVenue<BtcTurkRight, BtcTurkError, BtcTurkSettings> & {
  /** `open`, `close(code?)`, `cut()`, `silence()` and `faults`. */
  readonly sockets: VenueSockets;
};

/** BtcTurk's API v1 as its documents tell it, on a port of this machine. */
export async function startBtcTurk(options: BtcTurkOptions = {}): Promise<BtcTurkVenue> {
  const settings: BtcTurkSettings = {
    cancelDelayMs: options.cancelDelayMs ?? 30,
    refuseReplays: options.refuseReplays ?? true,
    greets: options.greets ?? true,
    loginNonce: options.loginNonce ?? '3000',
    withoutRight: options.withoutRight ?? 'refused',
    matchModel: options.matchModel ?? '2024',
    fullFill: options.fullFill ?? 'match',
    deletedLeft: options.deletedLeft ?? 'fresh',
    amendSends: options.amendSends ?? 'delete-and-insert',
  };
  const clock = new VenueClock(options.skewMs);
  const book = new OrderBook({
    now: () => clock.now(),
    newId: () => String(randomInt(27_000_000_000, 99_999_999_999)),
    newClientOrderId: randomUUID,
    idPattern: /^[1-9]\d*$/,
  });
  const keys = new KeyRing<BtcTurkRight>(() => ({
    key: randomUUID(),
    secret: randomBytes(32).toString('base64'),
    rights: allRights,
  }));
  keys.add(options);
  const parts = {
    book,
    faults: new Faults<BtcTurkError>(),
    clock,
    keys,
    requests: new RequestLog(),
    limits: new RateLimits(rateRules, options.limits),
    timers: new Timers(),
    reseed: () => book.reseed(seed),
  };
  const desk: Desk = { ...parts, settings, queued: new Map() };
  const sockets = openStream(desk);
  if (options.seed) parts.reseed();
  const rules = {
    routes: routes(desk),
    keyHeader: 'x-pck',
    authorize: authorizer(keys, clock, settings),
    errors,
    tooManyRequests,
    refusal,
    notFound: (wrongMethod: boolean) => errors[wrongMethod ? '405' : '404'],
    sockets,
  };
  return { ...(await serveVenue('btcturk', parts, rules, settings, options)), sockets };
}
