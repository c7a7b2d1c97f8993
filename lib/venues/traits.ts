import type { VenueId } from '#lib/domain/venue-id.ts';

/** What pages need to know of a venue: they never import its adapter, which says the same (a test compares them). */
export interface VenueTraits {
  /** An order is found only by its id and its symbol together. */
  readonly needsSymbol: boolean;
  /** An order can be cancelled by its client order id; otherwise that is looked for in the open orders first. */
  readonly takesClientOrderId: boolean;
  /** The trigger orders (TP/SL) that are attached to an order are cancelled with it. */
  readonly cascades?: true;
}

export const venueTraits: Record<VenueId, VenueTraits> = {
  btcturk: { needsSymbol: false, takesClientOrderId: false },
  'habit-trade': { needsSymbol: false, takesClientOrderId: true },
  'ox-fun': { needsSymbol: true, takesClientOrderId: true },
  ripio: { needsSymbol: false, takesClientOrderId: true },
  ztdx: { needsSymbol: true, takesClientOrderId: true, cascades: true },
};
