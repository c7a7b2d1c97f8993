import { afterEach, describe, expect, test } from 'vitest';
import { cancel, externalId, id, order, request, start, stopAll } from './ripio-world.ts';

afterEach(stopAll);

describe('cancel', () => {
  test.each([
    ['DELETE', '/trade/orders', { id }],
    ['DELETE', '/trade/orders', { id: id.toLowerCase() }],
    ['POST', '/trade/orders/cancel', { id }],
    ['DELETE', '/trade/orders/by-external-id', { external_id: externalId }],
    ['POST', '/trade/orders/cancel-by-external-id', { external_id: externalId }],
  ])('%s %s %o ends the order and tells how much had filled', async (method, path, body) => {
    const venue = await start();
    venue.book.place({ ...order, filled: '0.02347418', ageMs: 5000 });
    const answered = await request(venue, { method, path, body: JSON.stringify(body) });
    const now = venue.book.find(id);
    expect(now?.status).toBe('cancelled');
    expect(answered).toMatchObject({ status: 200 });
    expect(answered.json).toEqual({
      error_code: null,
      message: null,
      timestamp: expect.any(Number),
      data: {
        create_date: new Date(now?.createdAt ?? 0).toISOString(),
        executed_amount: 0.023_474_18,
        external_id: externalId,
        id,
        pair: 'BTC_BRL',
        price: 42_600,
        remaining_amount: 0.1,
        remaining_value: 4260,
        requested_amount: 0.123_474_18,
        requested_value: 5260.000_068,
        side: 'buy',
        status: 'canceled',
        total_value: 1000.000_068,
        type: 'limit',
        update_date: new Date(now?.updatedAt ?? 0).toISOString(),
      },
    });
  });

  const unknownId = 'FFFFFFFF-9EC4-4733-8B32-1E4319CB662F';
  test.each<[string, string | undefined, number, number]>([
    ['cancelled', JSON.stringify({ id }), 400, 40_020],
    ['filled', JSON.stringify({ id }), 400, 40_021],
    ['open', JSON.stringify({ id: unknownId }), 404, 40_400],
    ['open', JSON.stringify({ id: '12' }), 400, 40_000],
    ['open', JSON.stringify({ external_id: externalId }), 400, 40_000],
    ['open', 'id', 400, 40_000],
    ['open', undefined, 400, 40_000],
  ])('an order that is %s, sent %s: %d', async (state, body, status, code) => {
    const venue = await start();
    venue.book.place(order);
    if (state === 'cancelled') venue.book.cancel(id);
    if (state === 'filled') venue.book.fill(id);
    const answered = await request(venue, {
      method: 'DELETE',
      path: '/trade/orders',
      ...(body && { body }),
    });
    expect(answered).toMatchObject({ status, json: { error_code: code, data: null } });
    expect(venue.book.find(id)?.status).toBe(state);
  });

  test('an unknown id may be called a bad parameter instead', async () => {
    const venue = await start({ unknownId: '40000' });
    expect(await cancel(venue)).toMatchObject({ status: 400, json: { error_code: 40_000 } });
  });

  test.each([
    [undefined, ['1', '2', '3'], []],
    ['{"pair":"BTC_BRL"}', ['1', '2'], ['3']],
  ])('all, %s', async (body, cancelled, left) => {
    const venue = await start();
    for (const [name, symbol] of [
      ['1', 'BTC_BRL'],
      ['2', 'BTC_BRL'],
      ['3', 'SOL_BRL'],
    ] as const)
      venue.book.place({ ...order, id: name, symbol });
    const sent = { method: 'DELETE', path: '/trade/orders/all', ...(body && { body }) };
    const answered = await request(venue, sent);
    expect(answered.json).toMatchObject({
      data: cancelled.map((name) => ({
        order_id: name,
        pair_code: expect.any(String),
        success: true,
      })),
    });
    expect(venue.book.open().map((open) => open.id)).toEqual(left);
    const again = await request(venue, sent);
    expect(again.json).toMatchObject({ error_code: 40_021, message: 'No orders to cancel' });
  });

  test('all, of which one fails', async () => {
    const venue = await start();
    venue.book.place(order);
    venue.book.place({ ...order, id: 'other' });
    venue.faults.add('cancel-all', { kind: 'leave-out', orderIds: [id] });
    const answered = await request(venue, { method: 'DELETE', path: '/trade/orders/all' });
    expect(answered).toMatchObject({
      status: 200,
      json: { data: [{ success: false }, { success: true }] },
    });
    expect(venue.book.open().map((open) => open.id)).toEqual([id]);
  });
});
