import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { OrderId } from '#lib/domain/order.ts';
import { oxFun } from '#lib/venues/ox-fun/ox-fun.ts';
import type { Signer, WireRequest } from '#lib/venues/wire.ts';
import { id, longId, other, socket } from './ox-fun-world.ts';
import { notSaidIn } from '#tests/unit/support/said.ts';
import { signer as silent } from '#tests/unit/support/fixtures.ts';

/** What OX.FUN's WebSocket is told, and what each of its messages comes to: its documents and fact sheet as a table. */

async function signer(apiSecret: string): Promise<Signer> {
  const { sign } = await oxFun.openKey(apiSecret);
  return {
    ...silent,
    apiKey: 'test-api-key',
    host: 'api.ox.fun',
    timestamp: 1_715_794_191_277,
    sign,
  };
}

describe('what is sent', () => {
  test.each([
    // Fact sheet 1.12.
    ['test-secret', 'Ag39DV//jdyVkZruMHq4+wcAXFveJlAi8xV4wVQPd+A='],
    // By Python's hmac: used as text although it looks like Base64, and as UTF-8.
    ['c2VjcmV0LWtleS1mb3ItdGVzdHM=', 'vp7i6DBMG+Zhaukj8LJLfJ3vux4bIjO3jzWua9aW8Vg='],
    ['señal-₿', '8yC11jP+w7c1GxfpM7rmzOamTyJOAMtekPlVFyV308o='],
  ])('the login, with the secret %s', async (secret, signature) => {
    expect(JSON.parse(await socket.login(await signer(secret)))).toEqual({
      op: 'login',
      tag: 'login',
      data: { apiKey: 'test-api-key', timestamp: '1715794191277', signature },
    });
  });

  test('the subscription to the order channel', () => {
    expect(JSON.parse(socket.subscribe)).toEqual({
      op: 'subscribe',
      tag: 'orders',
      args: ['order:all'],
    });
  });

  test('a ping of bare text, within each minute', () => {
    expect(socket.ping.text).toBe('ping');
    expect(socket.ping.every).toBeLessThan(60_000);
  });

  const perpetual = { orderId: id as OrderId, symbol: 'BTC-USD-SWAP-LIN' };
  const spot = { orderId: longId as OrderId, symbol: 'OX-USDT' };
  test.each([
    [
      'one',
      [perpetual],
      `{"op":"cancelorder","tag":"c7","data":{"marketCode":"BTC-USD-SWAP-LIN","orderId":"${id}"}}`,
    ],
    [
      'one beyond 2^53, as text',
      [spot],
      `{"op":"cancelorder","tag":"c7","data":{"marketCode":"OX-USDT","orderId":"${longId}"}}`,
    ],
    [
      'several',
      [perpetual, spot],
      `{"op":"cancelorders","tag":"c7","dataArray":[{"marketCode":"BTC-USD-SWAP-LIN","orderId":"${id}"},` +
        `{"marketCode":"OX-USDT","orderId":"${longId}"}]}`,
    ],
  ])('a cancel of %s', (_name, names, text) => {
    expect(socket.cancel(names, 'c7')).toBe(text);
  });

  test('as many as one message may name stay within 20 of 200 characters', () => {
    const names = Array.from({ length: socket.most }, () => ({
      ...perpetual,
      orderId: spot.orderId,
    }));
    expect(socket.cancel(names, 'c'.repeat(31)).length).toBeLessThanOrEqual(4000);
  });
});

describe('the requests of the fact sheet’s vectors, which differ from those sent here', () => {
  const headers = { 'Content-Type': 'application/json' };
  test.each<[WireRequest, string]>([
    [
      {
        method: 'GET',
        path: '/v3/orders/working',
        query: 'marketCode=BTC-USD-SWAP-LIN',
        headers,
      },
      '/SiJGA89cVpMUKSzvYOw7nkwd9aZar1JZ0qFbJdfpOw=',
    ],
    [
      { method: 'GET', path: '/v3/orders/working', headers },
      '/rJArc1K1Pwptqsw13w1chf/snNBDpaTqkvL5i3T2l4=',
    ],
    [
      {
        method: 'DELETE',
        path: '/v3/orders/cancel',
        headers,
        body: '{"responseType":"FULL","timestamp":1715794191277,"orders":[{"marketCode":"BTC-USD-SWAP-LIN","orderId":"1000111762980"}]}',
      },
      'JgGmbDcjOU548i3vH506nG6wYiShhqSmtw5fC/TCqM8=',
    ],
  ])('$path', async (request, signature) => {
    const signed = await oxFun.signatures[0](request, await signer('test-secret'));
    expect(signed).toEqual({
      ...request,
      headers: {
        ...headers,
        AccessKey: 'test-api-key',
        Timestamp: '2024-05-15T17:29:51',
        Nonce: '1715794191277',
        Signature: signature,
      },
    });
  });
});

