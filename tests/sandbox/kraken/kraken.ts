import { randomBytes } from 'node:crypto';
import type { Refusal } from '#tests/sandbox/shared/rate-limits.ts';
import { venueParts } from '#tests/sandbox/shared/venue-parts.ts';
import { serveVenue } from '#tests/sandbox/shared/venue-server.ts';
import type { SandboxVenue, VenueOptions, WithSockets } from '#tests/sandbox/shared/venue.ts';
import { allRights, authorizer, type KrakenRight } from './authorize.ts';
import { rateRules } from './limits.ts';
import { errors, refusal, tooManyRequests, type KrakenError } from './replies.ts';
import { routes } from './routes.ts';
import { seed } from './seed.ts';
import type { Desk, KrakenSettings } from './settings.ts';
import { openStream } from './stream.ts';
import { Tokens } from './tokens.ts';

export type KrakenOptions = VenueOptions<KrakenRight> & Partial<KrakenSettings>;

export type KrakenVenue = SandboxVenue<KrakenRight, KrakenError, KrakenSettings> &
  WithSockets & {
    /** Whole numbers that orders were placed with, by order id. */
    readonly userrefs: Map<string, number>;
    /** The highest nonce of each key. */
    readonly nonces: Map<string, bigint>;
  };

/** Kraken Spot (api.kraken.com) as its documents tell it, on a port of this machine. */
export async function startKraken(options: KrakenOptions = {}): Promise<KrakenVenue> {
  const settings: KrakenSettings = {
    tier: options.tier ?? 'starter',
    cancels: options.cancels ?? 'count',
    pendingMs: options.pendingMs ?? 30,
    malformedId: options.malformedId ?? 'EGeneral:Invalid arguments',
    unknownInQuery: options.unknownInQuery ?? 'left-out',
    unknownInBatch: options.unknownInBatch ?? 'left-out',
    nonceWindow: options.nonceWindow ?? 0,
    lockoutAfter: options.lockoutAfter ?? Infinity,
    otp: options.otp,
    pairLimit: options.pairLimit ?? 'refuses',
    wrongToken: options.wrongToken ?? 'error',
    heartbeatMs: options.heartbeatMs ?? 1000,
  };
  const nonces = new Map<string, bigint>();
  const userrefs = new Map<string, number>();
  const parts = venueParts<KrakenRight, KrakenError>(options, {
    orders: { newId: newTxid },
    newKey: () => ({
      key: randomBytes(42).toString('base64'),
      secret: randomBytes(64).toString('base64'),
    }),
    allRights,
    rateRules: rateRules(settings.tier),
    seed: () => seed,
  });
  const desk: Desk = { ...parts, settings, tokens: new Tokens(parts.clock), userrefs, nonces };
  const sockets = openStream(desk);
  if (options.seed) parts.reseed();
  const rules = {
    routes: routes(desk),
    keyHeader: 'api-key',
    authorize: authorizer(parts.keys, parts.clock, nonces, settings),
    errors,
    tooManyRequests: (told: Refusal, asked: boolean) => tooManyRequests(told, asked, parts.clock),
    refusal,
    notFound: () => errors['EGeneral:Unknown method'],
    sockets,
  };
  const venue = await serveVenue('kraken', parts, rules, settings, options);
  return { ...venue, sockets, userrefs, nonces };
}

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** `O` and five, five, six capital letters and digits. */
function newTxid(): string {
  const signs = [...randomBytes(16)].map((byte) => letters[byte % letters.length]).join('');
  return `O${signs.slice(0, 5)}-${signs.slice(5, 10)}-${signs.slice(10)}`;
}
