import { randomBytes } from 'node:crypto';
import { Faults } from '#tests/sandbox/shared/faults.ts';
import { KeyRing } from '#tests/sandbox/shared/key-ring.ts';
import { OrderBook } from '#tests/sandbox/shared/order-book.ts';
import { RateLimits } from '#tests/sandbox/shared/rate-limits.ts';
import { emptyReply } from '#tests/sandbox/shared/reply.ts';
import { RequestLog } from '#tests/sandbox/shared/request-log.ts';
import { StreamFaults } from '#tests/sandbox/shared/stream-faults.ts';
import { Timers } from '#tests/sandbox/shared/timers.ts';
import { VenueClock } from '#tests/sandbox/shared/venue-clock.ts';
import { serveVenue } from '#tests/sandbox/shared/venue-server.ts';
import type { SandboxVenue, VenueOptions } from '#tests/sandbox/shared/venue.ts';
import type { VenueSockets } from '#tests/sandbox/shared/websocket.ts';
import { allRights, authorizer, type OxFunRight } from './authorize.ts';
import { Engine } from './engine.ts';
import { rateRules } from './limits.ts';
import { Pushes } from './pushes.ts';
import { errors, refusal, tooManyRequests, type OxFunError } from './replies.ts';
import { routes } from './routes.ts';
import { seed } from './seed.ts';
import type { OxFunSettings } from './settings.ts';
import { openSockets } from './socket.ts';

export type OxFunOptions = VenueOptions<OxFunRight> & Partial<OxFunSettings>;

export type OxFunVenue = SandboxVenue<OxFunRight, OxFunError, OxFunSettings> & {
  /** `open`, `close(code?)`, `cut()`, `silence()` and `faults`. */
  readonly sockets: VenueSockets;
};

const firstId = 1_000_111_800_000;

/** OX.FUN (api.ox.fun, REST v3 and WebSocket v2) as its documents tell it, on a port of this machine. */
export async function startOxFun(options: OxFunOptions = {}): Promise<OxFunVenue> {
  const settings: OxFunSettings = {
    accountId: options.accountId ?? '106490',
    cancelDelayMs: options.cancelDelayMs ?? 30,
    toleranceMs: options.toleranceMs ?? 30_000,
    idleMs: options.idleMs ?? 60_000,
    greets: options.greets ?? true,
    emptyList: options.emptyList ?? 'empty',
    unknownStatus: options.unknownStatus ?? 'result not found',
    amending: options.amending ?? 'modified',
    socketTakesClientOrderId: options.socketTakesClientOrderId ?? false,
  };
  const clock = new VenueClock(options.skewMs);
  let placed = 0;
  const book = new OrderBook({
    now: () => clock.now(),
    newId: () => String(firstId + ++placed),
    idPattern: /^\d{1,19}$/,
  });
  const keys = new KeyRing<OxFunRight>(() => ({
    key: randomBytes(24).toString('base64'),
    secret: randomBytes(32).toString('base64'),
    rights: allRights,
  }));
  keys.add(options);
  const parts = {
    book,
    faults: new Faults<OxFunError>(),
    clock,
    keys,
    requests: new RequestLog(),
    limits: new RateLimits(rateRules, options.limits),
    timers: new Timers(),
    reseed: () => book.reseed(seed),
  };
  const desk = { ...parts, settings };
  const trouble = new StreamFaults();
  const pushes = new Pushes(desk, trouble);
  const engine = new Engine(desk, pushes);
  if (options.seed) parts.reseed();
  const sockets = openSockets(desk, engine, pushes, trouble);
  const rules = {
    routes: routes(desk, engine),
    keyHeader: 'accesskey',
    authorize: authorizer(desk),
    errors,
    tooManyRequests,
    refusal,
    notFound: (wrongMethod: boolean) => emptyReply(wrongMethod ? 405 : 404),
    sockets,
  };
  return { ...(await serveVenue('ox-fun', parts, rules, settings, options)), sockets };
}
