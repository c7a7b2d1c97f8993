import { randomBytes, randomUUID } from 'node:crypto';
import { venueParts } from '#tests/sandbox/shared/venue-parts.ts';
import { serveVenue } from '#tests/sandbox/shared/venue-server.ts';
import type { SandboxVenue, VenueOptions, WithSockets } from '#tests/sandbox/shared/venue.ts';
import { allRights, authorizer, type RipioRight } from './authorize.ts';
import { rateRules } from './limits.ts';
import { errors, refusal, tooManyRequests, type RipioError } from './replies.ts';
import { routes } from './routes.ts';
import { seed } from './seed.ts';
import type { Desk, RipioSettings } from './settings.ts';
import { openStream } from './stream.ts';
import { Tickets } from './tickets.ts';

export type RipioOptions = VenueOptions<RipioRight> &
  Partial<RipioSettings> & {
    /** 3.5 unless given; 1 for a user without approved documents. */
    requestsPerSecond?: number | undefined;
  };

export type RipioVenue = SandboxVenue<RipioRight, RipioError, RipioSettings> & WithSockets;

/** Ripio Trade (api.ripio.com/trade) as its documents tell it, on a port of this machine. */
export async function startRipio(options: RipioOptions = {}): Promise<RipioVenue> {
  const settings: RipioSettings = {
    openStatus: options.openStatus ?? 'open',
    listedDays: options.listedDays ?? 10,
    unknownId: options.unknownId ?? '40400',
    refuseReplays: options.refuseReplays ?? false,
    ticketLifeMs: options.ticketLifeMs ?? 60_000,
    ticketSingleUse: options.ticketSingleUse ?? true,
    wrongTicket: options.wrongTicket ?? 'error',
    acknowledges: options.acknowledges ?? 'echo',
    welcome: options.welcome ?? 'empty',
    numbersFrom: options.numbersFrom ?? 'connection',
    pongs: options.pongs ?? true,
    idleMs: options.idleMs ?? 60_000,
  };
  const parts = venueParts<RipioRight, RipioError>(options, {
    orders: {
      newId: randomUUID,
      canonicalId: (id) => id.toUpperCase(),
    },
    newKey: () => ({
      key: randomUUID(),
      secret: randomBytes(32).toString('hex'),
    }),
    allRights,
    rateRules: rateRules(options.requestsPerSecond),
    seed: () => seed,
  });
  const desk: Desk = { ...parts, settings, tickets: new Tickets(parts.clock, settings) };
  const sockets = openStream(desk);
  if (options.seed) parts.reseed();
  const rules = {
    routes: routes(desk),
    keyHeader: 'authorization',
    authorize: authorizer(parts.keys, parts.clock, settings),
    errors,
    tooManyRequests,
    refusal,
    notFound: () => errors['html-404'],
    sockets,
  };
  return { ...(await serveVenue('ripio', parts, rules, settings, options)), sockets };
}
