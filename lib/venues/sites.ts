import type { VenueId } from '#lib/domain/venue-id.ts';

/**
 * The sites on which each venue's users trade, as match patterns. Sources: the sections on links and sites of the fact
 * sheets docs/venues/btcturk.md, ox-fun.md and ripio.md, which name an older and a newer site of BtcTurk and of Ripio
 * Trade; none is documented for Habit Trade and ZTDX.
 */
export const tradingSites: Record<VenueId, readonly string[]> = {
  btcturk: ['https://kripto.btcturk.com/*', 'https://pro.btcturk.com/*'],
  'habit-trade': [],
  'ox-fun': ['https://ox.fun/*'],
  ripio: ['https://trade.ripio.com/*', 'https://app.ripio.com/*'],
  ztdx: [],
};
