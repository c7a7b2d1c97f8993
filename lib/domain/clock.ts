/** A venue's clock as measured against this machine's. */
export interface ClockReading {
  /** Venue minus this machine, in milliseconds. */
  readonly offset: number;
  /** Half the round trip of the measuring: the true offset lies within ± this, in milliseconds. */
  readonly uncertainty: number;
}