describe('messages that ask for nothing', () => {
  test.each([
    ['the answer to a ping', 'pong'],
    ['nothing', ''],
    ['a greeting', '{"success":true,"nonce":"abc","status":"success"}'],
    ['a greeting of CoinFLEX', '{"event":"Welcome","nonce":5,"timestamp":"1592491173964"}'],
    [
      'a subscription acknowledged',
      '{"success":true,"tag":"orders","event":"subscribe","channel":"order:all","timestamp":"1592491173964"}',
    ],
    [
      'a subscription refused',
      '{"success":false,"tag":"orders","event":"subscribe","code":"20001","message":"no"}',
    ],
    [
      'malformed JSON noticed, without a tag',
      '{"event":null,"success":false,"message":"JSON data format is invalid","code":"20009","timestamp":"1713392000000"}',
    ],
    ['a reply without a tag', '{"event":"cancelorder","submitted":true,"data":{"orderId":"12"}}'],
    [
      'the same with an empty one',
      '{"event":"cancelorder","submitted":true,"tag":"","data":{"orderId":"12"}}',
    ],
    [
      'Python in place of JSON, True',
      '{"event": "cancelorder", "submitted": True, "tag": "c1", "data": {"orderId": "12"}}',
    ],
    [
      'Python in place of JSON, False',
      '{"event": "cancelorder", "submitted": False, "tag": "c1", "code": "20001"}',
    ],
    [
      'submitted as text',
      '{"event":"cancelorder","submitted":"true","tag":"c1","data":{"orderId":"12"}}',
    ],
    [
      'the notice of a cancel-all',
      '{"event":"CANCEL","submitted":true,"timestamp":"1612476498953"}',
    ],
    [
      'such a notice with an order',
      '{"event":"CANCEL","submitted":true,"data":{"orderId":12},"timestamp":"1612476498953"}',
    ],
    ['a failure of no order', '{"event":"CANCEL","submitted":false,"code":"100004","message":"x"}'],
    [
      'a failure of a change',
      '{"event":"AMEND","submitted":false,"code":"100004","message":"x","data":{"orderId":12}}',
    ],
    ['another channel', '{"table":"balance","data":[{"orderId":"1","notice":"OrderClosed"}]}'],
    ['an order channel without orders', '{"table":"order","data":[]}'],
    ['an order channel with null', '{"table":"order","data":null}'],
    ['a list', '[{"event":"login","success":true}]'],
  ])('%s', (_name, text) => {
    expect(socket.read(text)).toEqual(other);
  });
});

const login = (message: object) => socket.read(JSON.stringify({ event: 'login', ...message }));

describe('the login', () => {
  test('taken', () => {
    expect(login({ success: true, tag: 'login', timestamp: '1592491803978' })).toEqual({
      kind: 'login',
    });
  });

  test('done before', () => {
    expect(login({ success: false, code: '20005', message: 'Already logged in' })).toEqual({
      kind: 'login',
    });
  });

  test.each([
    ['05001', { kind: 'refused', reason: 'no-right' }],
    ['20000', { kind: 'refused', reason: 'bad-signature' }],
    ['20007', { kind: 'rate-limited', retryAfter: 1000 }],
    ['20024', { kind: 'invalid-time' }],
    ['20025', { kind: 'refused', reason: 'bad-key' }],
    ['20026', { kind: 'refused', reason: 'unauthorized' }],
    ['-20026', { kind: 'refused', reason: 'unauthorized' }],
    ['300001', { kind: 'refused', reason: 'suspended' }],
    ['000101', { kind: 'unknown' }],
  ])('refused with %s', (code, failure) => {
    expect(login({ success: false, code, message: 'no' })).toEqual({
      kind: 'login',
      failure: { ...failure, said: ['no', code], note: { code: 'socket' } },
    });
  });

  test('not taken, without a word', () => {
    expect(login({})).toMatchObject({ kind: 'login', failure: { note: { code: 'socket' } } });
  });
});

/** Pieces of the venue's messages, as they are and spoilt. */
const piece = fc.record(
  {
    event: fc.constantFrom('login', 'cancelorder', 'cancelorders', 'CANCEL', 'subscribe', null, 5),
    table: fc.constantFrom('order', 'balance', null),
    success: fc.constantFrom(true, false, 'true', null),
    submitted: fc.constantFrom(true, false, 'true', 1, null),
    tag: fc.constantFrom('c1', 1, '', null),
    code: fc.constantFrom('20001', '100005', 20_007, '', null),
    message: fc.constantFrom('no', null, {}),
    data: fc.oneof(
      fc.jsonValue(),
      fc.constantFrom(null, {}, { orderId: 12 }, [{ orderId: '12', notice: 'OrderOpened' }]),
    ),
  },
  { requiredKeys: [] },
);

test('whatever comes is read, and proves nothing by itself', () => {
  const text = fc.oneof(
    fc.string(),
    fc.json(),
    piece.map((message) => JSON.stringify(message)),
    fc.tuple(piece, fc.nat(80)).map(([message, end]) => JSON.stringify(message).slice(0, end)),
  );
  fc.assert(
    fc.property(text, (received) => {
      const message = socket.read(received);
      expect(['login', 'reply', 'late-failure', 'other']).toContain(message.kind);
      expect(notSaidIn(received, message)).toEqual([]);
      if (message.kind !== 'reply' && message.kind !== 'late-failure') return;
      expect(message.reply.kind).not.toBe('cancelled');
      if (message.reply.kind === 'accepted') expect(received).toContain('"submitted":true');
    }),
    { numRuns: 1000 },
  );
});
