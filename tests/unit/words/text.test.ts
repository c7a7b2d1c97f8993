import { expect, test } from 'vitest';
import { keyPart, localeFor, numberText, t, tCount, tenthsText, tParts } from '#lib/words/text.ts';

test.each([
  ['es', 'es-419', 'es-419'],
  ['es', 'es', 'es'],
  ['pt-BR', 'pt-PT', 'pt-PT'],
  ['zh-HK', 'zh-TW', 'zh-TW'],
  // A browser in a language that there are no words in gets English ones, and their numbers and dates with them.
  ['en-GB', 'de', 'en-GB'],
  ['en-GB', 'en-US', 'en-GB'],
])('words in %s, in a browser in %s: numbers and dates as in %s', (words, browser, all) => {
  expect(localeFor(words, browser)).toBe(all);
});

test.each([
  [0, '0'],
  [9999, '9999'],
  [12_345, '12345'],
  [-3, '-3'],
])('%s is written %s', (value, text) => {
  expect(numberText(value)).toBe(text);
});

test.each([
  [0, '0.0'],
  [0.25, '0.3'],
  [1234.56, '1234.6'],
])('to the tenth, %s is written %s', (value, text) => {
  expect(tenthsText(value)).toBe(text);
});

test('a message is got by its name, a code in it without hyphens', () => {
  expect(t('command.newest')).toBe('Cancel the newest order');
  expect(keyPart('right-or-address')).toBe('right_or_address');
});

test.each([
  [0, '0 orders'],
  [1, '1 order'],
  [2, '2 orders'],
  [12_345, '12345 orders'],
])('of %s the form is "%s"', (count, text) => {
  expect(tCount('count.orders', count)).toBe(text);
});

test('a message comes in its parts where one of them is more than text', () => {
  const [pull, pull_all] = [{ an: 'element' }, { another: 'element' }];
  expect(tParts('options.address_bar', { pull, pull_all })).toEqual([
    'In the address bar: type ',
    pull,
    ', a space and an order id, or ',
    pull_all,
    '.',
  ]);
});

test('what is put into a message is not read as one', () => {
  expect(tCount('count.unreadable_advice', 2, { venue: '{count} $1 | {venue}' })).toContain(
    'Look on {count} $1 | {venue}’s own site.',
  );
});
