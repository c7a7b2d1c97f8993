import { readdirSync, readFileSync } from 'node:fs';
import * as v from 'valibot';
import { afterEach, describe, expect, test, vi } from 'vitest';
import type { OrderId } from '#lib/domain/order.ts';
import { venueIds } from '#lib/domain/venue-id.ts';
import { remark } from '#lib/venues/failure.ts';
import { parseLenientJson } from '#lib/venues/habit-trade/lenient-json.ts';
import { parseJson } from '#lib/venues/json.ts';
import { socket } from '#lib/venues/ox-fun/socket.ts';
import {
  clientOrderId,
  optionalDecimal,
  optionalTime,
  orderId,
  symbolText,
  textOr,
} from '#lib/venues/order-schema.ts';
import { venues } from '#lib/venues/venues.ts';

/** Each bound at the bound and one beyond it: what is beyond is not known, and never cut and used. */

afterEach(() => {
  vi.restoreAllMocks();
});

const nested = (depth: number, open = '[', close = ']'): string =>
  open.repeat(depth) + close.repeat(depth);

describe('the depth of JSON', () => {
  test.each<[string, boolean]>([
    [nested(32), true],
    [nested(33), false],
    [nested(32, '{"a":[', ']}'), false],
    [nested(16, '{"a":[', ']}'), true],
    [`[${'[],'.repeat(100)}[]]`, true],
    [JSON.stringify('['.repeat(100)), true],
    [JSON.stringify(['\\', `"${'['.repeat(100)}`]), true],
    [`["\\\\",${nested(32)}]`, false],
    [nested(1_000_000), false],
    ['['.repeat(1_000_000), false],
  ])('%.40s …', (text, isRead) => {
    expect(parseJson(text) !== undefined).toBe(isRead);
  });

  test.each(venueIds)('%s: nested deeper, it is no answer of the venue’s', (id) => {
    const text = `{"success":true,"code":0,"data":${nested(40)}}`;
    expect(venues[id].listOpenOrders.read({ status: 200, text }, undefined)).toMatchObject({
      kind: 'unknown',
      note: { code: 'not-json', status: 200 },
    });
  });
});

const unseen = [
  '\u0000',
  '\n',
  '\u0085',
  '\u00ad',
  '\u200b',
  '\u202e',
  '\u2066',
  '\ufeff',
  '\u2028',
  '\u2029',
  '\ud800',
  '\udc00',
];

describe('an id', () => {
  test.each<[string, boolean]>([
    ['1', true],
    ['x'.repeat(128), true],
    ['x'.repeat(129), false],
    ['İ-ş_1 😀', true],
    ...unseen.map((sign): [string, boolean] => [`26947${sign}521557`, false]),
  ])('%j', (id, isRead) => {
    expect(v.is(orderId, id)).toBe(isRead);
    expect(v.parse(clientOrderId, id)).toBe(isRead ? id : undefined);
  });
});

test.each<[string, string]>([
  ['BTCTRY', 'BTCTRY'],
  ['x'.repeat(64), 'x'.repeat(64)],
  ['x'.repeat(65), ''],
  ...unseen.map((sign): [string, string] => [`BTC${sign}TRY`, 'BTC TRY']),
])('the symbol %j is %j', (symbol, expected) => {
  expect(v.parse(symbolText, symbol)).toBe(expected);
});

test.each<[string, string]>([
  ['x'.repeat(200), 'x'.repeat(200)],
  ['x'.repeat(201), ''],
  ['Cancel\u202eled', 'Cancel led'],
  ['\u0000', ' '],
])('the status %j is %j', (status, expected) => {
  expect(v.parse(textOr(''), status)).toBe(expected);
});

test.each<[string, string | undefined]>([
  ['1'.repeat(64), '1'.repeat(64)],
  ['1'.repeat(65), undefined],
  [`0.${'1'.repeat(62)}`, `0.${'1'.repeat(62)}`],
  [`0.${'1'.repeat(63)}`, undefined],
  ['1e64', `1${'0'.repeat(64)}`],
  ['1e65', undefined],
  ['1e-64', `0.${'0'.repeat(63)}1`],
  ['1E-65', undefined],
  ['1e-0065', undefined],
  ['1e999', undefined],
])('the number %s is %s', (number, expected) => {
  expect(v.parse(optionalDecimal, number)).toBe(expected);
});

test('a time of 65 signs is none', () => {
  expect(v.parse(optionalTime, '1700000000000')).toBe(1_700_000_000_000);
  expect(v.parse(optionalTime, `${'0'.repeat(52)}1700000000000`)).toBeUndefined();
});

const wait = (before: number) => {
  const message = `${'x'.repeat(before)}. Please try again in 7 seconds`;
  const text = JSON.stringify({ success: false, message, code: 1 });
  return venues.btcturk.listOpenOrders.read({ status: 429, text }, undefined);
};

