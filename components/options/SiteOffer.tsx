import { hostOf } from '#lib/domain/site.ts';
import { listNames } from '#lib/words/list-words.ts';
import { hostsWords } from '#lib/page/options/site-words.ts';
import { t } from '#lib/words/text.ts';

/** Beside the news that an account was saved: to find ids on the venue's own sites too. */
export function SiteOffer({
  sites,
  problem,
  onAllow,
  onDismiss,
}: {
  sites: readonly string[];
  problem: string | undefined;
  /** Called in the click itself. */
  onAllow: () => void;
  onDismiss: () => void;
}) {
  return (
    <fieldset class="offer">
      <legend>{t('sites.offer', { hosts: hostsWords(sites) })}</legend>
      {problem !== undefined && (
        <p class="field-error" role="alert">
          {problem}
        </p>
      )}
      <div class="offer-buttons">
        <button type="button" onClick={onAllow}>
          {t('sites.allow', { hosts: listNames(sites.map(hostOf)) })}
        </button>
        <button type="button" onClick={onDismiss}>
          {t('sites.not_now')}
        </button>
      </div>
    </fieldset>
  );
}
