import { expect, test } from 'vitest';
import { venueIds } from '#lib/domain/venue-id.ts';
import type { Venue } from '#lib/venues/venue.ts';
import { venueTraits } from '#lib/venues/traits.ts';
import { venues } from '#lib/venues/venues.ts';

test.each(venueIds)('pages are told of %s what its adapter says', (id) => {
  const { needsSymbol, takesClientOrderId, cascades }: Venue = venues[id];
  expect(venueTraits[id]).toEqual({
    needsSymbol,
    takesClientOrderId,
    ...(cascades && { cascades }),
  });
});
