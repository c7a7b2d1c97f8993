/** The height below which any nonce may have been used, kept over the worker's lives. */
export interface NonceHeight {
  /** 0 where none is known. */
  read(): Promise<number>;
  write(height: number): Promise<void>;
}

/**
 * How far ahead of the nonce that is used a height is reserved, in milliseconds: so often it is written at most. A life begins at the
 * height of the one before, which may be so far ahead of the clock; a life lasts longer, so that this does not add up.
 */
const reserved = 10_000;

/** Gives the next number; `now`: Unix milliseconds by the venue's clock. */
export type Nonces = (now: number) => Promise<string>;

/**
 * Numbers for requests, each above every earlier one for ever: above the height that was reserved by earlier lives, and never less than
 * the clock's Unix milliseconds. One is given only when the height above it stands in the database. All accounts share them, so that a
 * key that is taken away and given again, be it to another account, has none twice.
 */
export function createNonces(height: NonceHeight): Nonces {
  let last: number | undefined;
  let reservedTo = 0;
  let turn: Promise<unknown> = Promise.resolve();

  async function take(now: number): Promise<string> {
    last ??= (await height.read()) - 1;
    const next = Math.max(last + 1, Math.ceil(now));
    if (next >= reservedTo) {
      await height.write(next + reserved);
      reservedTo = next + reserved;
    }
    last = next;
    return String(next);
  }

  return (now) => {
    const given = turn.then(() => take(now));
    turn = given.catch(() => undefined);
    return given;
  };
}
