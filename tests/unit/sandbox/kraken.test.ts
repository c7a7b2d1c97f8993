import { afterEach, describe, expect, test } from 'vitest';
import type { KrakenOptions } from '#tests/sandbox/kraken/kraken.ts';
import { krakenRequest, send, signKraken, type Sent } from './signed-requests.ts';
import { standStill } from './stand-still.ts';
import {
  ask,
  clientOrderId,
  id,
  key,
  order,
  otherId,
  refusal,
  stopAll,
  secret,
  start,
  told,
} from './kraken-world.ts';

afterEach(stopAll);

describe('signing', () => {
  const nonce = '1616492376594';
  test.each([
    [
      'AddOrder',
      `nonce=${nonce}&ordertype=limit&pair=XBTUSD&price=37500&type=buy&volume=1.25`,
      '4/dpxb3iT4tp/ZCVEwSnEsLxx0bqyhLpdfOpc6fn7OR8+UClSV5n9E6aSS8MPtnRfp32bAb0nmbRn6H8ndwLUQ==',
    ],
    [
      'OpenOrders',
      `nonce=${nonce}`,
      'M2dCnoNm9pQZLqt/qSu6cmChqEfblzPB0ya3W4Jg/p06ri1AHFH1WmKa/2pg5jhgTP5w2MR2VUxo9xcLWk8rhw==',
    ],
    [
      'CancelOrder',
      `nonce=${nonce}&txid=${id}`,
      'kkwCllaU9r7itZhqJR9WU4vNAySRrbGaVwCErfGh74SohPMwBP6OQcjkq0Zr1CB8+GvtAs6mCYbWDklnYmcWPA==',
    ],
    [
      'CancelOrderBatch',
      `{"nonce":"${nonce}","orders":["${id}","${otherId}"]}`,
      'z1B6L/NaqpSkmIMsVqKoixIwFY0J+RDYakUTYnZwofEN6yk6L8+Kd5mqftUun2sNtg5NSAPQp0M1BxDMqp53gA==',
    ],
  ])('the known vector of %s', async (name, body, signature) => {
    const path = `/0/private/${name}`;
    expect(signKraken(secret, path, nonce, body)).toBe(signature);
    const venue = await start();
    venue.book.place(order);
    const contentType = body.startsWith('{')
      ? 'application/json'
      : 'application/x-www-form-urlencoded';
    const headers = { 'api-key': key, 'api-sign': signature, 'content-type': contentType };
    const answered = await send(venue.url + path, { method: 'POST', body, headers });
    // Orders are not placed here.
    const expected = name === 'AddOrder' ? ['EGeneral:Unknown method'] : [];
    expect(answered.json).toMatchObject({ error: expected });
    expect(answered.status).toBe(200);
  });

  test.each<[string, Partial<Sent>, string]>([
    ['an unknown key', { headers: { 'api-key': 'other' } }, 'EAPI:Invalid key'],
    ['no key', { headers: { 'api-key': '' } }, 'EAPI:Invalid key'],
    ['another signature', { headers: { 'api-sign': 'AAAA' } }, 'EAPI:Invalid signature'],
    ['no nonce', { at: NaN }, 'EAPI:Invalid nonce'],
    ['a nonce of nothing', { at: -1 }, 'EAPI:Invalid nonce'],
  ])('%s', async (_, wrong, message) => {
    const answered = await ask(await start(), 'OpenOrders', '', wrong);
    expect(answered).toMatchObject({ status: 200, json: refusal(message) });
  });

  test('a nonce always rises, for each key', async () => {
    const venue = await start();
    const errors = async (at: number, own = key): Promise<unknown> => {
      const target = { url: venue.url, key: own, secret };
      const { json } = await krakenRequest(target, { path: '/0/private/OpenOrders', at });
      return (json as { error: string[] }).error[0];
    };
    expect(await errors(1000)).toBeUndefined();
    expect(await errors(1000)).toBe('EAPI:Invalid nonce');
    expect(await errors(999)).toBe('EAPI:Invalid nonce');
    expect(await errors(1001)).toBeUndefined();
    venue.keys.add({ key: 'second', secret });
    expect(await errors(1, 'second')).toBeUndefined();
    expect(venue.nonces).toEqual(new Map([[key, 1001n]]).set('second', 1n));
    // Within the window, those that have not been used.
    venue.settings.nonceWindow = 10;
    expect(await errors(995)).toBeUndefined();
    expect(await errors(995)).toBe('EAPI:Invalid nonce');
    expect(await errors(990)).toBe('EAPI:Invalid nonce');
    expect(venue.nonces.get(key)).toBe(1001n);
  });

  test('refused nonces lock out for a quarter of an hour', async () => {
    const venue = await start({ lockoutAfter: 2 });
    await ask(venue, 'OpenOrders', '', { at: 9 });
    for (let count = 0; count < 2; count += 1) {
      const { json } = await ask(venue, 'OpenOrders', '', { at: 9 });
      expect(json).toEqual(refusal('EAPI:Invalid nonce'));
    }
    expect((await ask(venue, 'OpenOrders')).json).toEqual(refusal('EGeneral:Temporary lockout'));
    venue.clock.driftBy(15 * 60_000);
    expect((await ask(venue, 'OpenOrders')).json).toEqual(told({ open: {} }));
  });

  test.each<[KrakenOptions, open: boolean, cancelled: boolean, token: boolean]>([
    [{}, true, true, true],
    [{ rights: [] }, false, false, false],
    [{ rights: ['close-trades'] }, false, true, false],
    [{ rights: ['modify-trades'] }, false, true, false],
    [{ rights: ['query-open-trades'] }, true, false, false],
    [{ rights: ['query-closed-trades'] }, false, false, false],
    [{ rights: ['create-ws-token'] }, false, false, true],
    [{ allowedIp: '127.0.0.1' }, true, true, true],
    [{ allowedIp: '203.0.113.7' }, false, false, false],
    [{ otp: '123456' }, false, false, false],
  ])('with %o', async (options, open, cancelled, token) => {
    const venue = await start(options);
    venue.book.place(order);
    const rows = [
      ['OpenOrders', '', open],
      ['CancelOrder', `txid=${id}`, cancelled],
      ['GetWebSocketsToken', '', token],
    ] as const;
    for (const [name, body, isAllowed] of rows) {
      const { json } = await ask(venue, name, body);
      const error = isAllowed ? [] : ['EGeneral:Permission denied'];
      expect({ name, json }).toMatchObject({ name, json: { error } });
    }
    // Every key may ask what it may do.
    const isReached = options.allowedIp !== '203.0.113.7' && options.otp === undefined;
    expect((await ask(venue, 'GetApiKeyInfo')).json).toMatchObject(
      isReached
        ? { error: [], result: { apiKey: key, permissions: venue.keys.find(key)?.rights } }
        : { error: ['EGeneral:Permission denied'] },
    );
  });
});

