import { randomBytes, randomInt } from 'node:crypto';
import { venueParts } from '#tests/sandbox/shared/venue-parts.ts';
import { serveVenue } from '#tests/sandbox/shared/venue-server.ts';
import type { SandboxVenue, VenueOptions, VenueRequest } from '#tests/sandbox/shared/venue.ts';
import { allRights, authorizer, signedQuery, type BinanceRight } from './authorize.ts';
import type { BinanceSettings } from './cancelling.ts';
import { ClientIds, newClientId } from './client-ids.ts';
import { listStatus } from './events.ts';
import { rateRules, weightHeaders } from './limits.ts';
import { OrderLists } from './order-lists.ts';
import { errors, refusal, tooManyRequests, type BinanceError } from './replies.ts';
import { routes } from './routes.ts';
import { seed } from './seed.ts';
import { openStream, type Stream } from './stream.ts';

export type BinanceOptions = VenueOptions<BinanceRight> & Partial<BinanceSettings>;

export type BinanceVenue = SandboxVenue<BinanceRight, BinanceError, BinanceSettings> &
  Pick<Stream, 'sockets' | 'terminate' | 'shutDown'>;

/**
 * Binance's Spot API and the stream of its WebSocket API as the documents tell them, on one port of this machine. The secret of a key
 * is the text of an HMAC key, or the public half of an Ed25519 one in PEM: what the venue itself is given.
 */
export async function startBinance(options: BinanceOptions = {}): Promise<BinanceVenue> {
  const settings: BinanceSettings = {
    oldClientId: options.oldClientId ?? 'not-found',
    nothingToCancel: options.nothingToCancel ?? '-2011',
    otherLeg: options.otherLeg ?? 'expired',
    restrictions: options.restrictions ?? 'told',
  };
  const parts = venueParts<BinanceRight, BinanceError>(options, {
    orders: {
      newId: () => String(randomInt(2 ** 31, 2 ** 47)),
      newClientOrderId: newClientId,
      idPattern: /^\d{1,19}$/,
    },
    newKey: () => ({
      key: randomText(),
      secret: randomText(),
    }),
    allRights,
    rateRules,
    seed: () => seed,
  });
  const authorize = authorizer(parts.keys, parts.clock);
  // Each change is told before what follows from it.
  const ids = new ClientIds(parts.book);
  const stream = openStream({ ...parts, authorize });
  const names = {
    ids,
    get lists() {
      return lists;
    },
  };
  stream.follow(names);
  const lists: OrderLists = new OrderLists(parts.book, settings, (list, legs) => {
    const [first] = legs;
    if (first) stream.push(first, listStatus(list, legs, names));
  });
  if (options.seed) parts.reseed();
  const rules = {
    routes: routes({ ...parts, settings, ids, lists }),
    keyHeader: 'x-mbx-apikey',
    authorize(request: VenueRequest, right: BinanceRight) {
      const error = authorize(signedQuery(request), right);
      return error && errors[error];
    },
    errors,
    tooManyRequests,
    refusal,
    headers: (request: VenueRequest) => weightHeaders(parts.limits, request),
    notFound: () => errors['404'],
    sockets: stream.sockets,
  };
  const venue = await serveVenue('binance', parts, rules, settings, options);
  const { sockets, terminate, shutDown } = stream;
  return { ...venue, sockets, terminate, shutDown };
}

/** 64 letters and digits. */
const randomText = (): string =>
  randomBytes(96).toString('base64').replaceAll(/[+/=]/g, '').slice(0, 64).padEnd(64, '0');
