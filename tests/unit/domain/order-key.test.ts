import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { AccountId } from '#lib/domain/account.ts';
import type { ClientOrderId, OrderId, OrderRef } from '#lib/domain/order.ts';
import { byOrderId, isSameOrderId, orderKey } from '#lib/domain/order-key.ts';
import { orderOf } from '#tests/unit/support/view-world.ts';

const uuid = '7155ed34-9ec4-4733-8b32-1e4319cb662f';

/** What a reference names, said without the code: whose, by which kind of id, and its letters. */
interface Named {
  readonly account: string;
  readonly kind: 'orderId' | 'clientOrderId';
  readonly id: string;
}

const named: fc.Arbitrary<Named> = fc.record({
  // Few of each, so that two are often the same, or nearly.
  account: fc.constantFrom('a', 'b'),
  kind: fc.constantFrom('orderId', 'clientOrderId'),
  id: fc.oneof(
    fc.constantFrom(uuid, '26947521101', '26947521102', 'order 1', 'client 1', '1', 'grid-7'),
    fc.string({ maxLength: 4 }),
  ),
});

/** The same letters, each as a capital or not. */
function inCase(id: string, capitals: readonly boolean[]): string {
  return Array.from(id, (sign, index) =>
    capitals[index % capitals.length] ? sign.toUpperCase() : sign,
  ).join('');
}
const ascii = (id: string) => /^[\x20-\x7e]*$/.test(id);
const small = (id: string) =>
  id.replace(/[A-Z]/g, (sign) => String.fromCodePoint((sign.codePointAt(0) ?? 0) + 32));
const capitals = fc.array(fc.boolean(), { minLength: 1, maxLength: 40 });

function refOf({ account, kind, id }: Named, symbol?: string): OrderRef {
  const accountId = account as AccountId;
  const more = symbol === undefined ? {} : { symbol };
  return kind === 'orderId'
    ? { accountId, orderId: id as OrderId, ...more }
    : { accountId, clientOrderId: id as ClientOrderId, ...more };
}

describe('two references have one key exactly when they name one order', () => {
  test('by the venue’s id in any case, by the client’s to the letter', () => {
    fc.assert(
      fc.property(named, named, capitals, fc.option(fc.string()), (one, other, mask, symbol) => {
        fc.pre(ascii(one.id) && ascii(other.id));
        const written = { ...other, id: inCase(other.id, mask) };
        const isOne =
          one.account === written.account &&
          one.kind === written.kind &&
          (one.kind === 'orderId' ? small(one.id) === small(written.id) : one.id === written.id);
        const same = orderKey(refOf(one)) === orderKey(refOf(written, symbol ?? undefined));
        expect(same).toBe(isOne);
      }),
      { numRuns: 2000 },
    );
  });

  test('an order in another case is the same one', () => {
    fc.assert(
      fc.property(fc.uuid(), capitals, (id, mask) => {
        const ref = refOf({ account: 'a', kind: 'orderId', id });
        const other = refOf({ account: 'a', kind: 'orderId', id: inCase(id, mask) });
        expect(orderKey(other)).toBe(orderKey(ref));
      }),
    );
  });

  test('the venue’s id decides where both are known', () => {
    const both = { ...refOf({ account: 'a', kind: 'orderId', id: '1' }), clientOrderId: 'x' };
    expect(orderKey(both as OrderRef)).toBe(
      orderKey({ accountId: both.accountId, orderId: '1' as OrderId }),
    );
  });
});

const keyAt = (symbol?: string) =>
  orderKey(refOf({ account: 'a', kind: 'orderId', id: '1' }, symbol), true);

test('where ids are counted for each symbol, the symbol tells too', () => {
  expect(keyAt('LTCBTC')).toBe(keyAt('LTCBTC'));
  expect(keyAt('LTCBTC')).not.toBe(keyAt('BTCUSDT'));
  expect(keyAt()).not.toBe(keyAt('BTCUSDT'));
});

test.each<[string, string, boolean]>([
  [uuid, uuid.toUpperCase(), true],
  ['26947521101', '26947521101', true],
  ['26947521101', '026947521101', false],
  [uuid, uuid.replaceAll('-', ''), false],
])('%s and %s: %s', (one, other, expected) => {
  expect(isSameOrderId(one, other)).toBe(expected);
});

test('of two orders with one id the first is found', () => {
  const orders = [orderOf('one'), orderOf('ONE'), orderOf('two')];
  expect([...byOrderId(orders)]).toEqual([
    ['two', orders[2]],
    ['one', orders[0]],
  ]);
});
