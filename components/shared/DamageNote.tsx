import { canAcceptDamage, damageWords } from '#lib/page/damage-words.ts';
import type { DamageView } from '#lib/protocol/view.ts';
import { t } from '#lib/words/text.ts';

/** What of the vault does not open; nothing is let go before the user has been told. */
export function DamageNote({ damage, onAccept }: { damage: DamageView; onAccept: () => void }) {
  const sentences = damageWords(damage);
  if (sentences.length === 0) return null;
  return (
    <div class="banner" role="alert">
      <div>
        {sentences.map((sentence) => (
          <p key={sentence}>{sentence}</p>
        ))}
      </div>
      {canAcceptDamage(damage) && (
        <button type="button" class="acts" onClick={onAccept}>
          {t('damage.understood')}
        </button>
      )}
    </div>
  );
}
