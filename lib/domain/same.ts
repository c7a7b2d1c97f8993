/**
 * Whether two values of plain data say the same. What comes from a venue or out of `storage.session` is always new; by this is
 * found what has not changed.
 */
export function isSame(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length &&
    keys.every(
      (key) => key in b && isSame(a[key as keyof typeof a], b[key as keyof typeof b] as unknown),
    )
  );
}

/** `before` where the list holds the very same things in the same order, so that who looks at it sees no change. */
export function keepList<Item>(before: readonly Item[] | undefined, list: readonly Item[]) {
  return before?.length === list.length && list.every((item, index) => item === before[index])
    ? before
    : list;
}
