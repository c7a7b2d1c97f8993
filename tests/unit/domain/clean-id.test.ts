import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cleanId } from '#lib/domain/clean-id.ts';
import { plainSigns } from '#lib/domain/plain-signs.ts';

const uuid = '7155ed34-9ec4-4733-8b32-1e4319cb662f';

describe('one id, cleaned', () => {
  test.each<[text: string, id: string]>([
    // What stands around it.
    ['26947521557', '26947521557'],
    ['  26947521557\t', '26947521557'],
    ['#26947521557', '26947521557'],
    ["'26947521557", '26947521557'],
    ['26947521557,', '26947521557'],
    ['26947521557.', '26947521557'],
    ['"26947521557"', '26947521557'],
    ['“26947521557”', '26947521557'],
    ['„26947521557“', '26947521557'],
    ['«26947521557».', '26947521557'],
    ['`26947521557`', '26947521557'],
    ['**26947521557**', '26947521557'],
    ['[26947521557]', '26947521557'],
    ['<26947521557>', '26947521557'],
    [`"${uuid}",`, uuid],
    [`{${uuid.toUpperCase()}}`, uuid.toUpperCase()],
    ['"grid-eth-01",', 'grid-eth-01'],
    ["'grid:eth/01", 'grid:eth/01'],
    // What was put into it.
    ['26947\u200b521557', '26947521557'],
    ['\u202a26947521557\u202c', '26947521557'],
    ['\u202d26947521557\u202c', '26947521557'],
    ['\ufeff26947521557', '26947521557'],
    ['\u200e26947521557\u200f', '26947521557'],
    ['26947\u00ad521557', '26947521557'],
    ['26947\u2060521557\u0000', '26947521557'],
    ['26,947,521,557', '26947521557'],
    ['26.947.521.557', '26947521557'],
    ['26 947 521 557', '26947521557'],
    ['26\u00a0947\u00a0521\u00a0557', '26947521557'],
    ['26\u202f947\u202f521\u202f557', '26947521557'],
    ['26’947’521’557', '26947521557'],
    ["26'947'521'557", '26947521557'],
    ['26_947_521_557', '26947521557'],
    ['26,94,75,21,557', '26947521557'],
    ['269,4752,1557', '26947521557'],
    ['123,456', '123456'],
    ['269475 21557', '26947521557'],
    ['269475\n21557', '26947521557'],
    ['7155ed34-9ec4-4733- 8b32-1e4319cb662f', uuid],
    // Written otherwise.
    ['２６９４７５２１５５７', '26947521557'],
    ['٢٦٩٤٧٥٢١٥٥٧', '26947521557'],
    ['۲۶۹۴۷۵۲۱۵۵۷', '26947521557'],
    ['२६९४७५२१५५७', '26947521557'],
    ['𝟐𝟔𝟗𝟒𝟕𝟓𝟐𝟏𝟓𝟓𝟕', '26947521557'],
    ['＃26947521557，', '26947521557'],
    [uuid.replaceAll('-', '‑'), uuid],
    [uuid.replaceAll('-', '–'), uuid],
    [uuid.replaceAll('-', '−'), uuid],
    [uuid.replaceAll('-', '－'), uuid],
    // Left as it is: a client order id may be anything.
    ['bot.7', 'bot.7'],
    ['12.345', '12.345'],
    ['123_456', '123_456'],
    ['my-bot-', 'my-bot-'],
    ['odd id', 'odd id'],
    ['limit', 'limit'],
    ['Grid-ETH', 'Grid-ETH'],
    ['²6947521557', '²6947521557'],
    ['26947521557²', '26947521557²'],
    ['①26947521557', '①26947521557'],
    ['\ufffd6947521557', '\ufffd6947521557'],
    [uuid.replaceAll('-', ''), uuid.replaceAll('-', '')],
    // Two ids are not one.
    ['26947521557 26947521558', '26947521557 26947521558'],
    ['26947521557,26947521558', '26947521557,26947521558'],
    // Nothing is left.
    ['', ''],
    [' # ', ''],
    ['\u200b', ''],
  ])('%j', (text, id) => {
    expect(cleanId(text)).toBe(id);
  });

  test('is clean', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(cleanId(cleanId(text))).toBe(cleanId(text));
      }),
    );
  });

  test('the ids of the venues stay as they are', () => {
    const id = fc.oneof(
      fc.stringMatching(/^\d{1,20}$/),
      fc.uuid(),
      fc.stringMatching(/^[A-Za-z][\w:/-]{0,48}[A-Za-z0-9]$/),
    );
    fc.assert(
      fc.property(id, (each) => {
        expect(cleanId(each)).toBe(each);
      }),
    );
  });

  test('a text that is all one trap comes to an end', () => {
    for (const piece of ['-', '1 ', '1,', '"', '７']) {
      expect(cleanId(`${piece.repeat(500_000)}x`)).not.toBe('');
    }
  });
});

test('half of a pair stays to be seen, as a sign that is not known', () => {
  expect(plainSigns('26947\ud800521557')).toBe('26947\ufffd521557');
  expect(cleanId('26947\udfff521557')).toBe('26947\ufffd521557');
  expect(plainSigns('😀1')).toBe('😀1');
});

test('every digit that there is has its value, and nothing else becomes a digit', () => {
  const digits = new Map<string, number>();
  for (let point = 0x80; point <= 0x10ffff; point++) {
    const sign = String.fromCodePoint(point);
    const plain = plainSigns(sign);
    if (/\d/.test(plain)) digits.set(sign, Number(plain));
  }
  const signs = [...digits.keys()];
  expect(signs.every((sign) => /\p{Nd}/u.test(sign))).toBe(true);
  // As many of each: every script has ten.
  const counts = Map.groupBy(digits.values(), (value) => value);
  expect(new Set([...counts.values()].map(({ length }) => length)).size).toBe(1);
  // Where Unicode itself tells the value it is that one.
  const told = signs.filter((sign) => /^\d$/.test(sign.normalize('NFKC')));
  expect(told.length).toBeGreaterThan(50);
  expect(told.every((sign) => Number(sign.normalize('NFKC')) === digits.get(sign))).toBe(true);
});
