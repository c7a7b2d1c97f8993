import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { ClientOrderId, OrderRef } from '#lib/domain/order.ts';
import {
  account,
  begin,
  cancelled,
  gone,
  journal,
  mine,
  one,
  open,
  order,
  pass,
  settle,
  silence,
  start,
  untilIdle,
  world,
} from './cancel-world.ts';

/** A wish by a client order id goes by the venue's id once a reading has told it. */

beforeEach(() => void vi.useFakeTimers({ now: start }));
afterEach(() => void vi.useRealTimers());

const byClientId: OrderRef = { accountId: mine, clientOrderId: 'mine-1' as ClientOrderId };

test('named by a reading: a wish by the venue’s id is the same wish', async () => {
  const { canceller, all } = world({
    cancel: (_, time) => (time < 1000 ? { kind: 'accepted' } : cancelled),
    read: () => open,
  });
  const id = await canceller.request(byClientId, undefined);
  await pass(300);
  expect(await canceller.request(one, order('One'))).toBe(id);
  await untilIdle(canceller);
  expect(all()).toMatchObject([{ id, state: 'cancelled' }]);
});

test('two rows of one order that a life has left: both come to their end', async () => {
  const { store, all } = journal();
  const first = begin(store, account({ cancel: () => silence, read: () => silence }));
  await first.canceller.request(one, order('One'));
  await first.canceller.request(byClientId, undefined);
  await settle();
  first.canceller.stop();
  await settle();
  const [, second] = all();
  // As a reading has named it.
  if (second)
    await store.update({ row: 2, cancellation: { ...second, ref: { ...second.ref, ...one } } });
  const { canceller, inFlight } = begin(store, account({ read: () => gone }));
  await canceller.resume();
  await untilIdle(canceller);
  expect(all()).toMatchObject([{ state: 'cancelled' }, { state: 'cancelled' }]);
  expect(inFlight.at(-1)).toBe(false);
});
