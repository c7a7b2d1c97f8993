import { hostOf } from '#lib/domain/site.ts';
import { t, tParts } from '#lib/words/text.ts';

/** What a right-click on a page can do, and on which sites it does more. */
export function Sites({
  sites,
  problem,
  onRemove,
}: {
  sites: readonly string[];
  problem: string | undefined;
  onRemove: (site: string) => void;
}) {
  return (
    <section class="card" aria-labelledby="right-click">
      <h2 id="right-click">{t('sites.title')}</h2>
      <div class="explained">
        <p>{tParts('sites.any_page', { item: <b>{t('sites.menu_item')}</b> })}</p>
        <p>{t('sites.these')}</p>
      </div>
      {sites.length === 0 ? (
        <p class="muted">{t('sites.none')}</p>
      ) : (
        <ul class="lines" aria-label={t('sites.name')}>
          {sites.map((site) => {
            const host = hostOf(site);
            return (
              <li key={site}>
                <span class="site-name">{host}</span>
                <button
                  type="button"
                  aria-label={t('account_item.remove_label', { label: host })}
                  onClick={() => onRemove(site)}
                >
                  {t('account_item.remove')}
                </button>
              </li>
            );
          })}
        </ul>
      )}
      {problem !== undefined && (
        <p class="field-error" role="alert">
          {problem}
        </p>
      )}
    </section>
  );
}
