import type { Account, AccountId, Credentials } from '#lib/domain/account.ts';
import { UserError } from '#lib/domain/user-error.ts';
import { venueNames, type VenueId } from '#lib/domain/venue-id.ts';
import type { RequestOf } from '#lib/protocol/messages.ts';
import { environmentsOf } from '#lib/venues/hosts.ts';
import { abouts } from '#lib/venues/abouts.ts';
import { isPem } from '#lib/venues/pem.ts';
import { venues } from '#lib/venues/venues.ts';
import type { Venue } from '#lib/venues/venue.ts';
import { t } from '#lib/words/text.ts';

/** Characters. */
const mostLabel = 100;
const hidden = /\p{Default_Ignorable_Code_Point}/gu;
/** What does not show, or turns the writing round; but for what emoji and some scripts are joined with. */
const odd =
  /(?!\u200c|\u200d|\p{Variation_Selector}|[\u{e0020}-\u{e007f}])\p{Default_Ignorable_Code_Point}|[\p{Cc}\p{Zl}\p{Zp}\p{Cs}]/gu;

/** So that two labels that look alike are one, and none spoils the line that it stands in. */
function plainLabel(typed: string): string {
  return typed.replace(odd, ' ').replace(/\s+/g, ' ').trim();
}

/** Reads the form by which an account is added. Throws a sentence that names the field; keys are trimmed. */
export function readAccountForm(form: RequestOf<'save-account'>): {
  account: Account;
  credentials: Credentials;
} {
  const { venue, environment } = form;
  const label = plainLabel(form.label);
  const name = venueNames[venue];

  if (label.replace(hidden, '').trim() === '') {
    throw new UserError('no-label', t('keys_form.no_label'), 'label');
  }
  if (label.length > mostLabel) {
    throw new UserError('long-label', t('keys_form.long_label', { n: mostLabel }), 'label');
  }
  if (!environmentsOf(venue).includes(environment)) {
    throw new UserError(
      'no-environment',
      t('keys_form.no_environment', { venue: name }),
      'environment',
    );
  }
  const credentials = readCredentials(venue, form);
  const account: Account = {
    id: crypto.randomUUID() as AccountId,
    venue,
    label,
    environment,
    ...(environment === 'sandbox' && { sandboxUrl: readSandboxUrl(form.sandboxUrl ?? '') }),
  };
  return { account, credentials };
}

/** Throws a sentence that names the field; all are trimmed. */
export function readCredentials(venue: VenueId, form: Credentials): Credentials {
  const apiKey = form.apiKey.trim();
  const apiSecret = form.apiSecret.trim();
  const name = venueNames[venue];
  const { takesPem, extra: third } = abouts[venue].fields;
  if (apiKey === '') {
    throw new UserError('no-key', t('keys_form.no_key', { venue: name }), 'apiKey');
  }
  // Header text: what no key consists of would make every request fail in the browser itself.
  if (isPem(apiKey)) {
    throw new UserError('key-is-pem', t('keys_form.key_is_pem'), 'apiKey');
  }
  if (!isPlain(apiKey)) {
    throw new UserError('bad-key', t('keys_form.bad_key'), 'apiKey');
  }
  if (apiSecret === '') {
    throw new UserError('no-secret', t('keys_form.no_secret'), 'apiSecret');
  }
  if (apiKey === apiSecret) {
    throw new UserError('same-twice', t('keys_form.same_twice'), 'apiSecret');
  }
  // Copied from a chat or a PDF file it may be broken over lines, or hold what is not to be seen.
  if (isPem(apiSecret)) {
    if (!takesPem)
      throw new UserError('no-pem', t('keys_form.no_pem', { venue: name }), 'apiSecret');
  } else if (!isPlain(apiSecret)) {
    throw new UserError('bad-secret', t('keys_form.bad_secret'), 'apiSecret');
  }
  const extra = third && (form.extra?.trim() ?? '');
  if (third && extra === '') {
    const part = t(third.label);
    throw new UserError('no-extra', t('keys_form.no_extra', { part, venue: name }), 'extra');
  }
  const credentials: Credentials = { apiKey, apiSecret, ...(extra !== undefined && { extra }) };
  const { checkKey }: Venue = venues[venue];
  const wrong = checkKey?.(credentials);
  if (wrong) throw wrong;
  return credentials;
}

/** Throws a sentence where the browser cannot make a key of it, before anything is written down. */
export async function expectOpens(venue: VenueId, { apiSecret }: Credentials): Promise<void> {
  try {
    await venues[venue].openKey(apiSecret);
  } catch {
    const sentence = t('keys_form.cannot_open', { venue: venueNames[venue] });
    throw new UserError('cannot-open', sentence, 'apiSecret');
  }
}

/** Nothing but ASCII that is seen. */
function isPlain(text: string): boolean {
  return /^[\x21-\x7e]+$/.test(text);
}

/** Throws a sentence where another account has the label, or the key: every order would then be listed twice. */
export function expectNewAccount(
  account: Account,
  { apiKey }: Credentials,
  others: readonly {
    readonly account: Account;
    readonly credentials: Pick<Credentials, 'apiKey'> | undefined;
  }[],
): void {
  if (others.some((other) => other.account.label === account.label)) {
    throw new UserError(
      'label-taken',
      t('keys_form.label_taken', { label: account.label }),
      'label',
    );
  }
  const twin = others.find(
    (other) =>
      other.account.venue === account.venue &&
      other.account.environment === account.environment &&
      other.account.sandboxUrl === account.sandboxUrl &&
      other.credentials?.apiKey === apiKey,
  );
  if (!twin) return;
  throw new UserError(
    'key-taken',
    t('keys_form.key_taken', { label: twin.account.label }),
    'apiKey',
  );
}

/** One base such as `http://127.0.0.1:4101`, without a slash at the end. */
function readSandboxUrl(text: string): string {
  const base = text.trim();
  const url = URL.canParse(base) ? new URL(base) : undefined;
  const loopback = url?.hostname === '127.0.0.1' || url?.hostname === 'localhost';
  if (url?.protocol !== 'http:' || !loopback || url.pathname !== '/' || url.search !== '') {
    throw new UserError(
      'bad-sandbox-url',
      t('keys_form.bad_sandbox_url', { example: 'http://127.0.0.1:4101' }),
      'sandboxUrl',
    );
  }
  return url.origin;
}
