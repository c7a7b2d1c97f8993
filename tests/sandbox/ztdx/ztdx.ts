import { randomBytes, randomInt, randomUUID } from 'node:crypto';
import { Faults } from '#tests/sandbox/shared/faults.ts';
import { KeyRing } from '#tests/sandbox/shared/key-ring.ts';
import { OrderBook } from '#tests/sandbox/shared/order-book.ts';
import { RateLimits, type Refusal } from '#tests/sandbox/shared/rate-limits.ts';
import { RequestLog } from '#tests/sandbox/shared/request-log.ts';
import { Timers } from '#tests/sandbox/shared/timers.ts';
import { VenueClock } from '#tests/sandbox/shared/venue-clock.ts';
import { serveVenue } from '#tests/sandbox/shared/venue-server.ts';
import type { SandboxVenue, VenueOptions, VenueRequest } from '#tests/sandbox/shared/venue.ts';
import type { VenueSockets } from '#tests/sandbox/shared/websocket.ts';
import { allRights, authorizer, type ZtdxRight } from './authorize.ts';
import type { ZtdxSettings } from './cancelling.ts';
import { rateRules, usedWeight } from './limits.ts';
import { errorReplies, refusal, tooManyRequests, type Errors, type ZtdxError } from './replies.ts';
import { routes } from './routes.ts';
import { seed } from './seed.ts';
import { openStream } from './stream.ts';

export type ZtdxOptions = VenueOptions<ZtdxRight> & Partial<ZtdxSettings>;

export type ZtdxVenue = SandboxVenue<ZtdxRight, ZtdxError, ZtdxSettings> & {
  /** `open`, `close(code?)`, `cut()`, `silence()` and `faults`. */
  readonly sockets: VenueSockets;
};

/**
 * ZTDX's /fapi and its stream as its documents tell them and, where they are silent, as Binance's do, on a port of this
 * machine.
 */
export async function startZtdx(options: ZtdxOptions = {}): Promise<ZtdxVenue> {
  const settings: ZtdxSettings = {
    idForm: options.idForm ?? 'digits',
    statusSpelling: options.statusSpelling ?? 'CANCELED',
    errorShape: options.errorShape ?? 'code-msg',
    batchErrors: options.batchErrors ?? 'terminal',
    triggerErrors: options.triggerErrors ?? 'distinct',
    retryAfter: options.retryAfter ?? true,
    weightHeader: options.weightHeader ?? true,
    orderPush: options.orderPush ?? 'data',
    revokedStream: options.revokedStream ?? 'closed',
  };
  const errors = (): Errors => errorReplies(settings);
  const clock = new VenueClock(options.skewMs);
  const book = new OrderBook({
    now: () => clock.now(),
    newId: () => (settings.idForm === 'uuid' ? randomUUID() : String(randomInt(2 ** 31, 2 ** 47))),
    canonicalId: (id) => id.toLowerCase(),
  });
  const keys = new KeyRing<ZtdxRight>(() => ({
    key: randomBytes(32).toString('hex'),
    secret: randomBytes(32).toString('hex'),
    rights: allRights,
  }));
  keys.add(options);
  const parts = {
    book,
    faults: new Faults<ZtdxError>(),
    clock,
    keys,
    requests: new RequestLog(),
    limits: new RateLimits(rateRules, options.limits),
    timers: new Timers(),
    reseed: () => book.reseed(seed(settings.idForm)),
  };
  const stream = openStream({ ...parts, settings });
  if (options.seed) parts.reseed();
  const rules = {
    routes: routes({ ...parts, settings, errors, stream }),
    keyHeader: 'x-mbx-apikey',
    authorize: authorizer(keys, clock, errors),
    get errors() {
      return errors();
    },
    tooManyRequests: (refusal: Refusal) => tooManyRequests(refusal, settings),
    get refusal() {
      return refusal(settings);
    },
    headers: (request: VenueRequest) =>
      settings.weightHeader ? usedWeight(parts.limits, request) : {},
    notFound: () => errors()['404'],
    sockets: stream.sockets,
  };
  const venue = await serveVenue('ztdx', parts, rules, settings, options);
  return { ...venue, sockets: stream.sockets };
}
