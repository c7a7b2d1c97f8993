import { expect, test, vi } from 'vitest';
import type { KeyRight } from '#lib/domain/account.ts';
import { createLane } from '#lib/worker/lanes/lane.ts';
import { createCancelAccount } from '#lib/worker/lanes/connected-account.ts';
import { testKey } from '#lib/worker/accounts/key-test.ts';
import type { AccountClient } from '#lib/worker/network/account-client.ts';
import type { Failure } from '#lib/domain/reply.ts';
import type { OpenOrdersReply, RightsReply, Venue } from '#lib/venues/venue.ts';
import { venues } from '#lib/venues/venues.ts';

const refused: Failure = { kind: 'refused', reason: 'bad-key' };
const list: OpenOrdersReply = { kind: 'page', orders: [] };
const rightsOf = (...rights: KeyRight[]): RightsReply => ({ kind: 'rights', rights });

const request = () => ({ method: 'POST', path: '/', headers: {} }) as const;

/** The account of a venue that tells what a key may do, or of one that does not. */
function accountThat(page: OpenOrdersReply, rights: RightsReply | undefined) {
  const readRights = rights && { request, read: () => rights };
  const venue: Venue = { ...venues.ripio, ...(readRights && { readRights }) };
  const asked: string[] = [];
  const client = {
    venue,
    measureClock: async () => refused,
    call: vi.fn(async (call: unknown) => {
      asked.push(call === readRights ? 'rights' : 'list');
      return call === readRights ? rights : page;
    }),
  } as unknown as AccountClient;
  return { account: createCancelAccount(client, createLane()), asked };
}

test.each<[string, OpenOrdersReply, RightsReply | undefined, object, string[]]>([
  [
    'a venue that tells',
    list,
    rightsOf('look', 'cancel'),
    { rights: ['look', 'cancel'] },
    ['rights'],
  ],
  ['one that tells of none', list, rightsOf(), { rights: [] }, ['rights']],
  ['one that does not tell now', list, refused, {}, ['rights']],
  ['one that never does', list, undefined, {}, []],
])('a key that works, at %s', async (_, page, rights, told, more) => {
  const { account, asked } = accountThat(page, rights);
  const { result } = await testKey(account);
  expect(result).toEqual({ ok: true, openOrders: 0, ...told });
  expect(asked).toEqual(['list', ...more]);
});

test('of a key that does not work nothing more is asked', async () => {
  const { account, asked } = accountThat(refused, rightsOf('look'));
  expect((await testKey(account)).result).toEqual({ ok: false, reason: 'bad-key' });
  expect(asked).toEqual(['list']);
});
