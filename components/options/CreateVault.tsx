import { useRef, useState } from 'preact/hooks';
import { Field } from '#components/shared/Field.tsx';

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
      setErrors({ first: `Use at least ${shortest} characters; several words are best.` });
      first.current?.focus();
      return;
    }
    if (passphrase !== repeated) {
      setErrors({ second: 'The two differ. Type the same passphrase again.' });
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
      <h2>Choose a passphrase</h2>
      <p>
        It seals your API keys, your open orders and your history on this device. Nothing of it is
        sent anywhere, and without it a copy of your browser profile tells nothing.
      </p>
      {isAnew && (
        <p>
          What is still on this device of the lost data cannot be opened by anybody. Creating the
          vault deletes it.
        </p>
      )}
      <p>
        <strong>It cannot be recovered.</strong> If you forget it, you set up Pullcord anew with new
        keys from your exchanges; your orders there are not touched.
      </p>
      <Field
        label="New passphrase"
        type="password"
        value={passphrase}
        onInput={setPassphrase}
        error={errors.first}
        hint={`At least ${shortest} characters.`}
        inputRef={first}
      />
      <Field
        label="Repeat passphrase"
        type="password"
        value={repeated}
        onInput={setRepeated}
        error={errors.second}
        inputRef={second}
      />
      <div>
        <button type="submit" class="primary" aria-disabled={busy}>
          {busy && <span class="spinner" aria-hidden="true" />}
          Create vault
        </button>
      </div>
    </form>
  );
}
