/**
 * Arithmetic on decimals written as text ("0.1", "42600"), exact at any length. Amounts never pass
 * through a float, so that what a venue sends is what the test put in.
 */
interface Scaled {
  digits: bigint;
  places: number;
}

function parse(text: string): Scaled {
  if (!/^-?\d+(\.\d+)?$/.test(text)) throw new Error(`Not a decimal: ${JSON.stringify(text)}`);
  const [whole = '0', fraction = ''] = text.split('.');
  return { digits: BigInt(whole + fraction), places: fraction.length };
}

function write({ digits, places }: Scaled): string {
  const sign = digits < 0n ? '-' : '';
  const text = (digits < 0n ? -digits : digits).toString().padStart(places + 1, '0');
  const whole = text.slice(0, text.length - places);
  const fraction = text.slice(text.length - places).replace(/0+$/, '');
  return sign + whole + (fraction && `.${fraction}`);
}

function align(left: string, right: string): [bigint, bigint, number] {
  const [a, b] = [parse(left), parse(right)];
  const places = Math.max(a.places, b.places);
  return [
    a.digits * 10n ** BigInt(places - a.places),
    b.digits * 10n ** BigInt(places - b.places),
    places,
  ];
}

/** The same value without superfluous zeros: "42600.00" is "42600". */
export const plain = (text: string): string => write(parse(text));

export function add(left: string, right: string): string {
  const [a, b, places] = align(left, right);
  return write({ digits: a + b, places });
}

export function subtract(left: string, right: string): string {
  const [a, b, places] = align(left, right);
  return write({ digits: a - b, places });
}

export function multiply(left: string, right: string): string {
  const [a, b] = [parse(left), parse(right)];
  return write({ digits: a.digits * b.digits, places: a.places + b.places });
}

/** Negative, zero or positive, as for `Array.sort`. */
export function compare(left: string, right: string): number {
  const [a, b] = align(left, right);
  return a < b ? -1 : a > b ? 1 : 0;
}

/** With exactly so many places; more than that is an error, nothing is rounded: padded('0.5', 4) is "0.5000". */
export function padded(text: string, places: number): string {
  const [whole = '0', fraction = ''] = plain(text).split('.');
  if (fraction.length > places) throw new Error(`${text} has more than ${places} places`);
  return `${whole}.${fraction.padEnd(places, '0')}`;
}
