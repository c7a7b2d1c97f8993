/** Sites on which the order id under a right-click is found, as match patterns: `https://kripto.btcturk.com/*`. */

const loopback: ReadonlySet<string> = new Set(['127.0.0.1', 'localhost']);

/** The site of a page; undefined where nothing can be found on it. A match pattern names no port. */
export function siteOf(url: string, withLoopback: boolean): string | undefined {
  if (!URL.canParse(url)) return undefined;
  const { protocol, hostname } = new URL(url);
  if (hostname === '') return undefined;
  const isMeant =
    protocol === 'https:' || (withLoopback && protocol === 'http:' && loopback.has(hostname));
  return isMeant ? `${protocol}//${hostname}/*` : undefined;
}

/** The host that a site's pattern names. */
export function hostOf(site: string): string {
  const base = site.replace(/\/\*$/, '');
  return URL.canParse(base) ? new URL(base).hostname : site;
}

/** Whether a page is on one of the sites. */
export function isOnSite(url: string, sites: readonly string[]): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, hostname } = new URL(url);
  return sites.includes(`${protocol}//${hostname}/*`);
}
