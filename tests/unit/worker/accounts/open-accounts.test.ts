import { expect, test } from 'vitest';
import type { AccountId } from '#lib/domain/account.ts';
import { createOpenAccounts } from '#lib/worker/accounts/open-accounts.ts';
import { createWatch } from '#lib/worker/accounts/watch.ts';
import { createLane } from '#lib/worker/lanes/lane.ts';
import { createClocks } from '#lib/worker/network/clock.ts';
import type { AccountStore, StoredAccount } from '#lib/worker/store/accounts.ts';
import { createDamage } from '#lib/worker/store/damage.ts';
import { noNonces } from '#tests/unit/support/no-nonces.ts';

const id = 'mine' as AccountId;
const account: StoredAccount = {
  id,
  venue: 'ripio',
  label: 'Mine',
  environment: 'live',
  createdAt: 0,
};

/** Nothing is reached; each request is told of. */
function openAccounts(lane = createLane(), onSend: (path: string) => void = () => {}) {
  return createOpenAccounts({
    store: {} as AccountStore,
    nonces: noNonces,
    damage: createDamage(() => {}),
    transport: {
      send(_, { path }) {
        onSend(path);
        return Promise.reject(new Error('unreachable'));
      },
      openSocket: () => {
        throw new Error('there is none');
      },
    },
    clocks: createClocks({}, () => {}),
    lanes: { open: () => lane, follow() {} },
    watch: createWatch(() => {}),
    show() {},
  });
}

test('a key of which the browser can make nothing cannot be used here, and keeps no other from opening', async () => {
  const accounts = openAccounts();
  const cut = '-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIJ1h\n-----END PRIVATE KEY-----';
  const odd: StoredAccount = { ...account, id: 'odd' as AccountId, venue: 'binance' };
  await accounts.add(odd, { apiKey: 'key', apiSecret: cut });
  await accounts.add(account, { apiKey: 'key', apiSecret: 'secret' });
  expect(accounts.keyTrouble(odd.id)).toBe('key-unusable');
  expect(() => accounts.expect(odd.id)).toThrow(/^This browser cannot use the key of this account/);
  expect(accounts.expect(id).account).toEqual(account);
  await accounts.add(odd, { apiKey: 'key', apiSecret: 'secret' });
  expect(accounts.keyTrouble(odd.id)).toBeUndefined();

  const lost = { ...account, id: 'lost' as AccountId };
  await accounts.add(lost, undefined);
  expect(() => accounts.expect(lost.id)).toThrow(expect.objectContaining({ code: 'key-lost' }));
});

test('what waits for its turn when the account is removed is not sent', async () => {
  const sent: string[] = [];
  const lane = createLane();
  const accounts = openAccounts(lane, (path) => void sent.push(path));
  await accounts.add(account, { apiKey: 'key', apiSecret: 'secret' });
  const { reader } = accounts.expect(id);
  // Two go at once; the third waits for one of them.
  const leaves = await Promise.all([lane.enter('list'), lane.enter('list')]);
  const reading = reader.list();
  accounts.remove(id);
  for (const leave of leaves) leave();
  expect(await reading).toMatchObject({ kind: 'unknown' });
  expect(sent).toEqual([]);

  await accounts.add({ ...account, id: 'other' as AccountId }, { apiKey: 'k', apiSecret: 's' });
  await accounts.expect('other' as AccountId).reader.list();
  expect(sent).toHaveLength(1);
});