describe('reading', () => {
  const listed = {
    refid: null,
    userref: 7,
    cl_ord_id: clientOrderId,
    status: 'open',
    opentm: expect.any(Number),
    starttm: 0,
    expiretm: 0,
    descr: {
      pair: 'XBTUSD',
      type: 'buy',
      ordertype: 'limit',
      price: '37500',
      price2: '0',
      leverage: 'none',
      order: 'buy 1.25 XBTUSD @ limit 37500',
      close: '',
    },
    vol: '1.25',
    vol_exec: '0.25',
    cost: '9375',
    fee: '0.00000',
    price: '37500',
    stopprice: '0.00000',
    limitprice: '0.00000',
    misc: '',
    oflags: 'fciq',
  };

  test('the list is an object, its names the ids', async () => {
    const venue = await start();
    venue.book.place({ ...order, filled: '0.25' });
    venue.userrefs.set(id, 7);
    expect((await ask(venue, 'OpenOrders')).json).toEqual(told({ open: { [id]: listed } }));
  });

  test.each([
    ['stop-limit', { ordertype: 'stop-loss-limit', price: '36000', price2: '37500' }],
    ['stop-market', { ordertype: 'stop-loss', price: '36000', price2: '0' }],
    ['take-profit-limit', { ordertype: 'take-profit-limit', price: '36000', price2: '37500' }],
    ['take-profit-market', { ordertype: 'take-profit', price: '36000', price2: '0' }],
    ['trailing-stop-market', { ordertype: 'trailing-stop', price: '+5.0000%', price2: '0' }],
  ] as const)('a %s is listed', async (method, descr) => {
    const venue = await start();
    venue.book.place({ ...order, method, stopPrice: '36000' });
    const { json } = await ask(venue, 'OpenOrders');
    expect(json).toMatchObject({ result: { open: { [id]: { descr, stopprice: '36000' } } } });
  });

  test('ended ones are read by id, with their end', async () => {
    const venue = await start();
    venue.book.place({ ...order, filled: '0.25', status: 'cancelled' });
    venue.book.place({ ...order, id: otherId, filled: '1.25' });
    const { json } = await ask(venue, 'QueryOrders', `txid=${id},${otherId}`);
    expect(json).toMatchObject({
      error: [],
      result: {
        [id]: { status: 'canceled', reason: 'User requested', closetm: expect.any(Number) },
        [otherId]: { status: 'closed', vol_exec: '1.25' },
      },
    });
    const byClientId = await ask(venue, 'QueryOrders', `cl_ord_id=${clientOrderId}`);
    expect(Object.keys((byClientId.json as { result: object }).result)).toEqual([id, otherId]);
  });

  test.each<[KrakenOptions, string, object]>([
    [{}, 'txid=OZZZZZ-ZZZZZ-ZZZZZZ', told({})],
    [
      { unknownInQuery: 'EOrder:Unknown order' },
      `txid=${id},OZZZZZ-ZZZZZ-ZZZZZZ`,
      refusal('EOrder:Unknown order'),
    ],
    [
      { unknownInQuery: 'EGeneral:Invalid arguments' },
      'txid=OZZZZZ-ZZZZZ-ZZZZZZ',
      refusal('EGeneral:Invalid arguments:txid'),
    ],
    [{}, '', refusal('EGeneral:Invalid arguments:txid')],
    [{ rights: ['query-closed-trades'] }, `txid=${id}`, refusal('EGeneral:Permission denied')],
  ])('with %o, %s', async (options, body, expected) => {
    const venue = await start(options);
    venue.book.place(order);
    expect((await ask(venue, 'QueryOrders', body)).json).toEqual(expected);
  });

  test('the time is told unsigned, in whole seconds', async () => {
    const venue = await start({ skewMs: 5000 });
    const { json } = await send(`${venue.url}/0/public/Time`, {});
    const { unixtime } = (json as { result: { unixtime: number } }).result;
    expect(Number.isInteger(unixtime)).toBe(true);
    expect(Math.abs(unixtime * 1000 - venue.clock.now())).toBeLessThan(60_000);
  });
});

