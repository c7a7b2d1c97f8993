import { describe, expect, test } from 'vitest';
import { generateChromeMessages, parseMessagesObject } from '@wxt-dev/i18n/build';
import { faultsOf, languages, messagesOf, type Catalogue } from '#locales/catalogue.ts';
import { filesIn, read } from './files.ts';

const catalogueOf = (name: string): Catalogue => JSON.parse(read(`locales/${name}.json`));
const english = catalogueOf('en');

test('there is a file of every language, and of no other', () => {
  const files = filesIn('locales').filter((file) => file.endsWith('.json'));
  expect(files.toSorted()).toEqual(Object.keys(languages).map((name) => `locales/${name}.json`));
});

describe.each(Object.keys(languages))('%s', (name) => {
  const catalogue = catalogueOf(name);

  test('has every message of English with what stands in it, and no other', () => {
    expect(faultsOf(name, catalogue, english)).toEqual([]);
  });

  test('is read by the tests as the build writes it for the browser', () => {
    const built = generateChromeMessages(parseMessagesObject(catalogue));
    expect(messagesOf(catalogue)).toEqual(
      Object.entries(built).map(([key, { message }]) => [key, message]),
    );
  });

  test('what stands in the head of an account’s group is as short as there is room', () => {
    const sentences = messagesOf(catalogue).filter(([key]) =>
      /^readiness_(?:trouble_\w+|right_unseen|held|limit_used|slow|ready|not_\w+)$/.test(key),
    );
    expect(sentences.length).toBeGreaterThan(20);
    const written = sentences.map(([, text]) => text.replace(/\{\w+\}/, '12 min'));
    expect(written.filter((text) => text.length >= 40)).toEqual([]);
  });

  test('has the place of the selected text in the menu’s item, once', () => {
    const items = messagesOf(catalogue).filter(([, text]) => text.includes('%s'));
    expect(items.map(([key]) => key)).toEqual(['menu_selection']);
    expect(items[0]?.[1].split('%s')).toHaveLength(2);
  });

  test('its forms are those of its grammar', () => {
    const rules = new Intl.PluralRules(JSON.stringify(catalogue['language']).replaceAll('"', ''));
    const forms = languages[name] ?? [];
    const formFor = (count: number) => (forms.includes(String(count)) ? String(count) : 'n');
    const formsOfRule = Map.groupBy(
      Array.from({ length: 2000 }, (_, count) => count),
      (count) => rules.select(count),
    );
    // One rule may have several forms (0 and 1 in Portuguese), but no form several rules.
    const rulesOfForm = Map.groupBy(
      [...formsOfRule].flatMap(([rule, counts]) =>
        [...new Set(counts.map(formFor))].map((form) => ({ rule, form })),
      ),
      ({ form }) => form,
    );
    // Turkish and English count alike; Chinese has one form for all.
    for (const [, of] of rulesOfForm) expect(of).toHaveLength(1);
  });
});

test.each<[what: string, spoilt: Catalogue, fault: RegExp]>([
  ['a key too few', {}, /lacks a\.b/],
  [
    'a key too many',
    { a: { b: 'x {id}', d: 'y' }, c: { '1': 'one', n: '{count}' } },
    /has a\.d, which/,
  ],
  ['a name too few', { a: { b: 'x' }, c: { '1': 'one', n: '{count}' } }, /lacks \{id\}/],
  [
    'a name too many',
    { a: { b: 'x {id} {no}' }, c: { '1': 'one', n: '{count}' } },
    /\{no\} too many/,
  ],
  ['no forms', { a: { b: 'x {id}' }, c: '{count}' }, /has the forms \[\], not \[1,n\]/],
  [
    'a form too few',
    { a: { b: 'x {id}' }, c: { n: '{count}' } },
    /has the forms \[n\], not \[1,n\]/,
  ],
  ['no text', { a: { b: '' }, c: { '1': 'one', n: '{count}' } }, /is empty/],
])('is found: %s', (_, spoilt, fault) => {
  const whole: Catalogue = { a: { b: 'x {id}' }, c: { '1': '{count} order', n: '{count} orders' } };
  expect(faultsOf('tr', whole, whole)).toEqual([]);
  expect(faultsOf('tr', spoilt, whole).join('\n')).toMatch(fault);
});
