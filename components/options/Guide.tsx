import type { AccountGuide } from '#lib/venues/about.ts';
import { t } from '#lib/words/text.ts';

/** How to make a key with no more power than needed. */
export function Guide({ guide, venueName }: { guide: AccountGuide; venueName: string }) {
  return (
    <aside class="guide" aria-label={t('guide.how', { venue: venueName })}>
      <h3>{t('guide.title', { venue: venueName })}</h3>
      <p>
        <a href={guide.keyPage.url} target="_blank" rel="noreferrer">
          {t(guide.keyPage.label)}
        </a>
      </p>
      <ol>
        {guide.steps.map((step) => (
          <li key={step}>{t(step)}</li>
        ))}
      </ol>
      <h4>{t('guide.tick')}</h4>
      <ul class="ticks">
        {guide.rightsToTick.map((right) => (
          <li key={right}>{t(right)}</li>
        ))}
      </ul>
      <h4>{t('guide.leave')}</h4>
      <ul class="crosses">
        {guide.rightsNotToTick.map((right) => (
          <li key={right}>{t(right)}</li>
        ))}
      </ul>
      {guide.warnings.map((warning) => (
        <p key={warning} class="warning">
          {t(warning)}
        </p>
      ))}
    </aside>
  );
}
