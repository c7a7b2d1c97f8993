import { expect, test } from 'vitest';
import { bytesToBase64 } from '#lib/domain/base64.ts';
import { isPem, kindOfPkcs8, readPem } from '#lib/venues/pem.ts';

// RFC 8032, test 1.
const body = 'MC4CAQAwBQYDK2VwBCIEIJ1hsZ3v/VpguoRK9JLsLMREScVpezJpGXA7rAMcrn9g';
const [begin, end] = ['-----BEGIN PRIVATE KEY-----', '-----END PRIVATE KEY-----'];
const [head, tail] = [body.slice(0, 40), body.slice(40)];

test.each([
  ['as it is written', `${begin}\n${body}\n${end}\n`],
  ['with short lines', `${begin}\n${head}\n${tail}\n${end}`],
  ['with the line breaks of Windows', `${begin}\r\n${head}\r\n${tail}\r\n${end}\r\n`],
  ['as a field without lines takes it', `${begin}${head}${tail}${end}`],
  ['with spaces for line breaks', `${begin} ${head} ${tail} ${end} `],
  ['as JSON has it', `${begin}\\n${head}\\n${tail}\\n${end}\\n`],
  ['with the dashes of a text program', `—BEGIN PRIVATE KEY—\n${body}\n—END PRIVATE KEY—`],
])('a private key %s', (_, text) => {
  expect(isPem(text)).toBe(true);
  const pem = readPem(text);
  expect(pem?.label).toBe('PRIVATE KEY');
  expect(bytesToBase64(pem?.bytes ?? new Uint8Array())).toBe(body);
});

test.each([
  ['its end is missing', `${begin}\n${body}`, true],
  ['nothing in it', `${begin}\n\n${end}`, true],
  ['not Base64', `${begin}\n?${body}\n${end}`, true],
  ['the body alone', body, false],
  ['a secret', 'NhqPtmdSJYdKjVHjA7PZj4Mge3R5YNiP1e3UZjInClVN65XAbvqqM6A7H5fATj0j', false],
])('none: %s', (_, text, isMeant) => {
  expect(readPem(text)).toBeUndefined();
  expect(isPem(text)).toBe(isMeant);
});

test.each([
  ['ed25519', body],
  ['p256', 'MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgCAc/J1wR9QgcrrfGYEeJJFevJw46'],
  [
    'rsa',
    'MIICdwIBADANBgkqhkiG9w0BAQEFAASCAmEwggJdAgEAAoGBAK1NsuMhLM+d+3vNwWFIqBxWCZ/gftg7VizFvBS0',
  ],
  // Of the curve secp256k1, by OpenSSL.
  [undefined, 'MIGEAgEAMBAGByqGSM49AgEGBSuBBAAKBG0wawIBAQQgw3mQ3z8S1y2q'],
  [undefined, 'bm90IGEga2V5IGF0IGFsbA=='],
])('the kind of a private key: %s', (kind, base64) => {
  expect(kindOfPkcs8(Uint8Array.from(atob(base64), (sign) => sign.charCodeAt(0)))).toBe(kind);
});