const asked = (before: number) => {
  const text = `{"success":false,"code":1,"message":"${'x'.repeat(before)} too many requests"}`;
  return venues.btcturk.listOpenOrders.read({ status: 400, text }, undefined);
};

const saidOf = (...texts: readonly string[]) => remark(400, ...texts).said;

describe('words', () => {
  test('are cut to 200 signs, and never within one', () => {
    expect(saidOf('x'.repeat(300))).toEqual(['x'.repeat(200)]);
    expect(saidOf(`${'x'.repeat(199)}😀`)).toEqual(['x'.repeat(199)]);
    expect(saidOf(`${'x'.repeat(198)}😀`)).toEqual([`${'x'.repeat(198)}😀`]);
    expect(saidOf('x'.repeat(150), 'y'.repeat(100), '7')).toEqual([
      'x'.repeat(150),
      'y'.repeat(50),
    ]);
  });

  test.each(unseen)('with %j have a space in its place', (sign) => {
    expect(remark(400, `not${sign}allowed`, '7')).toEqual({
      said: ['not allowed', '7'],
      note: { code: 'http', status: 400 },
    });
  });

  test('mean what they mean before they are cut', () => {
    const message = `${'x'.repeat(300)}. Please try again in 7 seconds`;
    const text = JSON.stringify({ success: false, message, code: 1 });
    const reply = venues.btcturk.listOpenOrders.read({ status: 429, text }, undefined);
    expect(reply).toMatchObject({ kind: 'rate-limited', retryAfter: 7000 });
    expect(reply).toMatchObject({ said: ['x'.repeat(200)] });
  });

  test('are searched for a wait within 4,000 signs', () => {
    expect(wait(3900)).toMatchObject({ retryAfter: 7000 });
    expect(wait(4000)).toMatchObject({ retryAfter: 1000 });
    expect(asked(3900)).toMatchObject({ kind: 'rate-limited' });
    expect(asked(4000)).toMatchObject({ kind: 'refused' });
  });
});

const sloppy = (length: number): string => `{"code": 030202, "message": "${'x'.repeat(length)}"}`;

describe('what is read leniently', () => {
  const frame = sloppy(0).length;

  test('is 64,000 signs at most, what is JSON may be longer', () => {
    expect(parseLenientJson(sloppy(64_000 - frame))).toMatchObject({ code: '030202' });
    expect(parseLenientJson(sloppy(64_001 - frame))).toBeUndefined();
    expect(parseLenientJson(sloppy(64_001).replace('030202', '3'))).toMatchObject({ code: '3' });
  });

  test.each([
    ['quotes that are escaped', '"' + String.raw`\"`.repeat(30_000)],
    ['backslashes', '"' + '\\'.repeat(60_001)],
    ['a quote that nothing closes', `{"code":0,${' '.repeat(60_000)}"`],
  ])('%s are looked at once: no place is where the search begins anew', (_, text) => {
    const exec = vi.spyOn(RegExp.prototype, 'exec');
    const before = exec.mock.calls.length;
    expect(parseLenientJson(text)).toBeUndefined();
    expect(exec.mock.calls.length - before).toBeLessThan(20);
  });
});

test('no pattern over what venues say has two runs of white space with nothing certain between them', () => {
  const files = readdirSync('lib/venues', { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.ts'),
  );
  const ambiguous = /\\s[*+](?:\[[^\]]*\]|\([^()]*\)|[^()[\]\\])[?*]\\s[*+]/;
  expect(ambiguous.test(String.raw`\s*(?:,|and)?\s*`)).toBe(true);
  for (const file of files)
    expect(readFileSync(`lib/venues/${file}`, 'utf8')).not.toMatch(ambiguous);
});

const message = (id: string): string =>
  JSON.stringify({ event: 'cancelorder', tag: 'c1', submitted: true, data: { orderId: id } });

test('on OX.FUN’s WebSocket a reply that names its order by an id that cannot be read is for no order', () => {
  expect(socket.read(message('1'))).toMatchObject({ kind: 'reply', orderId: '1' });
  expect(socket.read(message('x'.repeat(129)))).toEqual({ kind: 'other' });
  expect(socket.read(message('1\u202e'))).toEqual({ kind: 'other' });
});

test('an order with such an id counts as one that cannot be read', () => {
  const orders = ['1', 'x'.repeat(129), '2\u202e1', '3'].map((id) => ({
    orderId: id,
    status: 'NEW',
  }));
  const text = JSON.stringify(orders);
  expect(venues.ztdx.listOpenOrders.read({ status: 200, text }, undefined)).toMatchObject({
    orders: [{ id: '1' as OrderId }, { id: '3' as OrderId }],
    unreadable: 2,
  });
});
