import type { VenueId } from '#lib/domain/venue-id.ts';
import { abouts } from './abouts.ts';

/** A symbol as people type it, in the venue's own form; as it was typed where the venue has no need of it. */
export function symbolAt(venue: VenueId, typed: string): string {
  const form = abouts[venue].symbolForm;
  if (!form) return typed;
  // `BTC/USDT:USDT` is ccxt's name of a perpetual, `BTCUSDT.P` TradingView's.
  const pair = typed.toUpperCase().replace(/(?<=\/[^:]*):.*$|\.P$/, '');
  return form(pair);
}
