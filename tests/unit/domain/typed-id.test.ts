import { describe, expect, test } from 'vitest';
import type { ClientOrderId, IdKind, OrderId } from '#lib/domain/order.ts';
import { isListed, typedId } from '#lib/domain/typed-id.ts';

const orders = [
  { id: '26947521557' as OrderId, clientOrderId: '#7' as ClientOrderId },
  { id: '99AB-cd' as OrderId, clientOrderId: 'grid-7' as ClientOrderId },
];

test.each<[IdKind, string, boolean]>([
  ['order-id', '26947521557', true],
  ['order-id', '2694752155', false],
  ['order-id', '99ab-CD', true],
  ['order-id', 'grid-7', false],
  ['order-id', '', false],
  ['client-order-id', 'grid-7', true],
  ['client-order-id', 'GRID-7', false],
  ['client-order-id', '26947521557', false],
])('an open order bears the %s “%s”: %s', (idKind, id, expected) => {
  expect(isListed(orders, idKind, id)).toBe(expected);
});

describe('what is meant by what was typed', () => {
  test.each<[IdKind, string, string]>([
    ['order-id', ' 26947521557\n', '26947521557'],
    ['order-id', '#26947521557', '26947521557'],
    ['order-id', '"26947521557"', '26947521557'],
    ['order-id', "'26947521557", '26947521557'],
    ['order-id', '26947521557,', '26947521557'],
    ['order-id', '26,947,521,557', '26947521557'],
    ['order-id', '26 947 521 557', '26947521557'],
    ['order-id', '\u200b26947\u202c521557\ufeff', '26947521557'],
    ['order-id', '99ab-CD', '99ab-CD'],
    ['client-order-id', '“grid-7”', 'grid-7'],
    // Just that is borne by an open order.
    ['client-order-id', '#7', '#7'],
    ['order-id', '#7', '7'],
    ['client-order-id', '#8', '8'],
    ['order-id', ' # ', ''],
    ['order-id', '\u200b', ''],
  ])('%s “%s”', (idKind, typed, expected) => {
    expect(typedId(orders, idKind, typed)).toBe(expected);
  });
});
