import { useState } from 'preact/hooks';
import type { AccountId, Credentials } from '#lib/domain/account.ts';
import type { AccountView } from '#lib/protocol/view.ts';
import { Field } from '#components/shared/Field.tsx';

/** An account that cannot even be named. */
export function UnreadableAccount({ name, onRemove }: { name: string; onRemove: () => void }) {
  return (
    <li class="account">
      <div class="account-name">
        <strong>{name}</strong>
      </div>
      <div class="account-buttons">
        <button type="button" class="acts" aria-label={`Remove ${name}`} onClick={onRemove}>
          Remove
        </button>
      </div>
      <output class="account-test">
        <span class="bad">
          Its entry is damaged and cannot be read any more. Remove it, then add the account again.
        </span>
      </output>
    </li>
  );
}

/** Names for them: nothing else is known. */
export function namesOfUnreadable(ids: readonly AccountId[]): ReadonlyMap<AccountId, string> {
  return new Map(
    ids.map((id, index) => [
      id,
      ids.length === 1 ? 'Unreadable account' : `Unreadable account ${index + 1}`,
    ]),
  );
}

/** The key of an account does not open: asks for it again. `onSave` rejects with the sentence to say. */
export function LostKey({
  account: { label },
  onSave,
}: {
  account: AccountView;
  onSave: (key: Credentials) => Promise<unknown>;
}) {
  const [key, setKey] = useState<Credentials>({ apiKey: '', apiSecret: '' });
  const [error, setError] = useState<string>();
  const [busy, setBusy] = useState(false);

  const submit = async (event: Event) => {
    event.preventDefault();
    if (busy) return;
    setBusy(true);
    setError(undefined);
    try {
      await onSave(key);
    } catch (problem) {
      setError(problem instanceof Error ? problem.message : String(problem));
    } finally {
      setBusy(false);
    }
  };

  return (
    <form class="stack narrow" onSubmit={submit} aria-busy={busy} aria-label={`Key of ${label}`}>
      <p class="bad">
        The key of this account is damaged and cannot be read any more. Enter it again; until then
        nothing is sent.
      </p>
      <Field
        label={`API key of ${label}`}
        value={key.apiKey}
        onInput={(apiKey) => setKey({ ...key, apiKey })}
        monospace
      />
      <Field
        label={`API secret of ${label}`}
        type="password"
        value={key.apiSecret}
        onInput={(apiSecret) => setKey({ ...key, apiSecret })}
        error={error}
        monospace
      />
      <div>
        <button type="submit" class="primary" aria-disabled={busy}>
          Save key
        </button>
      </div>
    </form>
  );
}
