import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { OrderId } from '#lib/domain/order.ts';
import type { OpenOrdersReply } from '#lib/venues/venue.ts';
import { venues } from '#lib/venues/venues.ts';

const { binance } = venues;

const apiKey = 'vmPUZE6mv9SD5VNHk4HlWFsOr6aKE2zvsw0MuIgwCIPy6utIco14y7Ju91duEh8A';
const hmac = 'NhqPtmdSJYdKjVHjA7PZj4Mge3R5YNiP1e3UZjInClVN65XAbvqqM6A7H5fATj0j';

/** RFC 8032, test 1. */
const body = 'MC4CAQAwBQYDK2VwBCIEIJ1hsZ3v/VpguoRK9JLsLMREScVpezJpGXA7rAMcrn9g';

const pem = (label: string, text: string): string =>
  `-----BEGIN ${label}-----\n${text}\n-----END ${label}-----`;

/** Made by OpenSSL; their heads are enough. */
const rsa =
  'MIICdwIBADANBgkqhkiG9w0BAQEFAASCAmEwggJdAgEAAoGBAK1NsuMhLM+d+3vNwWFIqBxWCZ/gftg7VizFvBS0';
const p256 = 'MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgCAc/J1wR9QgcrrfGYEeJJFevJw46';
const publicHalf = 'MCowBQYDK2VwAyEA11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=';

describe('the secret', () => {
  test.each([
    ['of an HMAC key', hmac],
    ['an Ed25519 key in PEM', pem('PRIVATE KEY', body)],
    ['the same without line breaks', pem('PRIVATE KEY', body).replaceAll('\n', '')],
    ['the same with spaces for them', pem('PRIVATE KEY', body).replaceAll('\n', ' ')],
  ])('%s is taken, and signs', async (_, apiSecret) => {
    expect(binance.checkKey({ apiKey, apiSecret })).toBeUndefined();
    const { kind, sign } = await binance.openKey(apiSecret);
    expect(kind).toBe(apiSecret === hmac ? 'hmac' : 'ed25519');
    expect(await sign('timestamp=1')).toHaveLength(apiSecret === hmac ? 32 : 64);
  });

  test.each([
    ['an RSA key', pem('PRIVATE KEY', rsa), 'pem-kind'],
    ['an RSA key in its older form', pem('RSA PRIVATE KEY', rsa), 'pem-kind'],
    ['a P-256 key', pem('PRIVATE KEY', p256), 'pem-kind'],
    ['an EC key in its older form', pem('EC PRIVATE KEY', p256), 'pem-kind'],
    ['a key in the form of OpenSSH', pem('OPENSSH PRIVATE KEY', p256), 'pem-kind'],
    ['a key under a passphrase', pem('ENCRYPTED PRIVATE KEY', rsa), 'pem-sealed'],
    [
      'a key under a passphrase in its older form',
      pem('RSA PRIVATE KEY', `Proc-Type: 4,ENCRYPTED\nDEK-Info: AES-256-CBC,00\n\n${rsa}`),
      'pem-sealed',
    ],
    ['the public half', pem('PUBLIC KEY', publicHalf), 'pem-public'],
    ['what stands between its lines', body, 'pem-cut'],
    ['what stands between those of an RSA key', rsa, 'pem-cut'],
    ['half of it', pem('PRIVATE KEY', body).slice(0, 60), 'pem-cut'],
    ['one of which four signs are lost', pem('PRIVATE KEY', body.slice(0, -4)), 'pem-cut'],
    ['one of which the key itself is lost', pem('PRIVATE KEY', body.slice(0, 20)), 'pem-cut'],
    ['one of which a sign is lost', pem('PRIVATE KEY', `${body.slice(0, 20)}?`), 'pem-cut'],
  ])('that is %s is refused with a sentence of its own', (_, apiSecret, code) => {
    const wrong = binance.checkKey({ apiKey, apiSecret });
    expect(wrong).toMatchObject({ code, field: 'apiSecret' });
    expect(wrong?.message).not.toContain(body.slice(10, 20));
  });
});

const anyOrder = fc.record({
  orderId: fc.oneof(
    { weight: 15, arbitrary: fc.integer({ min: 1, max: 5 }).map(String) },
    { weight: 1, arbitrary: fc.constant('') },
  ),
  symbol: fc.constantFrom('BTCUSDT', 'ETHUSDT'),
  side: fc.constantFrom('BUY', 'SELL', 'BUY', 'SELL', 'BUY', 'SELL', undefined),
  type: fc.constantFrom('LIMIT', 'LIMIT_MAKER', 'STOP_LOSS', 'TAKE_PROFIT_LIMIT'),
  status: fc.constantFrom('NEW', 'PENDING_NEW'),
  orderListId: fc.constantFrom('-1', '7', '8'),
});

const { listOpenOrders } = binance;

function read(orders: readonly object[]): OpenOrdersReply {
  return listOpenOrders.read({ status: 200, text: JSON.stringify(orders) }, undefined);
}

