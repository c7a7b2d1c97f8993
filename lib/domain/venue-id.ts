/** The venues Pullcord speaks to, with their names on screen. */
export const venueNames = {
  btcturk: 'BtcTurk',
  ripio: 'Ripio Trade',
} as const;

export type VenueId = keyof typeof venueNames;
export const venueIds = Object.keys(venueNames) as VenueId[];
