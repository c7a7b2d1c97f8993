import { dirname } from 'node:path';
import { expect, test } from 'vitest';
import { venueIds } from '#lib/domain/venue-id.ts';
import { filesIn, read } from './files.ts';
import { arrows, importsOf, resolveImport, sources } from './imports.ts';

/** All that a page may know of venues: data alone, so that no adapter, and no way to write a request, gets into a page. */
const venueData = [
  'about',
  'abouts',
  'bounds',
  'has-sandbox',
  'hosts',
  'id-kinds',
  'message-text',
  ...venueIds.map((id) => `${id}/about`),
].map((name) => `lib/venues/${name}.ts`);

interface Room {
  readonly name: string;
  /** Where its files lie. The first room that has a file is the file's. */
  readonly holds: readonly string[];
  /** Which rooms its files may import from. */
  readonly may: readonly string[];
  readonly packages: readonly string[];
}

const ground = ['domain', 'venue data', 'protocol', 'words', 'text'];
const shown = [...ground, 'page', 'components'];
const preact = ['preact', 'preact/hooks', '@preact/signals', 'webextension-polyfill'];

const rooms: readonly Room[] = [
  // Whatever any other says.
  {
    name: 'text',
    holds: ['lib/words/text.ts'],
    may: [],
    packages: ['@wxt-dev/i18n', '#i18n'],
  },
  { name: 'domain', holds: ['lib/domain/'], may: ['domain'], packages: [] },
  { name: 'venue data', holds: venueData, may: ['domain', 'venue data', 'text'], packages: [] },
  {
    name: 'venues',
    holds: ['lib/venues/'],
    may: ['domain', 'venue data', 'venues', 'text'],
    packages: ['valibot'],
  },
  {
    name: 'protocol',
    holds: ['lib/protocol/'],
    may: ['domain', 'venue data', 'protocol'],
    packages: ['valibot', 'webextension-polyfill'],
  },
  {
    name: 'words',
    holds: ['lib/words/'],
    may: ['domain', 'protocol', 'words', 'text'],
    packages: [],
  },
  {
    name: 'worker',
    holds: ['lib/worker/'],
    may: [...ground, 'venues', 'worker'],
    packages: ['idb', 'valibot', 'webextension-polyfill'],
  },
  {
    name: 'page',
    holds: ['lib/page/'],
    may: [...ground, 'page'],
    packages: ['@preact/signals', 'webextension-polyfill'],
  },
  // It runs in strangers' pages: what it need not have, it does not have.
  { name: 'pointer', holds: ['lib/pointer/'], may: ['domain', 'pointer'], packages: [] },
  // It opens what it is told, and is told nothing else.
  {
    name: 'offscreen',
    holds: ['lib/offscreen/'],
    may: ['venue data', 'protocol', 'offscreen'],
    packages: [],
  },
  { name: 'components', holds: ['components/'], may: shown, packages: preact },
  {
    name: 'background',
    holds: ['entrypoints/background.ts'],
    may: ['domain', 'protocol', 'worker'],
    packages: ['wxt/utils/define-background', 'webextension-polyfill'],
  },
  {
    name: 'script in pages',
    holds: ['entrypoints/pointer.ts'],
    may: ['domain', 'pointer'],
    packages: ['wxt/utils/define-unlisted-script'],
  },
  {
    name: 'offscreen document',
    holds: ['entrypoints/offscreen.ts'],
    may: ['offscreen'],
    packages: ['wxt/utils/define-unlisted-script'],
  },
  ...['popup', 'options', 'lookup'].map((page) => ({
    name: `${page}'s frame`,
    holds: [`entrypoints/${page}/`],
    may: [...shown, `${page}'s frame`],
    packages: preact,
  })),
];

const roomOf = (file: string) =>
  rooms.find(({ holds }) => holds.some((place) => file.startsWith(place)));

/** Whose folder it lies in. */
const venueOf = (file: string) => /^lib\/venues\/([^/]+)\//.exec(file)?.[1];

test('every file lies in a room', () => {
  expect(sources.length).toBeGreaterThan(200);
  expect(sources.filter((file) => roomOf(file) === undefined)).toEqual([]);
});

test.each(rooms)('$name: imports from $may alone', ({ name, holds, may }) => {
  const own = arrows.filter(({ from }) => roomOf(from)?.name === name);
  const wrong = own.filter(({ to }) => !may.includes(roomOf(to)?.name ?? ''));
  expect(wrong).toEqual([]);
  // A wall around nothing holds nothing.
  for (const place of holds) expect(sources.some((file) => file.startsWith(place))).toBe(true);
});

test.each(rooms)('$name: of packages, $packages', ({ name, packages }) => {
  const own = sources.filter((file) => roomOf(file)?.name === name);
  const used = own.flatMap((file) =>
    importsOf(file).filter((written) => resolveImport(file, written) === undefined),
  );
  expect([...new Set(used)].filter((it) => !packages.includes(it))).toEqual([]);
});

test('no venue imports from the folder of another', () => {
  const between = arrows.filter(({ from, to }) => {
    const [one, other] = [venueOf(from), venueOf(to)];
    return one !== undefined && other !== undefined && one !== other;
  });
  expect(between).toEqual([]);
});

test('there is one place from which a request goes out, and one that opens a socket: in the offscreen document another', () => {
  const way =
    /\b(?:fetch\(|sendBeacon\(|new (?:WebSocket|XMLHttpRequest|EventSource|WebTransport)\b)/;
  const out = sources.filter((file) => way.test(read(file)));
  expect(out).toEqual([
    'lib/offscreen/serve-sockets.ts',
    'lib/worker/network/open-socket.ts',
    'lib/worker/network/send.ts',
  ]);
});

test('nothing imports itself, by whatever way round', () => {
  expect(findCircle()).toBeUndefined();
});

test('every import names a file that is there, and import() names it in plain text', () => {
  const there = new Set(sources);
  expect(arrows.filter(({ to }) => !there.has(to))).toEqual([]);
  expect(sources.filter((file) => /\bimport\(\s*[^')\s]/.test(read(file)))).toEqual([]);
});

test('an import within a folder begins with ./, any other with a # and the place from the root', () => {
  const files = [...sources, ...filesIn('tests')].filter((file) => /\.(tsx?|css)$/.test(file));
  const odd = files.flatMap((file) =>
    importsOf(file)
      .filter((written) => {
        const to = resolveImport(file, written);
        if (to === undefined) return false;
        // Beside these there is no name with a #.
        if (!/^(?:lib|components|tests)\//.test(to)) return false;
        return written !== (dirname(to) === dirname(file) ? `./${to.split('/').at(-1)}` : `#${to}`);
      })
      .map((written) => ({ file, written })),
  );
  expect(odd).toEqual([]);
});

/** The files of a circle, the first one again at its end. */
function findCircle(): string[] | undefined {
  const targets = Map.groupBy(arrows, ({ from }) => from);
  const done = new Set<string>();
  const follow = (file: string, way: readonly string[]): string[] | undefined => {
    if (way.includes(file)) return [...way.slice(way.indexOf(file)), file];
    if (done.has(file)) return undefined;
    for (const { to } of targets.get(file) ?? []) {
      const circle = follow(to, [...way, file]);
      if (circle !== undefined) return circle;
    }
    done.add(file);
    return undefined;
  };
  for (const file of sources) {
    const circle = follow(file, []);
    if (circle !== undefined) return circle;
  }
  return undefined;
}
