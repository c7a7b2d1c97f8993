import type { VenueId } from '../domain/venue-id.ts';
import { btcturk } from './btcturk/btcturk.ts';
import { habitTrade } from './habit-trade/habit-trade.ts';
import { oxFun } from './ox-fun/ox-fun.ts';
import { ripio } from './ripio/ripio.ts';
import { ztdx } from './ztdx/ztdx.ts';
import type { Venue } from './venue.ts';

/** Every venue Pullcord speaks to. A page never imports this: adapters belong to the worker. */
export const venues = {
  btcturk,
  'habit-trade': habitTrade,
  'ox-fun': oxFun,
  ripio,
  ztdx,
} satisfies Record<VenueId, Venue>;
