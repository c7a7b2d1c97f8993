import { afterEach, describe, expect, test } from 'vitest';
import type { KrakenOptions } from '#tests/sandbox/kraken/kraken.ts';
import {
  ask,
  clientOrderId,
  id,
  order,
  otherId,
  refusal,
  start,
  stopAll,
  told,
} from './kraken-world.ts';

afterEach(stopAll);

describe('cancel', () => {
  test.each([
    ['by txid', `txid=${id}`],
    ['by cl_ord_id', `cl_ord_id=${clientOrderId}`],
    ['as JSON', JSON.stringify({ txid: id })],
  ])('%s ends the order, and tells how many alone', async (_, body) => {
    const venue = await start();
    venue.book.place({ ...order, filled: '0.25' });
    expect((await ask(venue, 'CancelOrder', body)).json).toEqual(told({ count: 1 }));
    expect(venue.book.find(id)?.status).toBe('cancelled');
    const again = await ask(venue, 'CancelOrder', body);
    expect(again).toMatchObject({ status: 200, json: refusal('EOrder:Unknown order') });
  });

  test('a whole number is a userref, and ends every order that has it', async () => {
    const venue = await start();
    for (const each of [id, otherId, 'OAAAAA-AAAAA-AAAAAA']) {
      venue.book.place({ ...order, id: each, clientOrderId: undefined });
    }
    venue.userrefs.set(id, 7).set(otherId, 7);
    expect((await ask(venue, 'CancelOrder', 'txid=7')).json).toEqual(told({ count: 2 }));
    expect(venue.book.open().map((each) => each.id)).toEqual(['OAAAAA-AAAAA-AAAAAA']);
    expect((await ask(venue, 'CancelOrder', 'txid=8')).json).toEqual(
      refusal('EOrder:Unknown order'),
    );
    venue.userrefs.set('OAAAAA-AAAAA-AAAAAA', 8);
    const batch = await ask(venue, 'CancelOrderBatch', '{"orders":[8]}');
    expect(batch.json).toEqual(told({ count: 1 }));
  });

  test.each<[KrakenOptions, string, string]>([
    [{}, '', 'EGeneral:Invalid arguments:txid'],
    [{}, 'txid=', 'EGeneral:Invalid arguments:txid'],
    [{}, 'txid=what', 'EGeneral:Invalid arguments:txid'],
    [{ malformedId: 'EOrder:Unknown order' }, 'txid=what', 'EOrder:Unknown order'],
    [{ malformedId: 'EOrder:Invalid order' }, 'txid=what', 'EOrder:Invalid order'],
    [{}, 'txid=OZZZZZ-ZZZZZ-ZZZZZZ', 'EOrder:Unknown order'],
    [{}, 'cl_ord_id=nobody', 'EOrder:Unknown order'],
  ])('with %o, %s is refused', async (options, body, message) => {
    const venue = await start(options);
    venue.book.place(order);
    expect((await ask(venue, 'CancelOrder', body)).json).toEqual(refusal(message));
    expect(venue.book.find(id)?.status).toBe('open');
  });

  test.each([
    [{ kind: 'accept-then-cancel', delayMs: 1 }, 'cancelled'],
    [{ kind: 'accept-then-fill', delayMs: 1 }, 'filled'],
    [{ kind: 'accept-and-forget' }, 'open'],
  ] as const)('%o is pending', async (fault, end) => {
    const venue = await start();
    venue.book.place(order);
    venue.faults.add('cancel', fault);
    const { json } = await ask(venue, 'CancelOrder', `txid=${id}`);
    expect(json).toEqual(told({ count: 1, pending: true }));
    expect((await venue.book.waitFor(id, end)).status).toBe(end);
  });

  test('every one is pending where that is asked for', async () => {
    const venue = await start({ cancels: 'pending', pendingMs: 1 });
    venue.book.place(order);
    const { json } = await ask(venue, 'CancelOrder', `txid=${id}`);
    expect(json).toEqual(told({ count: 1, pending: true }));
    await venue.book.waitFor(id, 'cancelled');
  });

  test('a batch is counted, and JSON', async () => {
    const venue = await start();
    venue.book.place(order);
    venue.book.place({ ...order, id: otherId, clientOrderId: 'second', symbol: 'ETHEUR' });
    const form = await ask(venue, 'CancelOrderBatch', `orders=${id}`);
    expect(form.json).toEqual(refusal('EGeneral:Invalid arguments:txid'));
    const body = JSON.stringify({ orders: [id, 'OZZZZZ-ZZZZZ-ZZZZZZ'], cl_ord_ids: ['second'] });
    venue.settings.unknownInBatch = 'EOrder:Unknown order';
    expect((await ask(venue, 'CancelOrderBatch', body)).json).toEqual(
      refusal('EOrder:Unknown order'),
    );
    venue.settings.unknownInBatch = 'left-out';
    expect((await ask(venue, 'CancelOrderBatch', body)).json).toEqual(told({ count: 2 }));
    expect(venue.book.open()).toEqual([]);
  });

  test.each([
    [50, []],
    [51, ['EGeneral:Invalid arguments:txid']],
    [0, ['EGeneral:Invalid arguments:txid']],
  ])('a batch of %d', async (length, error) => {
    const venue = await start();
    const orders = Array.from({ length }, () => venue.book.place({ ...order, id: undefined }).id);
    const { json } = await ask(venue, 'CancelOrderBatch', JSON.stringify({ orders }));
    expect(json).toMatchObject({ error });
  });

  test('all is the whole account, and what is left out is not counted', async () => {
    const venue = await start();
    venue.book.place(order);
    venue.book.place({ ...order, id: otherId, method: 'stop-limit', stopPrice: '36000' });
    venue.book.place({ ...order, id: undefined, isForeign: true });
    venue.faults.add('cancel-all', { kind: 'leave-out', orderIds: [id] });
    expect((await ask(venue, 'CancelAll')).json).toEqual(told({ count: 1 }));
    expect(venue.book.find(otherId)?.status).toBe('cancelled');
    expect((await ask(venue, 'CancelAll')).json).toEqual(told({ count: 1 }));
    expect((await ask(venue, 'CancelAll')).json).toEqual(told({ count: 0 }));
  });
});
