import { expect, test } from 'vitest';
import type { AccountId } from '#lib/domain/account.ts';
import { changeAccounts } from '#lib/worker/accounts/change-accounts.ts';
import { createOpenAccounts } from '#lib/worker/accounts/open-accounts.ts';
import { createWatch } from '#lib/worker/accounts/watch.ts';
import { createLane } from '#lib/worker/lanes/lane.ts';
import { createClocks } from '#lib/worker/network/clock.ts';
import type { AccountStore, StoredAccount } from '#lib/worker/store/accounts.ts';
import { createDamage } from '#lib/worker/store/damage.ts';
import { noNonces } from '#tests/unit/support/no-nonces.ts';

const id = 'mine' as AccountId;

test('of a key that another has taken the place of nothing is known any more', async () => {
  const lost: StoredAccount = {
    id,
    venue: 'ripio',
    label: 'Mine',
    environment: 'live',
    createdAt: 0,
    lastTest: { at: 1, result: { ok: true, openOrders: 3 } },
    right: { has: true, at: 1 },
  };
  const written: StoredAccount[] = [];
  const store: AccountStore = {
    ...({} as AccountStore),
    setCredentials: async () => undefined,
    update: async (account) => void written.push(account),
  };
  let shown: readonly object[] = [];
  const accounts = createOpenAccounts({
    store,
    nonces: noNonces,
    damage: createDamage(() => {}),
    transport: {
      send: () => Promise.reject(new Error('unreachable')),
      openSocket: () => {
        throw new Error('there is none');
      },
    },
    clocks: createClocks({}, () => {}),
    lanes: { open: () => createLane(), follow() {} },
    watch: createWatch(() => {}),
    show: (views) => (shown = views),
  });
  await accounts.add(lost, undefined);
  const changes = changeAccounts({
    store,
    accounts,
    openOrders: { refresh: async () => undefined } as never,
    canceller: { resume: async () => undefined } as never,
    onChanged() {},
  });
  await changes.setKey(id, { apiKey: 'another', apiSecret: 'secret' });
  expect(accounts.keyTrouble(id)).toBeUndefined();
  const { lastTest: _, right: __, ...known } = lost;
  expect(written).toEqual([known]);
  expect(shown).toEqual([known]);
});
