import { randomBytes, randomInt, randomUUID } from 'node:crypto';
import type { Refusal } from '#tests/sandbox/shared/rate-limits.ts';
import { venueParts } from '#tests/sandbox/shared/venue-parts.ts';
import { serveVenue } from '#tests/sandbox/shared/venue-server.ts';
import type {
  SandboxVenue,
  VenueOptions,
  VenueRequest,
  WithSockets,
} from '#tests/sandbox/shared/venue.ts';
import { allRights, authorizer, type ZtdxRight } from './authorize.ts';
import type { ZtdxSettings } from './cancelling.ts';
import { rateRules, usedWeight } from './limits.ts';
import { errorReplies, refusal, tooManyRequests, type Errors, type ZtdxError } from './replies.ts';
import { routes } from './routes.ts';
import { seed } from './seed.ts';
import { openStream } from './stream.ts';

export type ZtdxOptions = VenueOptions<ZtdxRight> & Partial<ZtdxSettings>;

export type ZtdxVenue = SandboxVenue<ZtdxRight, ZtdxError, ZtdxSettings> & WithSockets;

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
  const parts = venueParts<ZtdxRight, ZtdxError>(options, {
    orders: {
      newId: () =>
        settings.idForm === 'uuid' ? randomUUID() : String(randomInt(2 ** 31, 2 ** 47)),
      canonicalId: (id) => id.toLowerCase(),
    },
    newKey: () => ({
      key: randomBytes(32).toString('hex'),
      secret: randomBytes(32).toString('hex'),
    }),
    allRights,
    rateRules,
    seed: () => seed(settings.idForm),
  });
  const stream = openStream({ ...parts, settings });
  if (options.seed) parts.reseed();
  const rules = {
    routes: routes({ ...parts, settings, errors, stream }),
    keyHeader: 'x-mbx-apikey',
    authorize: authorizer(parts.keys, parts.clock, errors),
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
