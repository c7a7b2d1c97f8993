import { Calm } from './Calm.tsx';
import { t, tParts } from '#lib/words/text.ts';

interface SilentProps {
  onReload: () => void;
}

/** The worker does not answer, and there is nothing to show. */
export function SilentPicture({ onReload }: SilentProps) {
  return (
    <Calm picture={<SilentDrawing />} title={t('silent.title')}>
      <p>{t('silent.words')}</p>
      <button type="button" class="primary" onClick={onReload}>
        {t('no_vault.reload')}
      </button>
    </Calm>
  );
}

/** The worker does not answer; what was last known stays to be seen. */
export function SilentBanner({ onReload }: SilentProps) {
  return (
    <div class="banner" role="alert">
      <p>
        {tParts('silent.banner', {
          strong: <strong>{t('silent.strong')}</strong>,
          words: t('silent.words'),
        })}
      </p>
      <button type="button" onClick={onReload}>
        {t('no_vault.reload')}
      </button>
    </div>
  );
}

const SilentDrawing = () => (
  <>
    <path d="M20 22h32v22H36l-8 8v-8h-8Z" />
    <path d="m31 29 10 8M41 29l-10 8" />
  </>
);
