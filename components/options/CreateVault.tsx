import { useRef, useState } from 'preact/hooks';
import { Field } from '#components/shared/Field.tsx';
import { t, tParts } from '#lib/words/text.ts';

const shortest = 8;

/** The first run, or one anew: chooses the passphrase. `onCreate` rejects with the sentence to say. */
export function CreateVault({
  onCreate,
  isAnew = false,
}: {
  onCreate: (passphrase: string) => Promise<unknown>;
  /** The vault before it is lost. */
  isAnew?: boolean;
}) {
  const [passphrase, setPassphrase] = useState('');
  const [repeated, setRepeated] = useState('');
  const [errors, setErrors] = useState<{ first?: string; second?: string }>({});
  const [busy, setBusy] = useState(false);
  const first = useRef<HTMLInputElement>(null);
  const second = useRef<HTMLInputElement>(null);

  const submit = async (event: Event) => {
    event.preventDefault();
    if (busy) return;
    if (passphrase.length < shortest) {
      setErrors({ first: t('vault.too_short', { n: shortest }) });
      first.current?.focus();
      return;
    }
    if (passphrase !== repeated) {
      setErrors({ second: t('vault.differ') });
      second.current?.focus();
      return;
    }
    setErrors({});
    setBusy(true);
    try {
      await onCreate(passphrase);
    } catch (problem) {
      setErrors({ first: problem instanceof Error ? problem.message : String(problem) });
      first.current?.focus();
    } finally {
      setBusy(false);
    }
  };

  return (
    <form class="card stack" onSubmit={submit} aria-busy={busy} noValidate>
      <h2>{t('vault.choose')}</h2>
      <p>{t('vault.seals')}</p>
      {isAnew && <p>{t('vault.anew')}</p>}
      <p>
        {tParts('vault.no_recovery', { strong: <strong>{t('vault.no_recovery_strong')}</strong> })}
      </p>
      <Field
        label={t('vault.new_passphrase')}
        type="password"
        value={passphrase}
        onInput={setPassphrase}
        error={errors.first}
        hint={t('vault.at_least', { n: shortest })}
        inputRef={first}
      />
      <Field
        label={t('vault.repeat_passphrase')}
        type="password"
        value={repeated}
        onInput={setRepeated}
        error={errors.second}
        inputRef={second}
      />
      <div>
        <button type="submit" class="primary" aria-disabled={busy}>
          {busy && <span class="spinner" aria-hidden="true" />}
          {t('vault.create')}
        </button>
      </div>
    </form>
  );
}
