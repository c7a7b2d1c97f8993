import type { Credentials, Environment } from '#lib/domain/account.ts';
import type { VenueId } from '#lib/domain/venue-id.ts';

/** What the form asks for. */
export interface NewAccount extends Credentials {
  readonly venue: VenueId;
  readonly label: string;
  readonly environment: Environment;
  readonly sandboxUrl?: string;
}
