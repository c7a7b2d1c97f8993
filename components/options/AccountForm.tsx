import { useRef, useState } from 'preact/hooks';
import type { Environment } from '#lib/domain/account.ts';
import { environmentName } from '#lib/words/account-name.ts';
import { UserError } from '#lib/domain/user-error.ts';
import { venueIds, venueNames, type VenueId } from '#lib/domain/venue-id.ts';
import type { NewAccount } from '#lib/page/options/new-account.ts';
import type { About } from '#lib/venues/about.ts';
import { suggestedLabel } from '#lib/page/options/suggested-label.ts';
import { Choice } from '#components/shared/Choice.tsx';
import { Field } from '#components/shared/Field.tsx';
import { Guide } from './Guide.tsx';
import { t } from '#lib/words/text.ts';

export interface AccountFormProps {
  environmentsOf: (venue: VenueId) => readonly Environment[];
  abouts: Readonly<Record<VenueId, About>>;
  /** The labels of the accounts there are. */
  labels: readonly string[];
  /** Rejects with a `UserError` that names the field it is about. Called in the click itself. */
  onSave: (account: NewAccount) => Promise<unknown>;
}

const names = ['label', 'apiKey', 'apiSecret', 'extra', 'sandboxUrl'] as const;
type FieldName = (typeof names)[number];

/** Shown where an address would be. */
const example = 'http://127.0.0.1:4101';

function missing(field: FieldName): string {
  return field === 'sandboxUrl'
    ? t('account_form.missing.sandboxUrl', { example })
    : t(`account_form.missing.${field}`);
}

export function AccountForm({ environmentsOf, abouts, labels, onSave }: AccountFormProps) {
  const [venue, setVenue] = useState<VenueId>(venueIds[0] ?? 'btcturk');
  // Undefined: the suggestion.
  const [label, setLabel] = useState<string>();
  const [wished, setWished] = useState<Environment>('live');
  const [values, setValues] = useState({ apiKey: '', apiSecret: '', extra: '', sandboxUrl: '' });
  const [error, setError] = useState<{ field?: FieldName; message: string }>();
  const [saved, setSaved] = useState('');
  const [busy, setBusy] = useState(false);
  const inputs = {
    label: useRef<HTMLInputElement>(null),
    apiKey: useRef<HTMLInputElement>(null),
    apiSecret: useRef<HTMLInputElement>(null),
    extra: useRef<HTMLInputElement>(null),
    sandboxUrl: useRef<HTMLInputElement>(null),
  };

  const { fields, guide } = abouts[venue];
  const environments = environmentsOf(venue);
  const environment = environments.includes(wished) ? wished : (environments[0] ?? 'live');
  const isSandbox = environment === 'sandbox';
  const account: NewAccount = {
    venue,
    label: label ?? suggestedLabel(venueNames[venue], labels),
    environment,
    apiKey: values.apiKey.trim(),
    apiSecret: values.apiSecret.trim(),
    ...(fields.extra && { extra: values.extra.trim() }),
    ...(isSandbox && { sandboxUrl: values.sandboxUrl.trim() }),
  };

  const fail = (message: string, field?: FieldName) => {
    setError({ message, ...(field && { field }) });
    if (field) inputs[field].current?.focus();
  };

  const submit = async (event: Event) => {
    event.preventDefault();
    if (busy) return;
    const empty = names.find((field) => account[field]?.trim() === '');
    if (empty) {
      fail(missing(empty), empty);
      return;
    }
    setBusy(true);
    setError(undefined);
    setSaved('');
    try {
      await onSave(account);
      setSaved(t('options.saved', { label: account.label.trim() }));
      setLabel(undefined);
      setValues((before) => ({ ...before, apiKey: '', apiSecret: '', extra: '' }));
    } catch (problem) {
      const field =
        problem instanceof UserError ? names.find((each) => each === problem.field) : undefined;
      fail(problem instanceof Error ? problem.message : String(problem), field);
    } finally {
      setBusy(false);
    }
  };

  const props = (field: FieldName) => ({
    error: error?.field === field ? error.message : undefined,
    inputRef: inputs[field],
    onInput: (value: string) => {
      if (error?.field === field) setError(undefined);
      setSaved('');
      if (field === 'label') setLabel(value);
      else setValues((before) => ({ ...before, [field]: value }));
    },
  });

  return (
    <section class="card" aria-labelledby="add-account">
      <h2 id="add-account">{t('account_form.title')}</h2>
      <div class="columns">
        <form class="stack" onSubmit={submit} aria-busy={busy} noValidate>
          <Choice
            label={t('account_form.venue')}
            value={venue}
            options={venueIds.map((id) => [id, venueNames[id]] as const)}
            onChange={setVenue}
          />
          <Field label={t('account_form.label')} value={account.label} {...props('label')} />
          <Field
            label={t('account_form.api_key')}
            value={values.apiKey}
            monospace
            {...props('apiKey')}
          />
          <Field
            label={t('account_form.api_secret')}
            type="password"
            value={values.apiSecret}
            hint={t('account_form.never_shown', { form: t(fields.secretForm) })}
            {...props('apiSecret')}
          />
          {fields.extra && (
            <Field
              label={t(fields.extra.label)}
              type="password"
              value={values.extra}
              hint={t('account_form.never_shown', { form: t(fields.extra.form) })}
              {...props('extra')}
            />
          )}
          <Choice
            label={t('account_form.environment')}
            value={environment}
            options={environments.map((each) => [each, environmentName(each)] as const)}
            onChange={setWished}
          />
          {isSandbox && (
            <Field
              label={t('account_form.sandbox_url')}
              value={values.sandboxUrl}
              monospace
              {...props('sandboxUrl')}
            />
          )}
          {error && !error.field && (
            <p class="field-error" role="alert">
              {error.message}
            </p>
          )}
          <div>
            <button type="submit" class="primary" aria-disabled={busy}>
              {busy && <span class="spinner" aria-hidden="true" />}
              {t('account_form.save')}
            </button>
            {/* Here, since the account itself may lie above what is in sight. */}
            <output class="said">{saved}</output>
          </div>
        </form>
        <Guide guide={guide} venueName={venueNames[venue]} />
      </div>
    </section>
  );
}
