import type { Brand } from './brand.ts';

/** A decimal number as plain text, e.g. `0.1` or `70168.52`: no exponent, no superfluous zeros. */
export type Decimal = Brand<string, 'Decimal'>;

const pattern = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,3}))?$/;

/** Reads decimal text as venues write it (`"0.1000000000000000"`, `1e-7`); undefined where it is none. */
export function parseDecimal(text: string): Decimal | undefined {
  const match = pattern.exec(text.trim());
  if (!match) return undefined;
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = match;
  if (whole === '' && fraction === '') return undefined;
  const scale = fraction.length - Number(exponent);
  const digits = BigInt(whole + fraction);
  return write(sign === '-' ? -digits : digits, scale);
}

/** Exact `a - b`. */
export function subtract(a: Decimal, b: Decimal): Decimal {
  const scale = Math.max(scaleOf(a), scaleOf(b));
  return write(units(a, scale) - units(b, scale), scale);
}

/** Negative where a < b, 0 where equal, positive where a > b. */
export function compare(a: Decimal, b: Decimal): number {
  const scale = Math.max(scaleOf(a), scaleOf(b));
  const difference = units(a, scale) - units(b, scale);
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

export function isZero(decimal: Decimal): boolean {
  return decimal === '0';
}

function scaleOf(decimal: Decimal): number {
  const point = decimal.indexOf('.');
  return point < 0 ? 0 : decimal.length - point - 1;
}

/** The decimal as a whole number of 10^-scale. */
function units(decimal: Decimal, scale: number): bigint {
  return BigInt(decimal.replace('.', '')) * 10n ** BigInt(scale - scaleOf(decimal));
}

function write(value: bigint, scale: number): Decimal {
  if (scale <= 0) return (value * 10n ** BigInt(-scale)).toString() as Decimal;
  const negative = value < 0n;
  const digits = (negative ? -value : value).toString().padStart(scale + 1, '0');
  const fraction = digits.slice(-scale).replace(/0+$/, '');
  const text = digits.slice(0, -scale) + (fraction ? `.${fraction}` : '');
  return (negative ? `-${text}` : text) as Decimal;
}
