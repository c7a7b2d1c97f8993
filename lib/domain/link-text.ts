/** What a link's address says of an order: all that stands behind its host, as it reads. */
export function linkText({
  pathname,
  search,
  hash,
}: Pick<URL, 'pathname' | 'search' | 'hash'>): string {
  const text = pathname + search + hash;
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
