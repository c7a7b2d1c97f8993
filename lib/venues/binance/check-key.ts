import type { Credentials } from '#lib/domain/account.ts';
import { UserError } from '#lib/domain/user-error.ts';
import { venueNames } from '#lib/domain/venue-id.ts';
import { isPem, isPkcs8Body, kindOfPkcs8, readPem } from '#lib/venues/pem.ts';
import { t } from '#lib/words/text.ts';

/** The secret is the text of an HMAC key, or an Ed25519 key as PEM. RSA keys, which the venue takes too, are not signed with here. */
export function checkKey({ apiSecret }: Credentials): UserError | undefined {
  const venue = venueNames.binance;
  if (!isPem(apiSecret)) {
    return isPkcs8Body(apiSecret) ? wrong('pem-cut', t('keys_form.pem_cut')) : undefined;
  }
  if (/\bENCRYPTED\b/.test(apiSecret)) return wrong('pem-sealed', t('keys_form.pem_sealed'));
  const pem = readPem(apiSecret);
  if (!pem) return wrong('pem-cut', t('keys_form.pem_cut'));
  if (/\bPUBLIC\b/.test(pem.label)) {
    return wrong('pem-public', t('keys_form.pem_public', { venue }));
  }
  if (!/^PRIVATE KEY$/.test(pem.label) || kindOfPkcs8(pem.bytes) !== 'ed25519') {
    return wrong('pem-kind', t('keys_form.pem_kind', { venue }));
  }
  return pem.bytes.length < ed25519Length ? wrong('pem-cut', t('keys_form.pem_cut')) : undefined;
}

/** Of the bytes of PKCS#8, where they hold the private half alone. Source: RFC 8410. */
const ed25519Length = 48;

function wrong(code: string, sentence: string): UserError {
  return new UserError(code, sentence, 'apiSecret');
}
