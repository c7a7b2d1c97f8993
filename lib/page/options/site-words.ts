import { hostOf } from '#lib/domain/site.ts';

/** `a.com`, `a.com and b.com`, `a.com, b.com and c.com`. */
export function hostsWords(sites: readonly string[]): string {
  const hosts = sites.map(hostOf);
  return hosts.length < 2 ? hosts.join('') : `${hosts.slice(0, -1).join(', ')} and ${hosts.at(-1)}`;
}
