import type { VenueId } from '#lib/domain/venue-id.ts';
import { about as binance } from '#lib/venues/binance/about.ts';
import { about as btcturk } from '#lib/venues/btcturk/about.ts';
import { about as habitTrade } from '#lib/venues/habit-trade/about.ts';
import { about as kraken } from '#lib/venues/kraken/about.ts';
import { about as oxFun } from '#lib/venues/ox-fun/about.ts';
import { about as ripio } from '#lib/venues/ripio/about.ts';
import { about as ztdx } from '#lib/venues/ztdx/about.ts';
import type { About } from './about.ts';

/** What may be known of every venue in pages too. */
export const abouts: Readonly<Record<VenueId, About>> = {
  binance,
  btcturk,
  'habit-trade': habitTrade,
  kraken,
  'ox-fun': oxFun,
  ripio,
  ztdx,
};
