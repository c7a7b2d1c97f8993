import { expect, test } from 'vitest';
import { bytesToHex } from '#lib/domain/hex.ts';
import { hmacKey, utf8 } from '#lib/venues/keys.ts';

// RFC 4231, case 2.
const [secret, text] = ['Jefe', 'what do ya want for nothing?'];
const mac = '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843';

test.each([
  ['a text', text],
  ['its bytes', utf8(text)],
])('a keyed hash of %s', async (_, data) => {
  const { sign } = await hmacKey('SHA-256', utf8(secret));
  expect(bytesToHex(await sign(data))).toBe(mac);
});

test('of the secret nothing is left behind', async () => {
  const bytes = utf8(secret);
  await hmacKey('SHA-256', bytes);
  expect([...bytes]).toEqual([0, 0, 0, 0]);
});
