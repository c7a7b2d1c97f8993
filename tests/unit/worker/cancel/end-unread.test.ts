import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { OrderId } from '#lib/domain/order.ts';
import type { Failure } from '#lib/domain/reply.ts';
import type { OpenOrdersReply } from '#lib/venues/venue.ts';
import { accepted, one, order, pass, start, untilIdle, world } from './cancel-world.ts';

/** A key that may list open orders and cancel them, and not read what became of one: of Kraken, where that is a right of its own. */

beforeEach(() => {
  vi.useFakeTimers({ now: start });
});
afterEach(() => {
  vi.useRealTimers();
});

const noRight: Failure = { kind: 'refused', reason: 'right-or-address', said: ['denied'] };
const listing = (...ids: string[]): OpenOrdersReply => ({
  kind: 'page',
  orders: ids.map((id) => order(id)),
});

test('what is listed no more has ended, and how is not known', async () => {
  let lists = 0;
  const { canceller, all } = world({
    cancel: () => accepted,
    read: () => noRight,
    list: () => (lists++ === 0 ? listing('one', 'Two') : listing('Two')),
  });
  await canceller.request(one, undefined);
  await untilIdle(canceller);
  const [ended] = all();
  expect(ended).toMatchObject({ state: 'not-found', note: { code: 'end-unread' }, sendings: 1 });
  expect(ended?.at.ended).toBeLessThan(start + 10_000);
});

test('what is listed is open, and cancelled again', async () => {
  let sendings = 0;
  const { canceller, all } = world({
    cancel: () => (sendings++, accepted),
    read: () => noRight,
    list: () => (sendings < 2 ? listing('One') : listing()),
  });
  await canceller.request(one, undefined);
  await untilIdle(canceller);
  expect(all()).toMatchObject([{ state: 'not-found', sendings: 2 }]);
});

test('of many one list is read for all, each time', async () => {
  let lists = 0;
  const { canceller, all } = world({
    cancel: () => accepted,
    read: () => noRight,
    async list() {
      lists++;
      await new Promise((resolve) => setTimeout(resolve, 50));
      return listing();
    },
  });
  const refs = Array.from({ length: 50 }, (_, index) => ({
    ...one,
    orderId: `${index}` as OrderId,
  }));
  await canceller.requestAll(refs.map((ref) => ({ ref, order: undefined })));
  await untilIdle(canceller);
  expect(all().map(({ state }) => state)).toEqual(refs.map(() => 'not-found'));
  expect(lists).toBeLessThan(12);
});

test('a list that was asked for before an order was placed says nothing of it', async () => {
  let lists = 0;
  const { canceller, all } = world({
    cancel: (name) =>
      name === 'New' && lists < 2 ? { kind: 'claimed', claim: 'not-found' } : accepted,
    read: () => noRight,
    async list() {
      lists++;
      if (lists > 1) return lists < 4 ? listing('New') : listing();
      await new Promise((resolve) => setTimeout(resolve, 5000));
      return listing();
    },
  });
  await canceller.request(one, undefined);
  await pass(1000);
  expect(lists).toBe(1);
  await canceller.request({ ...one, orderId: 'New' as OrderId }, undefined);
  await pass(5000);
  expect(all()[1]?.at.ended).toBeUndefined();
  await untilIdle(canceller);
  expect(all()[1]).toMatchObject({ state: 'not-found', sendings: 2 });
});

test('the venue does not know it, and nor is it listed: why it is not is said too', async () => {
  const { canceller, all } = world({
    cancel: () => ({ kind: 'claimed', claim: 'not-found', said: ['Unknown order'] }),
    read: () => noRight,
    list: () => listing(),
  });
  await canceller.request(one, undefined);
  await untilIdle(canceller);
  expect(all()).toMatchObject([
    { state: 'not-found', note: { code: 'end-unread' }, said: ['Unknown order'] },
  ]);
});

test.each<[string, Failure, OpenOrdersReply]>([
  ['a list that cannot be had proves nothing', noRight, noRight],
  ['nor one of which not all can be read', noRight, { kind: 'page', orders: [], unreadable: 1 }],
  ['nor is it asked for another refusal', { ...noRight, reason: 'bad-key' }, listing()],
])('%s', async (_, failure, list) => {
  const { canceller, all } = world({
    cancel: () => accepted,
    read: () => failure,
    list: () => list,
  });
  await canceller.request({ ...one, orderId: 'One' as OrderId }, undefined);
  await pass(120_000);
  expect(all()).toMatchObject([{ state: 'accepted', next: { step: 'read' } }]);
  canceller.stop();
});
