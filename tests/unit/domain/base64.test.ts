import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { base64ToBytes, bytesToBase64 } from '#lib/domain/base64.ts';

test('bytes survive, written as Node writes them', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
      const text = bytesToBase64(bytes);
      expect(text).toBe(Buffer.from(bytes).toString('base64'));
      expect(base64ToBytes(text)).toEqual(new Uint8Array(bytes));
    }),
  );
});

test.each(['a', 'ab=c', '€', 'a-_b', '===='])('%j is not Base64', (text) => {
  expect(base64ToBytes(text)).toBeUndefined();
});
