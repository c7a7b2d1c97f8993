import type { OrderId } from '#lib/domain/order.ts';
import type { VenueId } from '#lib/domain/venue-id.ts';
import { abouts } from './abouts.ts';

/** An order's id as people type or paste it, in the venue's own form. What is listed goes out as it is listed. */
export function orderIdAt(venue: VenueId, typed: string): OrderId {
  const form = abouts[venue].orderIdForm;
  return (form ? form(typed) : typed) as OrderId;
}
