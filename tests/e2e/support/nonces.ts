import { expect } from '@playwright/test';
import type { Sandbox } from '#tests/sandbox/sandbox.ts';

/** What has come to Kraken was numbered ever higher, and none of it refused for its number. */
export function expectRisingNonces({ venues: { kraken } }: Sandbox): void {
  const signed = kraken.requests.list.filter(({ headers }) => headers['api-sign'] !== undefined);
  expect(signed.length).toBeGreaterThan(4);
  expect(signed.filter(({ reply }) => reply?.includes('Invalid nonce'))).toEqual([]);
  const nonces = signed.map(({ body }) => Number(/nonce\W+(\d+)/.exec(body)?.[1]));
  expect(nonces).toEqual([...new Set(nonces)].toSorted((one, other) => one - other));
}
