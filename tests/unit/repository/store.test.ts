import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { venueNames } from '#lib/domain/venue-id.ts';
import { languages, type Catalogue } from '#locales/catalogue.ts';
import { filesIn, read } from './files.ts';

/** The lower of what Chrome's and Firefox's stores take, in characters. */
const most = { name: 50, summary: 132, description: 15_000 };
const names = [
  'summary.txt',
  'description.txt',
  'captions.txt',
  ...[1, 2, 3, 4, 5].map((n) => `${n}.png`),
];
const documents = ['README.md', 'permissions.md', 'privacy.md', 'reviewers.md'];

/** Which of its lines are points; as many empty lines and headings stand between. */
const parts = (words: string) =>
  words.split('\n').map((line) => (line === '' ? '' : line.startsWith('•')));

test('every language has all that the stores want, and there is nothing else', () => {
  const wanted = Object.keys(languages).flatMap((language) =>
    names.map((name) => `${language}/${name}`),
  );
  const there = filesIn('docs/store').map((file) => file.replace('docs/store/', ''));
  expect(there.toSorted()).toEqual([...documents, ...wanted].toSorted());
});

test('the name is no longer than a store takes', () => {
  const name = /name: '(\w+)',/.exec(read('wxt.config.ts'))?.[1] ?? '';
  expect(name).toBe('Pullcord');
  expect(name.length).toBeLessThanOrEqual(most.name);
});

describe.each(Object.keys(languages))('%s', (language) => {
  const text = (name: string) => read(`docs/store/${language}/${name}`);

  test('its summary is the manifest’s, and both are no longer than a store takes', () => {
    const catalogue: Catalogue = JSON.parse(read(`locales/${language}.json`));
    expect(catalogue['manifest']).toEqual({ summary: text('summary.txt').trim() });
    expect(text('summary.txt').length).toBeLessThanOrEqual(most.summary);
  });

  test('its description is whole, and no longer than a store takes', () => {
    const description = text('description.txt');
    expect(description.length).toBeLessThanOrEqual(most.description);
    // As many paragraphs and points as in English, in the same order.
    expect(parts(description)).toEqual(parts(read('docs/store/en/description.txt')));
    for (const venue of Object.values(venueNames)) {
      expect(description).toContain(venue);
    }
  });

  test('there is a caption for each picture', () => {
    expect(text('captions.txt').trim().split('\n')).toHaveLength(5);
  });

  test.each([1, 2, 3, 4, 5])(
    'picture %d is 1280 × 800, 24 bits without alpha, and small enough to keep',
    (number) => {
      const png = readFileSync(
        join(import.meta.dirname, `../../../docs/store/${language}/${number}.png`),
      );
      expect(png.toString('latin1', 1, 4)).toBe('PNG');
      expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([1280, 800]);
      const [bits, colours] = png.subarray(24, 26);
      expect({ bits, colours }).toEqual({ bits: 8, colours: 2 });
      expect(png.length).toBeLessThan(150_000);
    },
  );
});
