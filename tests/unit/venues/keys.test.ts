import { describe, expect, test } from 'vitest';
import { base64ToBytes, bytesToBase64 } from '#lib/domain/base64.ts';
import { bytesToHex } from '#lib/domain/hex.ts';
import { ed25519Key, hmacKey, p256Key, utf8 } from '#lib/venues/keys.ts';

const bytesOf = (base64: string) => base64ToBytes(base64) ?? new Uint8Array();

describe('a keyed hash', () => {
  // RFC 4231, case 2.
  const [secret, text] = ['Jefe', 'what do ya want for nothing?'];
  const short = '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843';
  const long =
    '164b7a7bfcf819e2e395fbe73b56e0a387bd64222e831fd610270cd7ea2505549758bf75c05a994a6d034f65f8f0e6fdcaeab1a34d4a6b4b636e070a38bce737';

  test.each([
    ['SHA-256', 'a text', text, short],
    ['SHA-256', 'its bytes', utf8(text), short],
    ['SHA-512', 'its bytes', utf8(text), long],
  ] as const)('%s of %s', async (hash, _, data, mac) => {
    const { kind, sign } = await hmacKey(hash, utf8(secret));
    expect(kind).toBe('hmac');
    expect(bytesToHex(await sign(data))).toBe(mac);
  });
});

// RFC 8032, test 1; the signature by OpenSSL.
const edKey = 'MC4CAQAwBQYDK2VwBCIEIJ1hsZ3v/VpguoRK9JLsLMREScVpezJpGXA7rAMcrn9g';

test('Ed25519', async () => {
  const { kind, sign } = await ed25519Key(bytesOf(edKey));
  expect(kind).toBe('ed25519');
  expect(bytesToBase64(await sign('symbol=LTCBTC&orderId=4&timestamp=1499827319559'))).toBe(
    'davmOlb9iJ3HIPSWY4j/nKdxTttW5jB3be3gn92ZQUAlAYOYetKEfBN9Y7JJ7ABHhpva3YgKF8z+rncIuD1rCw==',
  );
});

// By OpenSSL, as the public key is.
const ecKey =
  'MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgCAc/J1wR9QgcrrfGYEeJJFevJw46xbWiaXnAt4iqI8WhRANCAAS75YshHNYYpg3ORTX6N64SqsJrqNoik15GN/zYVzqgRiZtgEhKTbWJC1/0xnBBwNVwC0CtRvTGICJ0wh4fns5a';
const ecPublic =
  'MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEu+WLIRzWGKYNzkU1+jeuEqrCa6jaIpNeRjf82Fc6oEYmbYBISk21iQtf9MZwQcDVcAtArUb0xiAidMIeH57OWg==';

test('P-256: no two signatures are alike, and each is the key’s', async () => {
  const { kind, sign } = await p256Key(bytesOf(ecKey));
  expect(kind).toBe('p256');
  const signature = await sign('header.payload');
  expect(signature).toHaveLength(64);
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
  const key = await crypto.subtle.importKey('spki', bytesOf(ecPublic), algorithm, true, ['verify']);
  const isOf = (text: string) => crypto.subtle.verify(algorithm, key, signature, utf8(text));
  expect(await isOf('header.payload')).toBe(true);
  expect(await isOf('header.other')).toBe(false);
});

describe('of the secret nothing is left behind', () => {
  test.each([
    [
      'of a keyed hash',
      utf8('Jefe'),
      (bytes: Uint8Array<ArrayBuffer>) => hmacKey('SHA-512', bytes),
    ],
    ['of Ed25519', bytesOf(edKey), ed25519Key],
    ['of P-256', bytesOf(ecKey), p256Key],
    ['of another kind', bytesOf(ecKey), ed25519Key],
  ])('%s', async (_, bytes, open) => {
    await open(bytes).catch(() => undefined);
    expect(bytes.every((byte) => byte === 0)).toBe(true);
  });
});
