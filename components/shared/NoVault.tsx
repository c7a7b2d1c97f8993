import type { Unreadable as Why } from '#lib/protocol/view.ts';
import { Calm } from './Calm.tsx';
import { t } from '#lib/words/text.ts';

/** The vault was made here and is gone. `onSetUp`: leads to where it is made anew; absent where that is here. */
export function Lost({ onSetUp }: { onSetUp?: () => void }) {
  return (
    <Calm picture={<DamageDrawing />} title={t('no_vault.gone')}>
      <p>{t('no_vault.gone_what')}</p>
      <p>{t('no_vault.gone_do')}</p>
      {onSetUp && (
        <button type="button" class="primary" onClick={onSetUp}>
          {t('no_vault.set_up_anew')}
        </button>
      )}
    </Calm>
  );
}

/** The database is there and cannot be used. */
export function Unreadable({ why, onReload }: { why: Why; onReload: () => void }) {
  return (
    <Calm
      picture={<DamageDrawing />}
      title={t(why === 'newer' ? 'no_vault.needs_update' : 'no_vault.cannot_read')}
    >
      <p>{t(`no_vault.${why}`)}</p>
      <button type="button" class="primary" onClick={onReload}>
        {t('no_vault.reload')}
      </button>
    </Calm>
  );
}

const DamageDrawing = () => (
  <>
    <path d="M22 26c0-3 6-5.5 14-5.5S50 23 50 26s-6 5.5-14 5.5S22 29 22 26Z" />
    <path d="M22 26v20c0 3 6 5.5 14 5.5 2.5 0 4.9-.2 7-.7" />
    <path d="M50 26v9" />
    <path d="m44 41 9 9M53 41l-9 9" />
  </>
);
