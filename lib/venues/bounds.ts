/**
 * How much of what a venue sends is taken. All of it is far beyond what venues document, and little enough that none can
 * hold up the cancels of another. What is beyond a bound is never cut and used; words alone are cut, since they are only shown.
 */
export const bounds = {
  /** Bytes of a reply after decompression, and of one with as many elements as there are orders. */
  reply: 256_000,
  list: 8_000_000,
  /** Bytes of a WebSocket's message. */
  frame: 256_000,
  /** How deep JSON may be nested. */
  depth: 32,
  /** Characters of what is read leniently. */
  lenient: 64_000,
  /** Orders in all pages of a list, and how long these may take, in milliseconds. */
  orders: 20_000,
  listTime: 60_000,
  /** Characters of what names a list's next page. */
  cursor: 1000,
  /** Orders of which one message of a stream tells: of more, only a reading tells. */
  news: 1000,
  /** Characters. */
  id: 128,
  symbol: 64,
  number: 64,
  words: 200,
  /** Characters of a message in which what it means is looked for. */
  message: 4000,
} as const;
