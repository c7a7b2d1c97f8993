import type { IdKind } from '#lib/domain/order.ts';
import type { VenueId } from '#lib/domain/venue-id.ts';
import { abouts } from './abouts.ts';

/** The kinds of id that a text can be at the venue, the likeliest first; none where it cannot be one. */
export function idKindsOf(venue: VenueId, id: string): readonly IdKind[] {
  return abouts[venue].idForms.filter(([, form]) => form.test(id)).map(([kind]) => kind);
}
