import { randomBytes, randomInt, randomUUID } from 'node:crypto';
import { venueParts } from '#tests/sandbox/shared/venue-parts.ts';
import { serveVenue } from '#tests/sandbox/shared/venue-server.ts';
import type { SandboxVenue, VenueOptions, WithSockets } from '#tests/sandbox/shared/venue.ts';
import { allRights, authorizer, type BtcTurkRight } from './authorize.ts';
import { rateRules } from './limits.ts';
import { errors, refusal, tooManyRequests, type BtcTurkError } from './replies.ts';
import { routes } from './routes.ts';
import { seed } from './seed.ts';
import type { BtcTurkSettings, Desk } from './settings.ts';
import { openStream } from './stream.ts';

export type BtcTurkOptions = VenueOptions<BtcTurkRight> & Partial<BtcTurkSettings>;

export type BtcTurkVenue = SandboxVenue<BtcTurkRight, BtcTurkError, BtcTurkSettings> & WithSockets;

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
  const parts = venueParts<BtcTurkRight, BtcTurkError>(options, {
    orders: {
      newId: () => String(randomInt(27_000_000_000, 99_999_999_999)),
      newClientOrderId: randomUUID,
      idPattern: /^[1-9]\d*$/,
    },
    newKey: () => ({
      key: randomUUID(),
      secret: randomBytes(32).toString('base64'),
    }),
    allRights,
    rateRules,
    seed: () => seed,
  });
  const desk: Desk = { ...parts, settings, queued: new Map() };
  const sockets = openStream(desk);
  if (options.seed) parts.reseed();
  const rules = {
    routes: routes(desk),
    keyHeader: 'x-pck',
    authorize: authorizer(parts.keys, parts.clock, settings),
    errors,
    tooManyRequests,
    refusal,
    notFound: (wrongMethod: boolean) => errors[wrongMethod ? '405' : '404'],
    sockets,
  };
  return { ...(await serveVenue('btcturk', parts, rules, settings, options)), sockets };
}
