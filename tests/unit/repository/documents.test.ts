import { basename, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { venueIds } from '#lib/domain/venue-id.ts';
import { filesIn, read } from './files.ts';

const files = filesIn();
const folders = new Set(
  files.flatMap((file) => file.split('/').map((_, at, parts) => parts.slice(0, at).join('/'))),
);
const documents = files.filter((file) => file.endsWith('.md'));

const ending = String.raw`(?:\.(?:css|html|json|md|mjs|png|svg|tsx?)\b|\/)`;
const name = String.raw`[\w*-][\w.*-]*`;
/** What stands anywhere, in prose, code or a link, and begins with one of our folders. */
const fromRoot = new RegExp(
  String.raw`(?<![\w./#@-])(?:components|docs/(?:venues|languages|store)|entrypoints|lib|locales|public|scripts|tests)(?:\/${name})*${ending}`,
  'g',
);
/** In backticks a file or a folder by the end of its path, or by its name alone. */
const inBackticks = new RegExp(`\`((?:${name}\\/)*${name}${ending}|\\.ci/run)\``, 'g');
const inLink = /(?:\]\(|\s(?:src|srcset)=")(?!https?:|#)([^)#"]+)/g;

const namedIn = (text: string): string[] => [
  ...new Set([
    ...[...text.matchAll(fromRoot)].map((match) => match[0]),
    ...[...text.matchAll(inBackticks)].map((match) => match[1] ?? ''),
  ]),
];

/** `NAME` stands for every venue, `*` for anything within a folder. */
const meant = (path: string): string[] =>
  path.includes('NAME') ? venueIds.map((id) => path.replaceAll('NAME', id)) : [path];

function exists(path: string): boolean {
  const plain = path.replace(/\/$/, '');
  const pattern = new RegExp(
    `(?:^|/)${plain.replaceAll('.', String.raw`\.`).replaceAll('*', '[^/]*')}$`,
  );
  const places = path.endsWith('/') ? [...folders] : [...files, ...folders];
  return places.some((place) => pattern.test(place));
}

test('the documents are found, and paths in them', () => {
  expect(documents).toContain('tests/sandbox/README.md');
  expect(namedIn(read('ARCHITECTURE.md')).length).toBeGreaterThan(80);
  expect(
    namedIn(
      'See `a.ts`, `b/c.test.ts`, lib/d/e.ts. In `f/`; (tests/g/NAME.json) or npx x tests/*/h.ts',
    ),
  ).toEqual(['lib/d/e.ts', 'tests/g/NAME.json', 'tests/*/h.ts', 'a.ts', 'b/c.test.ts', 'f/']);
});

describe.each(documents)('%s', (document) => {
  const text = read(document);

  test('names no file or folder that is not there', () => {
    expect(
      namedIn(text)
        .flatMap(meant)
        .filter((path) => !exists(path)),
    ).toEqual([]);
  });

  test('links to nothing that is not there', () => {
    const links = [...text.matchAll(inLink)].map((match) => join(document, '..', match[1] ?? ''));
    expect(links.filter((path) => !files.includes(path) && !folders.has(path))).toEqual([]);
  });
});

test('what ARCHITECTURE lays out is what lies there', () => {
  const layout = /## Where things live\n+```\n([^`]+)```/.exec(read('ARCHITECTURE.md'))?.[1] ?? '';
  const named = [...layout.matchAll(/(?<=\s|^)([\w/-]+\/)(?=[\s,;:.]|$)/gm)].map(
    (match) => match[1] ?? '',
  );
  expect(named.length).toBeGreaterThan(20);
  expect(named.filter((path) => !exists(path))).toEqual([]);
  const rooms = [...folders].filter((path) =>
    /^(?:components|lib|lib\/(?:worker|page))\/[^/]+$/.test(path),
  );
  const missing = rooms.filter((room) => !layout.includes(`${basename(room)}/`));
  expect(missing).toEqual([]);
});
