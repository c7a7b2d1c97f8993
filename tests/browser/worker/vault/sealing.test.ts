import * as fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { createSealer, type SealedRecord, type Sealer } from '#lib/worker/vault/sealing.ts';
import { freshSealer } from '#tests/browser/support/fresh.ts';

let sealer: Sealer;
beforeAll(async () => {
  sealer = await freshSealer();
});

const secret = { apiKey: 'the-public-key', apiSecret: 'the-secret ₿' };

test('any value survives sealing and opening', async () => {
  await fc.assert(
    fc.asyncProperty(fc.string(), fc.string(), fc.jsonValue(), async (store, id, value) => {
      const record = await sealer.seal(store, id, value);
      expect(await sealer.open(store, id, record)).toEqual(JSON.parse(JSON.stringify(value)));
    }),
    { numRuns: 50 },
  );
});

test('an id may be a counter', async () => {
  const record = await sealer.seal('cancellations', 7, secret);
  expect(await sealer.open('cancellations', 7, record)).toEqual(secret);
});

test('nothing of the value can be read in the record', async () => {
  const { data, iv, ...rest } = await sealer.seal('credentials', 'a', secret);
  const text = new TextDecoder('latin1').decode(new Uint8Array([...iv, ...new Uint8Array(data)]));
  expect(text).not.toMatch(/apiKey|the-|secret/);
  expect(rest).toEqual({ version: 1 });
});

test('each seal has an IV of its own', async () => {
  const records = await Promise.all(
    Array.from({ length: 50 }, () => sealer.seal('s', 'a', secret)),
  );
  expect(new Set(records.map(({ iv }) => iv.join())).size).toBe(50);
  expect(new Set(records.map(({ data }) => new Uint8Array(data).join())).size).toBe(50);
  expect(records.every(({ iv }) => iv.length === 12)).toBe(true);
});

test('a changed byte, wherever it stands, is noticed', async () => {
  const record = await sealer.seal('credentials', 'a', secret);
  const { length } = new Uint8Array(record.data);
  for (let at = 0; at < length; at++) {
    const bytes = new Uint8Array(record.data.slice(0));
    bytes[at] = (bytes[at] ?? 0) ^ 1;
    await expectNotOpened({ ...record, data: bytes.buffer });
  }
  for (let at = 0; at < record.iv.length; at++) {
    const iv = record.iv.slice();
    iv[at] = (iv[at] ?? 0) ^ 1;
    await expectNotOpened({ ...record, iv });
  }
  await expectNotOpened({ ...record, data: record.data.slice(0, -1) });
  await expectNotOpened({ ...record, data: new ArrayBuffer(0) });

  function expectNotOpened(changed: SealedRecord) {
    return expect(sealer.open('credentials', 'a', changed)).rejects.toThrow();
  }
});

test.each<[string, string, string | number]>([
  ['under another id', 'credentials', 'b'],
  ['in another store', 'accounts', 'a'],
  ['with the slash moved', 'credentials/a', ''],
])('a record that lies %s does not open', async (_, store, id) => {
  const record = await sealer.seal('credentials', 'a', secret);
  await expect(sealer.open(store, id, record)).rejects.toThrow();
});

test('two rows cannot be swapped', async () => {
  const [first, second] = await Promise.all([
    sealer.seal('cancellations', 1, { state: 'refused' }),
    sealer.seal('cancellations', 2, { state: 'cancelled' }),
  ]);
  await expect(sealer.open('cancellations', 1, second)).rejects.toThrow();
  await expect(sealer.open('cancellations', 2, first)).rejects.toThrow();
});

test('another key does not open it', async () => {
  const record = await sealer.seal('credentials', 'a', secret);
  await expect((await freshSealer()).open('credentials', 'a', record)).rejects.toThrow();
});

test('a record of a later version is not misread', async () => {
  const record = { ...(await sealer.seal('s', 'a', 1)), version: 2 } as unknown as SealedRecord;
  await expect(sealer.open('s', 'a', record)).rejects.toThrow('version 2');
});

test('a key that may only open cannot seal', async () => {
  const key = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['decrypt']);
  await expect(createSealer(key).seal('s', 'a', 1)).rejects.toThrow();
});
