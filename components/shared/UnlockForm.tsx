import { useEffect, useRef, useState } from 'preact/hooks';
import { Field } from './Field.tsx';
import { t } from '#lib/words/text.ts';

/** Field "Passphrase" and button "Unlock". `onUnlock` rejects with the sentence to say under the field. */
export function UnlockForm({
  waiting,
  onUnlock,
}: {
  /** What has not ended yet. */
  waiting: string | undefined;
  onUnlock: (passphrase: string) => Promise<unknown>;
}) {
  const [passphrase, setPassphrase] = useState('');
  const [error, setError] = useState<string>();
  const [busy, setBusy] = useState(false);
  const input = useRef<HTMLInputElement>(null);

  useEffect(() => input.current?.focus(), []);

  const submit = async (event: Event) => {
    event.preventDefault();
    if (busy) return;
    setBusy(true);
    try {
      await onUnlock(passphrase);
    } catch (problem) {
      setError(problem instanceof Error ? problem.message : String(problem));
      input.current?.focus();
      input.current?.select();
    } finally {
      setBusy(false);
    }
  };

  return (
    <form class="stack" onSubmit={submit} aria-busy={busy}>
      {/* Always there, so that a change is announced. */}
      <output class="waiting">{waiting}</output>
      <Field
        label={t('vault.passphrase')}
        type="password"
        value={passphrase}
        onInput={setPassphrase}
        error={error}
        inputRef={input}
      />
      <button type="submit" class="primary" aria-disabled={busy}>
        {busy && <span class="spinner" aria-hidden="true" />}
        {t('vault.unlock')}
      </button>
    </form>
  );
}
