/** The venues Pullcord speaks to, with their names on screen. */
export const venueNames = {
  btcturk: 'BtcTurk',
  'habit-trade': 'Habit Trade',
  'ox-fun': 'OX.FUN',
  ripio: 'Ripio Trade',
  ztdx: 'ZTDX',
} as const;

export type VenueId = keyof typeof venueNames;
export const venueIds = Object.keys(venueNames) as VenueId[];
