import { t } from '#lib/words/text.ts';

/** Stands where orders will be, while the worker wakes. */
export function Skeleton() {
  return (
    <div class="skeleton" aria-busy="true">
      <span class="unseen">{t('page.reading')}</span>
      <i />
      <i />
      <i />
      <i />
    </div>
  );
}
