import type { VenueId } from '#lib/domain/venue-id.ts';
import { binance } from '#lib/venues/binance/binance.ts';
import { btcturk } from '#lib/venues/btcturk/btcturk.ts';
import { habitTrade } from '#lib/venues/habit-trade/habit-trade.ts';
import { kraken } from '#lib/venues/kraken/kraken.ts';
import { oxFun } from '#lib/venues/ox-fun/ox-fun.ts';
import { ripio } from '#lib/venues/ripio/ripio.ts';
import { ztdx } from '#lib/venues/ztdx/ztdx.ts';
import type { Venue } from './venue.ts';

/** Every venue Pullcord speaks to. A page never imports this: adapters belong to the worker. */
export const venues = {
  binance,
  btcturk,
  'habit-trade': habitTrade,
  kraken,
  'ox-fun': oxFun,
  ripio,
  ztdx,
} satisfies Record<VenueId, Venue>;
