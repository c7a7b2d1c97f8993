import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compare, isZero, parseDecimal, subtract, type Decimal } from '#lib/domain/decimal.ts';

test.each([
  ['0', '0'],
  ['-0', '0'],
  ['0.0000000000000000', '0'],
  ['-0.00', '0'],
  ['007', '7'],
  ['1.', '1'],
  ['.5', '0.5'],
  ['-.5', '-0.5'],
  ['+1.50', '1.5'],
  ['42600.0000000000000000', '42600'],
  ['0.1234567800000000', '0.12345678'],
  ['0.1234567890123456789', '0.1234567890123456789'],
  ['123456789012345678901234567890', '123456789012345678901234567890'],
  ['100', '100'],
  [' 1.5\n', '1.5'],
  ['1e-7', '0.0000001'],
  ['1E-8', '0.00000001'],
  ['4.26e4', '42600'],
  ['1.5e+3', '1500'],
  ['-12.34e-2', '-0.1234'],
  ['1.230e1', '12.3'],
  ['0e5', '0'],
  ['1e21', '1000000000000000000000'],
])('reads %j as %s', (text, expected) => {
  expect(parseDecimal(text)).toBe(expected);
});

test.each([
  '',
  ' ',
  '.',
  '-',
  '+.',
  'e5',
  '.e5',
  '1e',
  '1e1000',
  '1,5',
  '1 000',
  '0x10',
  '1.2.3',
  'NaN',
])('finds no decimal in %j', (text) => {
  expect(parseDecimal(text)).toBeUndefined();
});

test.each(['Infinity', '١', '--1', '1n', '1_000'])('finds no decimal in %j', (text) => {
  expect(parseDecimal(text)).toBeUndefined();
});

test.each([
  ['1', '0.3999999999999999', '0.6000000000000001'],
  ['0.3', '0.1', '0.2'],
  ['1', '1', '0'],
  ['0.1', '0.25', '-0.15'],
  ['-0.5', '-1', '0.5'],
  ['100000000000000000000', '0.0000000000000001', '99999999999999999999.9999999999999999'],
])('%s - %s = %s', (a, b, expected) => {
  expect(subtract(a as Decimal, b as Decimal)).toBe(expected);
});

test.each([
  ['9', '10', -1],
  ['0.1', '0.09', 1],
  ['-2', '-1.5', -1],
  ['0.0000000000000001', '0', 1],
  ['1.5', '1.5', 0],
])('compare(%s, %s) is %i', (a, b, expected) => {
  expect(compare(a as Decimal, b as Decimal)).toBe(expected);
});

test.each([
  ['0.000', true],
  ['-0', true],
  ['0e9', true],
  ['0.0000000000000001', false],
])('%s is zero: %s', (text, expected) => {
  expect(isZero(expectDecimal(text))).toBe(expected);
});

/** Against whole numbers of 10^-20. */
describe('laws', () => {
  const places = 20;
  const whole = fc.bigInt({ min: -(10n ** 40n), max: 10n ** 40n });

  test('reads back what it writes, and writes each value in one way', () => {
    fc.assert(
      fc.property(whole, fc.nat(5), (value, zeros) => {
        const decimal = expectDecimal(text(value) + '0'.repeat(zeros));
        expect(decimal).toMatch(/^(0|-?(0|[1-9]\d*)(\.\d*[1-9])?)$/);
        expect(units(decimal)).toBe(value);
        expect(parseDecimal(decimal)).toBe(decimal);
      }),
    );
  });

  test('an exponent moves the point', () => {
    fc.assert(
      fc.property(whole, fc.integer({ min: -30, max: 30 }), (value, exponent) => {
        const moved = expectDecimal(`${value}e${exponent}`);
        const back = expectDecimal(`${moved}e${-exponent}`);
        expect(back).toBe(expectDecimal(`${value}`));
      }),
    );
  });

  test('subtracts and compares as whole numbers do', () => {
    fc.assert(
      fc.property(whole, whole, (a, b) => {
        const [left, right] = [expectDecimal(text(a)), expectDecimal(text(b))];
        expect(units(subtract(left, right))).toBe(a - b);
        expect(compare(left, right)).toBe(a < b ? -1 : a > b ? 1 : 0);
        expect(compare(left, right) === 0).toBe(left === right);
      }),
    );
  });

  function text(value: bigint): string {
    const digits = (value < 0n ? -value : value).toString().padStart(places + 1, '0');
    return `${value < 0n ? '-' : ''}${digits.slice(0, -places)}.${digits.slice(-places)}`;
  }

  function units(decimal: string): bigint {
    const [integer = '', fraction = ''] = decimal.split('.');
    return BigInt(integer + fraction.padEnd(places, '0'));
  }
});

function expectDecimal(text: string): Decimal {
  const decimal = parseDecimal(text);
  if (decimal === undefined) throw new Error(`${text} was not read`);
  return decimal;
}
