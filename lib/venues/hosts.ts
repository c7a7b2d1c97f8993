import type { Account, Environment } from '#lib/domain/account.ts';
import { venueIds, type VenueId } from '#lib/domain/venue-id.ts';
import { abouts } from './abouts.ts';
import { hasSandbox } from './has-sandbox.ts';

/** The environments that an account of the venue can be in. */
export function environmentsOf(venue: VenueId): readonly Environment[] {
  const own = Object.keys(abouts[venue].hosts) as Environment[];
  return hasSandbox ? [...own, 'sandbox'] : own;
}

/** The base of the venue's REST API, without a path; undefined where the venue has no such environment. */
export function baseUrl(venue: VenueId, environment: Environment): string | undefined {
  return abouts[venue].hosts[environment];
}

/** The origins to ask host permission for; none for a sandbox, which the sandbox build may reach anyway. */
export function originsFor(venue: VenueId, environment: Environment): string[] {
  const { hosts, provesByHandshake, streams } = abouts[venue];
  return [hosts[environment], provesByHandshake && streams?.[environment]]
    .filter((base) => base !== undefined)
    .map((base) => `${base}/*`);
}

/** The origins without which none of an account's requests comes back: the sandbox's too, which a user can take back in Firefox. */
export function originsOf({
  venue,
  environment,
  sandboxUrl,
}: Pick<Account, 'venue' | 'environment' | 'sandboxUrl'>): string[] {
  if (sandboxUrl === undefined) {
    return originsFor(venue, environment).filter((origin) => origin.startsWith('http'));
  }
  const { protocol, hostname } = new URL(sandboxUrl);
  return [`${protocol}//${hostname}/*`];
}

/** All that there may be, for the manifest. */
export function allOrigins(): string[] {
  const environments: readonly Environment[] = ['live', 'test', 'demo'];
  return venueIds.flatMap((id) =>
    environments.flatMap((environment) => originsFor(id, environment)),
  );
}

/** Every venue's REST base. */
export function allBaseUrls(): string[] {
  return Object.values(abouts).flatMap(({ hosts }) => Object.values(hosts));
}

/** Where the stream of an account's orders stands, without a path: a sandbox's, where the rest of it does. */
export function streamBase({
  venue,
  environment,
  sandboxUrl,
}: Pick<Account, 'venue' | 'environment' | 'sandboxUrl'>): string | undefined {
  return sandboxUrl?.replace(/^http/, 'ws') ?? abouts[venue].streams?.[environment];
}

/** The addresses of the venues' WebSockets and streams, each once, for the manifest. */
export function allSocketUrls(): string[] {
  const bases = Object.values(abouts).flatMap(({ hasSocket, hosts }) =>
    hasSocket ? Object.values(hosts) : [],
  );
  const streams = Object.values(abouts).flatMap(({ streams: own = {} }) => Object.values(own));
  return [...new Set([...bases.map((base) => base.replace(/^http/, 'ws')), ...streams])];
}