test('a list that is read in pieces is the list that is read at once', () => {
  fc.assert(
    fc.property(fc.array(anyOrder, { maxLength: 8 }), fc.nat(8), (orders, at) => {
      const pieces = [orders.slice(0, at), orders.slice(at)].map(read);
      expect(listOpenOrders.join?.(pieces)).toEqual(read(orders));
    }),
  );
});

/** By the type that was told of it. */
const isStopType = (type: string): boolean => /^(stop|take_profit)/i.test(type);

test('an order guards what a stop of its list and side guards, or may, and no other does', () => {
  fc.assert(
    fc.property(fc.array(anyOrder, { maxLength: 8 }), (orders) => {
      const page = read(orders);
      const isUnsure = orders.some(({ orderId }) => orderId === '');
      for (const { id, symbol, list, protective } of page.kind === 'page' ? page.orders : []) {
        const told = orders.filter((each) => each.orderId === id && each.symbol === symbol);
        const legs = orders.filter(({ orderListId }) => orderListId === list);
        const guards = told.map(
          ({ type, side }) =>
            isStopType(type) ||
            (list !== undefined &&
              (isUnsure ||
                legs.some((leg) => leg.side === undefined) ||
                legs.some((leg) => leg.side === side && isStopType(leg.type)))),
        );
        expect(guards).toContain(protective);
      }
    }),
  );
});

const leg = { symbol: 'BTCUSDT', side: 'SELL', status: 'NEW', orderListId: '7' };
const limitLeg = { ...leg, orderId: '1', type: 'LIMIT_MAKER' };
const stopLeg = { ...leg, orderId: '2', type: 'STOP_LOSS_LIMIT' };
const plain = { ...leg, orderId: '9', orderListId: '-1', type: 'LIMIT' };

test.each<[string, readonly object[]]>([
  [
    'bears an id that another symbol has too',
    [stopLeg, { ...plain, orderId: '2', symbol: 'LTCBTC' }],
  ],
  ['has an id that cannot be read', [{ ...stopLeg, orderId: null }]],
  ['does not tell its side', [{ ...stopLeg, side: undefined }]],
])('beside a stop that %s the other leg of its list is kept, and no other order', (_, others) => {
  const page = read([limitLeg, plain, ...others]);
  if (page.kind !== 'page') throw new Error('no page');
  const kept = page.orders.filter((order) => order.protective).map(({ id }) => id);
  expect(kept).toContain('1');
  expect(kept).not.toContain('9');
});

const plainAt = (symbol: string) => ({ ...plain, symbol });

test('the third of one id is not listed either where it stands in the next piece', () => {
  const same = [plainAt('BTCUSDT'), plainAt('LTCBTC'), plainAt('ETHUSDT')];
  const joined = listOpenOrders.join?.([read(same.slice(0, 2)), read(same.slice(2))]);
  expect(joined).toEqual({ kind: 'page', orders: [], unreadable: 3 });
});

const reply = (body: object) => ({ status: 200, text: JSON.stringify(body) });

describe('what the venue says of another order proves nothing of the one that was asked for', () => {
  const asked = { orderId: '4' as OrderId, symbol: 'LTCBTC' };
  const told = { orderId: 4, symbol: 'LTCBTC', status: 'CANCELED' };
  const another = [
    ['of another id', { ...told, orderId: 5 }],
    ['of another symbol', { ...told, symbol: 'BTCUSDT' }],
  ] as const;

  test.each(another)('%s, read', (_, body) => {
    expect(binance.readOrder.read(reply(told), asked)).toMatchObject({
      reading: { status: 'cancelled' },
    });
    expect(binance.readOrder.read(reply(body), asked)).toMatchObject({ kind: 'unknown' });
  });

  test.each(another)('%s, cancelled', (_, body) => {
    expect(binance.cancel.read(reply(told), asked)).toMatchObject({ kind: 'cancelled' });
    expect(binance.cancel.read(reply(body), asked)).toMatchObject({ kind: 'accepted' });
  });

  test('nor of every one of a symbol', () => {
    const every = binance.cancelEvery?.read(
      reply([told, { ...told, orderId: 5, symbol: 'BTCUSDT' }]),
      'LTCBTC',
    );
    expect(every?.kind === 'every' && [...every.replies.keys()]).toEqual(['4']);
  });
});

test('of two orders with one id neither is listed: a click could cancel the other', () => {
  fc.assert(
    fc.property(fc.array(anyOrder, { maxLength: 8 }), (orders) => {
      const page = read(orders);
      if (page.kind !== 'page') throw new Error('no page');
      expect(page.orders.length + (page.unreadable ?? 0)).toBe(orders.length);
      for (const { id, symbol } of page.orders) {
        const same = orders.filter(({ orderId }) => orderId === id);
        expect(same.every((each) => each.symbol === symbol)).toBe(true);
      }
    }),
  );
});
