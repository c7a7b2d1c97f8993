import type { Kept } from '#lib/page/options/options-model.ts';
import { keyPart, t } from '#lib/words/text.ts';

/** Whether the browser keeps what lies on this device, as it says itself. */
export function Keeping({ kept, onAsk }: { kept: Kept; onAsk: () => void }) {
  return (
    <section class="card" aria-labelledby="keeping">
      <h2 id="keeping">{t('keeping.title')}</h2>
      <div class="stack">
        <output>{t(`keeping.${keyPart(kept)}`)}</output>
        {kept !== 'kept' && (
          <div>
            <button type="button" onClick={onAsk}>
              {t('keeping.ask')}
            </button>
          </div>
        )}
      </div>
    </section>
  );
}
