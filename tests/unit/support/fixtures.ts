import { readFileSync } from 'node:fs';
import type { VenueId } from '#lib/domain/venue-id.ts';
import type { Venue } from '#lib/venues/venue.ts';
import type { Signer } from '#lib/venues/wire.ts';

/** `tests/fixtures/<venue>.json`: the venue's fact sheet as a table. */
export function fixtureOf(id: VenueId): unknown {
  const file = new URL(`../../fixtures/${id}.json`, import.meta.url);
  return JSON.parse(readFileSync(file, 'utf8'));
}

/** With what a row of such a table is signed. */
export interface RowKey {
  readonly apiKey: string;
  readonly apiSecret: string;
  readonly timestamp: number;
  /** Where the venue signs its own host name. */
  readonly host?: string;
}

export async function signerOf(
  venue: Venue,
  { apiKey, apiSecret, timestamp, host = 'api.example' }: RowKey,
): Promise<Signer> {
  const { kind, sign } = await venue.openKey(apiSecret);
  return { ...signer, apiKey, host, timestamp, kind, sign, nonce: async () => String(timestamp) };
}

/** One that signs nothing. */
export const signer: Signer = {
  apiKey: 'key',
  environment: 'live',
  host: 'api.example',
  timestamp: 1_764_062_040_000,
  nonce: async () => '1764062040000',
  random: (count) => new Uint8Array(count),
  kind: 'hmac',
  sign: async () => new Uint8Array(32),
};
