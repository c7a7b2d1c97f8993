/**
 * Made at its first use. What is made while a script is read makes each start of the worker longer, and a click may be waiting for
 * that: a pattern over classes of characters takes some 0.1 ms.
 */
export function once<T extends object>(make: () => T): () => T {
  let made: T | undefined;
  return () => (made ??= make());
}
