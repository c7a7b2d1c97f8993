import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findIds } from '#lib/domain/found-ids.ts';
import { findIdAt } from '#lib/domain/id-at.ts';
import { mostIds } from '#lib/domain/id-collection.ts';
import { idKey } from '#lib/domain/id-shapes.ts';

const upper = '7155ED34-9EC4-4733-8B32-1E4319CB662F';
const known = new Set([
  '26947521101',
  '304384250571714215',
  '9223372036854775807',
  upper.toLowerCase(),
  'grid-eth-01',
  'grid:eth/01',
  'bot.7x',
  'limit',
  '7',
  '4711',
  '#odd id',
  '12345678901234',
]);
const isKnown = { has: (id: string) => known.has(idKey(id)), isSymbol: () => false };
const idsOf = (text: string) => findIds(text, isKnown).ids;

describe('ids in a text', () => {
  test.each<[text: string, ids: readonly string[]]>([
    ['26947521101', ['26947521101']],
    ['  26947521101\n', ['26947521101']],
    ['Order #123456789 (limit)', ['123456789']],
    ['“26947521101”', ['26947521101']],
    ["'26947521101',", ['26947521101']],
    ['«26947521101».', ['26947521101']],
    ['`26947521101`', ['26947521101']],
    ['**26947521101**', ['26947521101']],
    ['_26947521101_', ['26947521101']],
    ['26,947,521,101', ['26947521101']],
    ['26.947.521.101', ['26947521101']],
    ['26 947 521 101', ['26947521101']],
    ['26\u00a0947\u00a0521\u00a0101', ['26947521101']],
    ['26’947’521’101', ['26947521101']],
    ['26_947_521_101', ['26947521101']],
    ['2694\u00ad752\u200b1101', ['26947521101']],
    ['26947521101\n26947521102\r\n26947521103', ['26947521101', '26947521102', '26947521103']],
    ['26947521101,26947521102', ['26947521101', '26947521102']],
    ['26947521101/26947521102', ['26947521101', '26947521102']],
    ['26947521101 26947521101', ['26947521101']],
    ['9223372036854775807', ['9223372036854775807']],
    [`order ${upper}!`, [upper]],
    [`${upper.toLowerCase()} and ${upper}`, [upper.toLowerCase()]],
    [`{${upper}}`, [upper]],
    [`order-${upper}`, [upper]],
    ['7155ED34-9EC4-4733-\n8B32-1E4319CB662F', [upper]],
    ['order-26947521101', ['26947521101']],
    ['orderId=26947521101&x=1', ['26947521101']],
    ['{"orderId":26947521101}', ['26947521101']],
    ['<b>26947521101</b>', ['26947521101']],
    ['1234567\n8901234', ['12345678901234']],
    ['the grid-eth-01 order', ['grid-eth-01']],
    ['cid=grid:eth/01, done', ['grid:eth/01']],
    ['see bot.7x.', ['bot.7x']],
    ['limit', ['limit']],
    ['7', ['7']],
    ['#odd id', ['#odd id']],
    ['my-own-1', ['my-own-1']],
    ['1234567', ['1234567']],
    ['order 4711 please', ['4711']],
    ['1715592472236', ['1715592472236']],
    ['order 1715592472236', ['1715592472236']],
    ['26947521101 1715592472236', ['26947521101']],
  ])('%j', (text, ids) => {
    const clear = { ids, more: false, doubtful: [], rounded: [] };
    expect(findIds(text, isKnown)).toMatchObject(clear);
  });

  test.each([
    '',
    '   ',
    'hello world',
    'limit order 7',
    'Order (limit)',
    '45,000.00',
    '1,234,567.89',
    '0.123456789012',
    '1500000000.50',
    '1500000000,50',
    '2026-11-21',
    '14:05:09',
    '2026-11-21 14:05:09 BTC/TRY 45,000.00 0.5',
    'see abc26947521101def',
    'x'.repeat(101),
    '1'.repeat(101),
    '<script>alert(1)</script>',
  ])('%j holds none', (text) => {
    expect(idsOf(text)).toEqual([]);
  });

  test('a row of a table holds the id alone', () => {
    const row = '26947521101\t2026-11-21 14:05:09\tBTC/TRY\t4,500,000.00\t0.50000000\tBuy';
    expect(idsOf(row)).toEqual(['26947521101']);
  });

  test('of 51 ids the first 50, and that there are more', () => {
    const ids = Array.from({ length: 51 }, (_, index) => String(26_947_521_000 + index));
    expect(findIds(ids.join('\n'))).toMatchObject({ ids: ids.slice(0, mostIds), more: true });
    expect(findIds(ids.slice(1).join('\n'))).toMatchObject({ ids: ids.slice(1), more: false });
  });
});

/** A text that is all one trap must not take longer than one without: no ratio of times, only an end. */
test.each([
  ['digits', '1'],
  ['groups', '123,'],
  ['half of a UUID', '7155ED34-9EC4-'],
  ['spaces in a UUID', '7155ED34-        '],
  ['dots', 'a.1'],
  ['words', 'a1 '],
  ['hyphens', '-'],
  ['ids', '26947521101 '],
  ['digits of another script', '٢'],
  ['short lines', '1234567\n'],
  ['parts of a UUID', '7155ED34 '],
  ['a list', '1,'],
  ['slashes', 'a/1'],
  ['what has been left out', '1…'],
  ['an address', '%20'],
  ['escapes', '\\u0022'],
  ['backslashes', '\\'],
  ['entities', '&#45;'],
  ['labels', 'order'],
  ['labels around ids', 'id26947521101'],
  ['what is not to be seen', '\u200b'],
  ['rounded numbers', '2.69475E+10 '],
])('a megabyte of %s comes to an end', (_, piece) => {
  const text = piece.repeat(Math.ceil(1_000_000 / piece.length));
  expect(findIds(text, isKnown).ids.length).toBeLessThanOrEqual(mostIds);
});

describe('the id under the pointer', () => {
  test.each<[before: string, after: string, id: string | undefined]>([
    ['Order #269475', '21101 (limit)', '26947521101'],
    ['Order #', '26947521101 (limit)', '26947521101'],
    ['Order #26947521101', ' (limit)', '26947521101'],
    ['Ord', 'er #26947521101', undefined],
    ['26947521101 2694', '7521102 26947521103', '26947521102'],
    ['7155ED34-9EC4-', '4733-8B32-1E4319CB662F', upper],
    ['26,947', ',521,101', '26947521101'],
    ['my grid-', 'eth-01 order', 'grid-eth-01'],
    ['2026-', '11-21', undefined],
    ['45,0', '00.00', undefined],
    // Two lines may be one id: who knows the orders must see both.
    ['7\n26947', '521101', '7 26947521101'],
    ['7', '\n26947521101', undefined],
    ['', '', undefined],
    ['x'.repeat(1_000_000), 'x', undefined],
  ])('%.40j | %.40j', (before, after, id) => {
    expect(findIdAt(before, after)).toBe(id);
  });
});

test('an id survives whatever it stands in, digit for digit', () => {
  const id = fc.oneof(
    fc.bigInt({ min: 100_000_000n, max: 99_999_999_999_999_999_999n }).map(String),
    fc.uuid(),
  );
  const around = fc.constantFrom(
    ' ',
    '\n',
    '"',
    '(',
    ')',
    '“',
    '#',
    ': ',
    ', ',
    '\t',
    '<b>',
    '</b>',
  );
  fc.assert(
    fc.property(id, around, around, (wanted, before, after) => {
      expect(findIds(`Order${before}${wanted}${after}(limit)`).ids).toEqual([wanted]);
    }),
  );
});
