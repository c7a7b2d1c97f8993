import type { VenueId } from '#lib/domain/venue-id.ts';

/**
 * How the venues that find orders by symbol write one, made from upper-case text. Sources: `docs/venues/ztdx.md` (2.3),
 * `docs/venues/ox-fun.md` (1.10): a perpetual is `BTC-USD-SWAP-LIN`, spot `BTC-USDT`, and nothing else ends in `USD`.
 */
const forms: Partial<Record<VenueId, (text: string) => string>> = {
  'ox-fun': (text) =>
    text
      .replace(/[^A-Z\d]+/g, '-')
      .replace(/^([A-Z\d]+?)(USDT|USD(?:SWAPLIN)?)$/, '$1-$2')
      .replace(/-USD(?:SWAPLIN)?$/, '-USD-SWAP-LIN'),
  ztdx: (text) => text.replace(/[^A-Z\d]+/g, ''),
};

/** A symbol as people type it, in the venue's own form; as it was typed where the venue has no need of it. */
export function symbolAt(venue: VenueId, typed: string): string {
  const form = forms[venue];
  if (!form) return typed;
  // `BTC/USDT:USDT` is ccxt's name of a perpetual, `BTCUSDT.P` TradingView's.
  const pair = typed.toUpperCase().replace(/(?<=\/[^:]*):.*$|\.P$/, '');
  return form(pair);
}
