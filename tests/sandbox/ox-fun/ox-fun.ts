import { randomBytes } from 'node:crypto';
import { emptyReply } from '#tests/sandbox/shared/reply.ts';
import { StreamFaults } from '#tests/sandbox/shared/stream-faults.ts';
import { venueParts } from '#tests/sandbox/shared/venue-parts.ts';
import { serveVenue } from '#tests/sandbox/shared/venue-server.ts';
import type { SandboxVenue, VenueOptions, WithSockets } from '#tests/sandbox/shared/venue.ts';
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

export type OxFunVenue = SandboxVenue<OxFunRight, OxFunError, OxFunSettings> & WithSockets;

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
  let placed = 0;
  const parts = venueParts<OxFunRight, OxFunError>(options, {
    orders: {
      newId: () => String(firstId + ++placed),
      idPattern: /^\d{1,19}$/,
    },
    newKey: () => ({
      key: randomBytes(24).toString('base64'),
      secret: randomBytes(32).toString('base64'),
    }),
    allRights,
    rateRules,
    seed: () => seed,
  });
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
