import { afterEach, expect, test } from 'vitest';
import type { OrderId } from '#lib/domain/order.ts';
import { kraken } from '#lib/venues/kraken/kraken.ts';
import { createNonces } from '#lib/worker/network/nonces.ts';
import { startKraken, type KrakenVenue } from '#tests/sandbox/kraken/kraken.ts';
import { client } from './account-client-world.ts';

/** A key that another program, or this one in another browser, uses too: the sandbox over sockets. */

const venues: KrakenVenue[] = [];
afterEach(async () => {
  for (const venue of venues.splice(0)) await venue.stop();
});

async function begin(ahead: bigint) {
  const venue = await startKraken({ limits: false });
  venues.push(venue);
  const { key: apiKey, secret: apiSecret } = venue.keys.list[0] ?? venue.keys.add();
  venue.nonces.set(apiKey, BigInt(Date.now()) + ahead);
  const nonces = createNonces({ read: async () => 0, write: async () => undefined });
  const account = await client(venue.url, {
    venue: kraken,
    nonces,
    credentials: { apiKey, apiSecret },
  });
  const { id } = venue.book.place({
    symbol: 'XBTUSD',
    side: 'buy',
    price: '37500',
    quantity: '1.25',
  });
  const cancel = () => account.call(kraken.cancel, { orderId: id as OrderId });
  return { venue, apiKey, account, cancel, isOpen: () => venue.book.find(id)?.status === 'open' };
}

const tooLow = { kind: 'invalid-time', of: 'nonce' };

test('of one that has begun ten seconds above the clock the second number is above', async () => {
  const { cancel, isOpen } = await begin(10_500n);
  expect(await cancel()).toMatchObject(tooLow);
  expect(await cancel()).toMatchObject({ kind: 'accepted' });
  expect(isOpen()).toBe(false);
});

test('of one that has leapt itself the third', async () => {
  const { cancel } = await begin(75_000n);
  expect(await cancel()).toMatchObject(tooLow);
  expect(await cancel()).toMatchObject(tooLow);
  expect(await cancel()).toMatchObject({ kind: 'accepted' });
});

test('two browsers in turn each get through, and do not drive each other away from the clock', async () => {
  const { venue, apiKey, account } = await begin(0n);
  const { secret: apiSecret } = venue.keys.list[0] ?? venue.keys.add();
  const other = await client(venue.url, {
    venue: kraken,
    nonces: createNonces({ read: async () => Date.now() + 10_000, write: async () => undefined }),
    credentials: { apiKey, apiSecret },
  });
  for (let turn = 0; turn < 20; turn++) {
    for (const each of [account, other]) {
      const replies = [];
      // One after the other.
      // oxlint-disable-next-line no-await-in-loop
      while (replies.length < 3 && replies.at(-1) !== 'page') {
        // oxlint-disable-next-line no-await-in-loop
        replies.push((await each.call(kraken.listOpenOrders, undefined)).kind);
      }
      expect(replies.at(-1)).toBe('page');
    }
  }
  expect(Number(venue.nonces.get(apiKey)) - Date.now()).toBeLessThan(100_000);
});
