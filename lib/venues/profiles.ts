import type { IdKind } from '#lib/domain/order.ts';
import type { VenueId } from '#lib/domain/venue-id.ts';

/**
 * What ids look like at each venue, so that an id from a text is asked about only where it can be one. Sources: the ids
 * in the venues' documents (`docs/venues/`); lengths are wider than any sample, since ids grow. A client order id is left
 * out where a venue finds it among the open orders alone: these have been read when the question comes up.
 */
const forms: Record<VenueId, readonly (readonly [kind: IdKind, form: RegExp])[]> = {
  btcturk: [['order-id', /^\d{6,20}$/]],
  'habit-trade': [
    ['order-id', /^\d{8,20}$/],
    ['client-order-id', /^(?=.*[a-z])[\w.:/-]{1,64}$/i],
  ],
  'ox-fun': [
    ['order-id', /^\d{12,20}$/],
    ['client-order-id', /^\d{1,20}$/],
  ],
  ripio: [
    ['order-id', /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i],
    ['client-order-id', /^(?=.*[a-z]).{1,36}$/i],
  ],
  ztdx: [
    ['order-id', /^(?:\d{6,20}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/i],
    ['client-order-id', /^(?=.*[a-z])[.A-Z:/0-9_-]{1,36}$/i],
  ],
};

/** The kinds of id that a text can be at the venue, the likeliest first; none where it cannot be one. */
export function idKindsOf(venue: VenueId, id: string): readonly IdKind[] {
  return forms[venue].filter(([, form]) => form.test(id)).map(([kind]) => kind);
}
