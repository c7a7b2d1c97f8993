import { hostOf } from '#lib/domain/site.ts';
import { listNames } from '#lib/words/list-words.ts';
import { t } from '#lib/words/text.ts';

/** `a.com`, `a.com and b.com`, `a.com, b.com and c.com`. */
export function hostsWords(sites: readonly string[]): string {
  const hosts = sites.map(hostOf);
  const last = hosts.pop() ?? '';
  return hosts.length === 0 ? last : t('list.and', { first: listNames(hosts), last });
}
