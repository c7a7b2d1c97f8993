import type { Environment } from '#lib/domain/account.ts';
import { venueIds, type VenueId } from '#lib/domain/venue-id.ts';

/**
 * Where each venue's REST API stands. The manifest's optional hosts and its `connect-src` are made from this list, so
 * nothing else can be reached. Sources: the venues' documents; BtcTurk's test system is of 2019, whether it still
 * answers is not known.
 */
const hosts: Record<VenueId, Partial<Record<Environment, string>>> = {
  btcturk: { live: 'https://api.btcturk.com', test: 'https://api-dev.btcturk.com' },
  'habit-trade': { live: 'https://api.habittrade.com', test: 'https://api-uat.habittrade.com' },
  'ox-fun': { live: 'https://api.ox.fun', test: 'https://stgapi.ox.fun' },
  ripio: { live: 'https://api.ripio.com' },
  ztdx: { live: 'https://api.ztdx.io', test: 'https://api-sepolia.ztdx.io' },
};

/** Venues whose WebSocket is used too; it stands on the same hosts. */
const withSocket: readonly VenueId[] = ['ox-fun'];

/** Sandbox venues exist only in the sandbox build. */
export const hasSandbox: boolean = import.meta.env?.MODE === 'sandbox';

/** The environments that an account of the venue can be in. */
export function environmentsOf(venue: VenueId): readonly Environment[] {
  const own = Object.keys(hosts[venue]) as Environment[];
  return hasSandbox ? [...own, 'sandbox'] : own;
}

/** The base of the venue's REST API, without a path; undefined where the venue has no such environment. */
export function baseUrl(venue: VenueId, environment: Environment): string | undefined {
  return hosts[venue][environment];
}

/** The origins to ask host permission for; none for a sandbox, which the sandbox build may reach anyway. */
export function originsFor(venue: VenueId, environment: Environment): string[] {
  const base = baseUrl(venue, environment);
  return base === undefined ? [] : [`${base}/*`];
}

/** Every venue's REST base, for the manifest. */
export function allBaseUrls(): string[] {
  return venueIds.flatMap((venue) => Object.values(hosts[venue]));
}

/** The addresses of the venues' WebSockets, for the manifest. */
export function allSocketUrls(): string[] {
  const bases = withSocket.flatMap((venue) => Object.values(hosts[venue]));
  return bases.map((base) => base.replace(/^http/, 'ws'));
}
