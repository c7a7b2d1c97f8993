import type { RefObject } from 'preact';
import { useId } from 'preact/hooks';

export interface FieldProps {
  label: string;
  value: string;
  onInput: (value: string) => void;
  /** Passphrases and secrets are typed unseen. */
  type?: 'text' | 'password';
  /** What is wrong, said under the field. */
  error?: string | undefined;
  hint?: string | undefined;
  monospace?: boolean;
  inputRef?: RefObject<HTMLInputElement | null>;
}

export function Field({
  label,
  value,
  onInput,
  type = 'text',
  error,
  hint,
  monospace,
  inputRef,
}: FieldProps) {
  const id = useId();
  const described = [error && `${id}-error`, hint && `${id}-hint`].filter(Boolean).join(' ');
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <input
        id={id}
        ref={inputRef ?? null}
        class={monospace ? 'monospace' : ''}
        {...(type === 'password' ? { type } : { type })}
        value={value}
        onInput={(event) => onInput(event.currentTarget.value)}
        autocomplete="off"
        autocapitalize="off"
        spellcheck={false}
        aria-invalid={error ? 'true' : undefined}
        aria-describedby={described || undefined}
      />
      {error && (
        <p id={`${id}-error`} class="field-error" role="alert">
          {error}
        </p>
      )}
      {hint && (
        <p id={`${id}-hint`} class="field-hint">
          {hint}
        </p>
      )}
    </div>
  );
}
