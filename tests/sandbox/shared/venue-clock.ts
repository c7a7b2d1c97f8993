/** A venue's own clock: the machine's, off by as much as a test wants. */
export class VenueClock {
  /** How far the venue is ahead of this machine, in ms; negative where it is behind. */
  skewMs: number;

  constructor(skewMs = 0) {
    this.skewMs = skewMs;
  }

  /** Unix time in ms as the venue sees it. */
  now(): number {
    return Date.now() + this.skewMs;
  }

  driftBy(ms: number): void {
    this.skewMs += ms;
  }
}
