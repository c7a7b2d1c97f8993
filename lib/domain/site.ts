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

/** `a.com`, `a.com and b.com`, `a.com, b.com and c.com`. */
export function hostsWords(sites: readonly string[]): string {
  const hosts = sites.map(hostOf);
  return hosts.length < 2 ? hosts.join('') : `${hosts.slice(0, -1).join(', ')} and ${hosts.at(-1)}`;
}
