/** What a venue cancels together with an order: the trigger orders that are attached to it, or the other orders of its list. */
export type Cascades = 'attached' | 'lists';

/** What has to be known of a venue before all else; the rest stands in its folder, in `lib/venues/NAME/about.ts`. */
export interface VenueTraits {
  /** An order is found only by its id and its symbol together. */
  readonly needsSymbol: boolean;
  /** An order can be cancelled and read by its client order id; otherwise that is looked for in the open orders first. */
  readonly takesClientOrderId: boolean;
  /** Listing orders and cancelling them is one right: whoever may list may cancel. */
  readonly readersMayCancel?: true;
  /** It tells what a key may do, at least where it is live. */
  readonly tellsRights?: true;
  /** To read what became of an order is a right of its own, without which no cancel can be proven by reading. */
  readonly endsByRight?: true;
  /** It has no right to cancel only: what may cancel may place orders too. */
  readonly cancelsByTrading?: true;
  /** A cancel gives the order another client order id: afterwards it is found by its own id alone. */
  readonly clientIdChanges?: true;
  /** Ids are counted for each symbol: two orders of one account may have the same. */
  readonly idsPerSymbol?: true;
  /** What is cancelled with an order. */
  readonly cascades?: Cascades;
}

/** The venues Pullcord speaks to, with their names on screen. Sources of the traits: `docs/venues/`. */
const known = {
  binance: {
    name: 'Binance',
    needsSymbol: true,
    takesClientOrderId: true,
    tellsRights: true,
    cancelsByTrading: true,
    clientIdChanges: true,
    idsPerSymbol: true,
    cascades: 'lists',
  },
  btcturk: {
    name: 'BtcTurk',
    needsSymbol: false,
    takesClientOrderId: false,
    readersMayCancel: true,
  },
  'habit-trade': { name: 'Habit Trade', needsSymbol: false, takesClientOrderId: true },
  kraken: {
    name: 'Kraken',
    needsSymbol: false,
    takesClientOrderId: true,
    tellsRights: true,
    endsByRight: true,
  },
  'ox-fun': { name: 'OX.FUN', needsSymbol: true, takesClientOrderId: true },
  ripio: { name: 'Ripio Trade', needsSymbol: false, takesClientOrderId: true },
  ztdx: { name: 'ZTDX', needsSymbol: true, takesClientOrderId: true, cascades: 'attached' },
} as const satisfies Record<string, VenueTraits & { readonly name: string }>;

export type VenueId = keyof typeof known;
export const venueIds = Object.keys(known) as VenueId[];

export const venueTraits: Readonly<Record<VenueId, VenueTraits>> = known;
export const venueNames = Object.fromEntries(
  venueIds.map((id) => [id, known[id].name]),
) as Readonly<Record<VenueId, string>>;