describe('limits', () => {
  test.each([
    ['starter', 15, 1 / 0.33],
    ['intermediate', 20, 2],
    ['pro', 20, 1],
  ] as const)('%s: %d readings, and one more in %d s', async (tier, most, seconds) => {
    standStill();
    const venue = await start({ tier, limits: true });
    const { json: none } = await ask(venue, 'OpenOrders');
    expect(none).toMatchObject({ error: [] });
    for (let count = 1; count < most; count += 1) await ask(venue, 'OpenOrders');
    expect((await ask(venue, 'OpenOrders')).json).toEqual(refusal('EAPI:Rate limit exceeded'));
    // Cancels are not counted by it.
    expect((await ask(venue, 'CancelOrder', `txid=${id}`)).json).toEqual(
      refusal('EOrder:Unknown order'),
    );
    venue.limits.reset();
    expect(venue.limits.rules).toMatchObject([{ max: most, leak: 1 / seconds }]);
  });

  test.each([
    [0, 8, 7],
    [6, 6, 10],
    [12, 5, 12],
    [30, 4, 15],
    [60, 2, 30],
    [200, 1, 60],
  ])('a cancel of an order %d s old costs %d: %d of a pair', async (age, _, most) => {
    const venue = await start({ limits: true });
    const place = (symbol: string): string =>
      venue.book.place({ ...order, id: undefined, symbol, ageMs: age * 1000 }).id;
    const counts = async (ids: string[]): Promise<unknown> =>
      (await ask(venue, 'CancelOrderBatch', JSON.stringify({ orders: ids }))).json;
    let left = most;
    while (left > 0) {
      const ids = Array.from({ length: Math.min(left, 50) }, () => place('XBTUSD'));
      expect(await counts(ids)).toEqual(told({ count: ids.length }));
      left -= ids.length;
    }
    expect(await counts(Array.from({ length: 9 }, () => place('XBTUSD')))).toEqual(
      refusal('EOrder:Rate limit exceeded'),
    );
    expect(await counts([place('ETHEUR')])).toEqual(told({ count: 1 }));
    venue.settings.pairLimit = 'counts';
    expect(await counts([place('XBTUSD')])).toEqual(told({ count: 1 }));
  });

  test('a batch past the threshold counts nothing', async () => {
    const venue = await start({ limits: true });
    const ids = Array.from({ length: 8 }, () => venue.book.place({ ...order, id: undefined }).id);
    const cancel = async (orders: string[]): Promise<unknown> =>
      (await ask(venue, 'CancelOrderBatch', JSON.stringify({ orders }))).json;
    expect(await cancel(ids)).toEqual(refusal('EOrder:Rate limit exceeded'));
    expect(await cancel(ids.slice(1))).toEqual(told({ count: 7 }));
  });

  test('a wait that was asked for is told as a moment', async () => {
    const venue = await start();
    venue.faults.add('cancel', { kind: 'rate-limit', seconds: 30 });
    const { json } = await ask(venue, 'CancelOrder', `txid=${id}`);
    const [message = ''] = (json as { error: string[] }).error;
    const moment = Number(/^EService:Throttled: (\d{10})$/.exec(message)?.[1]);
    expect(moment * 1000 - venue.clock.now()).toBeGreaterThan(0);
  });
});
