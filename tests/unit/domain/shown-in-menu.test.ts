import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isShownWhole } from '#lib/domain/shown-in-menu.ts';

const most = 50;
const id = '26947521101';
const uuid = '7155ED34-9EC4-4733-8B32-1E4319CB662F';
/** Of so many signs, with the id at its end. */
const behind = (filler: string, length: number) => `${filler.repeat(length - id.length - 1)} ${id}`;

describe('shown as a whole', () => {
  test.each([
    '',
    id,
    uuid,
    `Order ${uuid}`,
    `order ${uuid.replaceAll('-', '\u2011')}`,
    `“${uuid}”`,
    'Order #26,947,521,101 (open), buy BTC/TRY',
    'Emir no: 26947521101 İptal edilmedi, ğüşıöç',
    'orden n.º 26947521101 de compra, ¿cancelar?',
    'Ордер № 26947521101 ещё открыт',
    '委托单号 26947521101 买入',
    '注文番号：26947521101 キャンセル',
    'سفارش ۲۶۹۴۷۵۲۱۱۰۱',
    'คำสั่ง 26947521101',
    'order 269475\n21557',
    '26947\u200b521101',
    '26947\u00ad521101',
    'cafe\u0301 26947521101',
    'sent\\\\n26947521101\\\\tok orderId%3D26947521101%26',
    behind('x', 50),
    behind('1', 50),
    'W'.repeat(10) + behind(' ', 30),
  ])('%j', (text) => {
    expect(isShownWhole(text, most)).toBe(true);
  });
});

describe('not shown as a whole', () => {
  test.each<[what: string, text: string]>([
    ['too long', behind('x', 51)],
    ['too long, the id in front', `${id} ${'x'.repeat(39)}`],
    ['too long by what nobody sees', behind('\u200b', 51)],
    ['longer by far', behind(' ', 100_000)],
    // The menu is cut off where it would be wider than the browser lets it be.
    ['wide letters', behind('W', 50)],
    ['wide signs', behind('@', 50)],
    ['wide dashes', behind('\u2014', 50)],
    ['dashes three times as wide', behind('\u2e3b', 30)],
    ['full-width letters', behind('\uff37', 50)],
    ['wide ideographs', behind('委', 50)],
    ['a whole sentence in one sign', behind('\ufdfd', 20)],
    ['signs of a script that nobody writes', behind('\u{12031}', 30)],
    ['pictures', behind('👩', 30)],
    // The order of what is shown is another one.
    ['digits turned round', '\u202e10112574962\u202c'],
    ['digits turned round by an isolate', '\u2067\u202e10112574962\u2069'],
    ['a mark of direction', `\u200f${id}`],
    // Over each other.
    ['a stroke through it', '26947\u0336521101'],
    ['a box around it', '26947521101\u20de'],
    ['a sign that could not be read', '26947\ufffd521101'],
    ['control characters', '26947\u0008521101'],
  ])('%s', (_, text) => {
    expect(isShownWhole(text, most)).toBe(false);
  });
});

test('no text that is longer than the menu shows is, and none becomes so by more of it', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 80 }), fc.string(), (text, more) => {
      expect(isShownWhole(text, most) && text.length > most).toBe(false);
      if (!isShownWhole(text, most)) expect(isShownWhole(`${text} ${more}`, most)).toBe(false);
    }),
  );
});
