import { useState } from 'preact/hooks';
import type { AccountId, Credentials } from '#lib/domain/account.ts';
import type { KeyTrouble } from '#lib/domain/refusal.ts';
import { UserError } from '#lib/domain/user-error.ts';
import type { KeyFields } from '#lib/venues/about.ts';
import type { AccountView } from '#lib/protocol/view.ts';
import { Field } from '#components/shared/Field.tsx';
import { t } from '#lib/words/text.ts';

/** An account that cannot even be named. */
export function UnreadableAccount({ name, onRemove }: { name: string; onRemove: () => void }) {
  return (
    <li class="account">
      <div class="account-name">
        <strong>{name}</strong>
      </div>
      <div class="account-buttons">
        <button
          type="button"
          class="acts"
          aria-label={t('account_item.remove_label', { label: name })}
          onClick={onRemove}
        >
          {t('account_item.remove')}
        </button>
      </div>
      <output class="account-test">
        <span class="bad">{t('damaged_account.words')}</span>
      </output>
    </li>
  );
}

/** Names for them: nothing else is known. */
export function namesOfUnreadable(ids: readonly AccountId[]): ReadonlyMap<AccountId, string> {
  return new Map(
    ids.map((id, index) => [
      id,
      ids.length === 1 ? t('damaged_account.name') : t('damaged_account.name_of', { n: index + 1 }),
    ]),
  );
}

/** The key of an account cannot be used: asks for it again, or for another one. `onSave` rejects with the sentence to say. */
export function LostKey({
  account: { label },
  why,
  extra,
  onSave,
}: {
  account: AccountView;
  why: KeyTrouble;
  /** The third part of the venue's keys, where they have one. */
  extra: KeyFields['extra'];
  onSave: (key: Credentials) => Promise<unknown>;
}) {
  const [key, setKey] = useState<Credentials>({ apiKey: '', apiSecret: '' });
  const [error, setError] = useState<{ field: string; message: string }>();
  const [busy, setBusy] = useState(false);

  const submit = async (event: Event) => {
    event.preventDefault();
    if (busy) return;
    setBusy(true);
    setError(undefined);
    try {
      await onSave(extra ? { extra: '', ...key } : key);
    } catch (problem) {
      const { field = 'apiSecret' } = problem instanceof UserError ? problem : {};
      setError({ field, message: problem instanceof Error ? problem.message : String(problem) });
    } finally {
      setBusy(false);
    }
  };

  return (
    <form
      class="stack narrow"
      onSubmit={submit}
      aria-busy={busy}
      aria-label={t('lost_key.form', { label })}
    >
      <p class="bad">{t(why === 'key-lost' ? 'lost_key.words' : 'lost_key.unusable')}</p>
      <Field
        label={t('lost_key.api_key', { label })}
        value={key.apiKey}
        onInput={(apiKey) => setKey({ ...key, apiKey })}
        error={error?.field === 'apiKey' ? error.message : undefined}
        monospace
      />
      <Field
        label={t('lost_key.api_secret', { label })}
        type="password"
        value={key.apiSecret}
        onInput={(apiSecret) => setKey({ ...key, apiSecret })}
        error={error?.field === 'apiSecret' ? error.message : undefined}
        monospace
      />
      {extra && (
        <Field
          label={t('lost_key.extra', { label, part: t(extra.label) })}
          type="password"
          value={key.extra ?? ''}
          onInput={(value) => setKey({ ...key, extra: value })}
          error={error?.field === 'extra' ? error.message : undefined}
          monospace
        />
      )}
      <div>
        <button type="submit" class="primary" aria-disabled={busy}>
          {t('lost_key.save')}
        </button>
      </div>
    </form>
  );
}
