import { randomBytes, randomInt, randomUUID } from 'node:crypto';
import { venueParts } from '#tests/sandbox/shared/venue-parts.ts';
import { serveVenue } from '#tests/sandbox/shared/venue-server.ts';
import type { SandboxVenue, VenueOptions, WithSockets } from '#tests/sandbox/shared/venue.ts';
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

export type HabitTradeVenue = SandboxVenue<HabitTradeRight, HabitTradeError, HabitTradeSettings> &
  WithSockets;

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
  const parts = venueParts<HabitTradeRight, HabitTradeError>(options, {
    orders: {
      newId: () => String(randomInt(22_000_001_000, 22_999_999_999)),
    },
    newKey: () => ({
      key: randomUUID(),
      secret: randomBytes(32).toString('hex'),
    }),
    allRights,
    // No numbers are documented (fact sheet 3.7).
    rateRules: [],
    seed: () => seed,
  });
  const authorize = authorizer(parts.keys, parts.clock, settings, errors);
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
