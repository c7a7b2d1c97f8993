import type { VenueId } from '../domain/venue-id.ts';
import { btcturk } from './btcturk/btcturk.ts';
import { ripio } from './ripio/ripio.ts';
import type { Venue } from './venue.ts';

/** Every venue Pullcord speaks to. A page never imports this: adapters belong to the worker. */
export const venues = { btcturk, ripio } satisfies Record<VenueId, Venue>;
