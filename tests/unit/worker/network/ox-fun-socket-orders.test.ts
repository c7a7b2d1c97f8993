import { describe, expect, test } from 'vitest';
import { id, longId, other, socket } from './ox-fun-world.ts';

/** What the messages of OX.FUN's WebSocket about orders come to: its documents and fact sheet as a table. */

const refused = (reason: string) => ({ kind: 'refused', reason });
const claimed = (claim: string) => ({ kind: 'claimed', claim });
const invalid = refused('invalid-request');
const time = { kind: 'invalid-time' };
const unknown = { kind: 'unknown' };
const slower = { kind: 'rate-limited', retryAfter: 1000 };

/** Fact sheet 1.9, both lists. */
const codes: readonly (readonly [string, object])[] = [
  ['05001', refused('no-right')],
  ['20000', refused('bad-signature')],
  ['20001', claimed('not-cancellable')],
  ['20002', claimed('not-cancellable')],
  ['20003', refused('unexpected')],
  ['20005', invalid],
  ['20007', slower],
  ['20008', invalid],
  ['20009', refused('unexpected')],
  ['20010', invalid],
  ['20011', refused('unknown-symbol')],
  ['20014', invalid],
  ['20015', claimed('not-cancellable')],
  ['20019', claimed('not-cancellable')],
  ['20023', time],
  ['20024', time],
  ['20025', refused('bad-key')],
  ['20026', refused('unauthorized')],
  ['20027', refused('unexpected')],
  ['20031', refused('maintenance')],
  ['20032', unknown],
  ['20034', refused('unexpected')],
  ['100004', claimed('not-found')],
  ['100005', claimed('not-found')],
  ['100006', claimed('not-found')],
  ['100015', time],
  ['200050', refused('maintenance')],
  ['300001', refused('suspended')],
  ['710001', unknown],
  ['000101', unknown],
  ['000201', unknown],
  ['40035', claimed('not-found')],
  ['429', slower],
  ['10001', unknown],
  ['30001', refused('unexpected')],
  ['40001', claimed('not-cancellable')],
  ['50001', unknown],
  ['-100005', claimed('not-found')],
];

const failed = (message: object) =>
  socket.read(
    JSON.stringify({
      event: 'cancelorder',
      submitted: false,
      tag: '456',
      timestamp: '1592491173964',
      data: { marketCode: 'BTC-USD-SWAP-LIN', orderId: '12' },
      ...message,
    }),
  );

describe('the reply to a cancel', () => {
  const accepted = { kind: 'accepted', said: ['submitted'] };

  test.each([
    [
      'as documented',
      '{"event":"cancelorder","submitted":true,"tag":"456","timestamp":"1592491173964","data":{"marketCode":"BTC-USD-SWAP-LIN","clientOrderId":"1","orderId":"12"}}',
      '12',
    ],
    [
      'without a client order id',
      '{"event":"cancelorder","submitted":true,"tag":"456","timestamp":"1592491173964","data":{"marketCode":"BTC-USD-SWAP-LIN","orderId":"12"}}',
      '12',
    ],
    [
      'with numbers for tag and id',
      `{"event":"cancelorder","submitted":true,"tag":456,"data":{"orderId":${longId}}}`,
      longId,
    ],
    [
      'by the name of the batch',
      '{"event":"cancelorders","submitted":true,"tag":"456","data":{"orderId":"12"}}',
      '12',
    ],
    ['without data', '{"event":"cancelorder","submitted":true,"tag":"456"}', undefined],
    [
      'with an empty id',
      '{"event":"cancelorder","submitted":true,"tag":"456","data":{"orderId":""}}',
      undefined,
    ],
  ])('submitted, %s: handed on, no more', (_name, text, orderId) => {
    expect(socket.read(text)).toEqual({
      kind: 'reply',
      tag: '456',
      ...(orderId !== undefined && { orderId }),
      reply: accepted,
    });
  });

  test.each(codes)('failed with %s', (code, reply) => {
    expect(failed({ code, message: 'no' })).toEqual({
      kind: 'reply',
      tag: '456',
      orderId: '12',
      reply: { ...reply, said: ['no', code], note: { code: 'socket' } },
    });
  });

  test('failed without a code: it may have been handed on all the same', () => {
    expect(failed({})).toMatchObject({
      reply: { kind: 'unknown', note: { code: 'without-submitted' } },
    });
  });

  test('a code alone is a failure', () => {
    expect(failed({ submitted: undefined, code: '100005' })).toMatchObject({
      reply: { kind: 'claimed', claim: 'not-found' },
    });
  });

  test('neither submitted nor not is neither', () => {
    for (const submitted of [undefined, null]) {
      expect(failed({ submitted })).toMatchObject({ orderId: '12', reply: { kind: 'unknown' } });
    }
  });

  test('words are cut to what fits a row', () => {
    expect(failed({ code: '1', message: 'x'.repeat(999) })).toMatchObject({
      reply: { said: ['x'.repeat(200)] },
    });
  });
});

describe('the failure of a cancel that had been taken', () => {
  test('as documented: ids are numbers beyond 2^53 and survive', () => {
    expect(
      socket.read(
        '{"event":"CANCEL","submitted":false,"code":"100004","message":"Order request was rejected : REJECT_CANCEL_ORDER_ID_NOT_FOUND","timestamp":"0",' +
          `"data":{"clientOrderId":0,"orderId":${longId},"price":0.0,"quantity":0.0,"status":"REJECT_CANCEL_ORDER_ID_NOT_FOUND","marketCode":"BTC-USD-SWAP-LIN","side":"BUY"}}`,
      ),
    ).toEqual({
      kind: 'late-failure',
      orderId: longId,
      reply: {
        kind: 'claimed',
        claim: 'not-found',
        said: ['Order request was rejected : REJECT_CANCEL_ORDER_ID_NOT_FOUND', '100004'],
        note: { code: 'socket' },
      },
    });
  });

  test.each(codes)('with %s', (code, reply) => {
    const text = JSON.stringify({ event: 'CANCEL', submitted: false, code, data: { orderId: id } });
    expect(socket.read(text)).toEqual({
      kind: 'late-failure',
      orderId: id,
      reply: { ...reply, said: [code], note: { code: 'socket' } },
    });
  });
});

test('what becomes of an order is no reply: the stream reads it', () => {
  const data = [{ notice: 'OrderClosed', orderId: id, status: 'CANCELED_BY_USER' }];
  expect(socket.read(JSON.stringify({ table: 'order', data }))).toEqual(other);
});
