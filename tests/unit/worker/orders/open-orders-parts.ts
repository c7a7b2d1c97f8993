/** The copies for the next unlock, each write ended by hand; for `vi.mock` to put in the place of the real store. */

export const copies = {
  known: new Map<string, unknown>(),
  writes: [] as { id: string; value: unknown; end: () => void }[],
};

export const storeMock = {
  sealedStore: () => ({
    get: (id: string) => Promise.resolve(copies.known.get(id)),
    put: (id: string, value: unknown) =>
      new Promise<void>((end) => copies.writes.push({ id, value, end })),
  }),
};
