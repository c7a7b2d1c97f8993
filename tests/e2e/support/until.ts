/**
 * Looks until something is there, and gives it back. For what no page tells of: each look asks the browser or the screen,
 * which takes its time.
 */
export async function until<T>(
  look: () => Promise<T | undefined>,
  what: string,
  patience = 10_000,
): Promise<T> {
  for (const end = Date.now() + patience; ;) {
    const found = await look();
    if (found !== undefined) return found;
    if (Date.now() > end) throw new Error(`there was no ${what} within ${patience / 1000} s`);
  }
}
