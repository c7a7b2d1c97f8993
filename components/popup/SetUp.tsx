import { Calm } from '#components/shared/Calm.tsx';
import { t } from '#lib/words/text.ts';

/** What there is to see before there is a vault. */
export function Welcome({ onSetUp }: { onSetUp: () => void }) {
  return (
    <Calm picture={<CordDrawing />} title={t('popup.welcome.title')}>
      <p>{t('popup.welcome.words')}</p>
      <button type="button" class="primary" onClick={onSetUp}>
        {t('popup.welcome.button')}
      </button>
    </Calm>
  );
}

/** What there is to see before there is an account. */
export function NoAccounts({ onAdd, isDamaged }: { onAdd: () => void; isDamaged: boolean }) {
  return (
    <Calm
      picture={<AccountDrawing />}
      title={t(isDamaged ? 'popup.no_accounts.damaged' : 'popup.no_accounts.title')}
    >
      <p>{t('popup.no_accounts.words')}</p>
      <button type="button" class="primary" onClick={onAdd}>
        {t('popup.no_accounts.button')}
      </button>
    </Calm>
  );
}

export const CordDrawing = () => (
  <>
    <path d="M20 18h32M36 18v16" />
    <path d="M36 34 48 53H24Z" />
  </>
);

const AccountDrawing = () => (
  <>
    <circle cx="29" cy="36" r="8" />
    <path d="M37 36h16M47 36v6M53 36v5" />
  </>
);
