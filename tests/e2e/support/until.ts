/** As patient as any other wait: a busy machine fails no test. */
const patience = 90_000;

/**
 * Looks until something is there, and gives it back. For what no page tells of: each look asks the browser or the screen,
 * which takes its time: Chromium up to ten seconds over a menu for a megabyte of selected text, and more on a busy machine.
 */
export async function until<T>(look: () => Promise<T | undefined>, what: string): Promise<T> {
  for (const end = Date.now() + patience; ;) {
    const found = await look();
    if (found !== undefined) return found;
    if (Date.now() > end) throw new Error(`there was no ${what} within ${patience / 1000} s`);
  }
}
