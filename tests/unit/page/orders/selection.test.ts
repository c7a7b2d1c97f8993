import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  extendTo,
  keepShown,
  nothingSelected,
  selectAll,
  summarize,
  toggleRow,
  type Selection,
  type ShownRow,
} from '#lib/page/orders/selection.ts';

/** One letter a row: lower case can be selected, `!` after it is protective, upper case cannot be selected. */
function rowsOf(text: string): ShownRow[] {
  return [...text.matchAll(/([a-z])(!?)/gi)].map(([, key = '', mark]) => ({
    key: key.toLowerCase(),
    canSelect: key === key.toLowerCase(),
    protective: mark === '!',
  }));
}

type Act = (selection: Selection) => Selection;

describe.each(['abcdef', 'ab!cDef'])('on %s', (text) => {
  const rows = rowsOf(text);
  const hasD = text.includes('d');
  const toggle = (key: string) => (selection: Selection) => toggleRow(selection, rows, key);
  const extend = (key: string, from?: string) => (selection: Selection) =>
    extendTo(selection, rows, key, from);
  const all: Act = (selection) => selectAll(selection, rows);

  const cases: [string, Act[], string][] = [
    ['a row goes in', [toggle('b')], 'b'],
    ['and out again', [toggle('b'), toggle('a'), toggle('b')], 'a'],
    ['a row that is not there', [toggle('a'), toggle('x')], 'a'],
    ['a row that cannot be selected', [toggle('d')], 'd'],
    ['a range down, and nothing twice', [toggle('c'), toggle('b'), extend('d')], 'bcd'],
    ['a range up', [toggle('e'), extend('b')], 'bcde'],
    ['a range without a beginning is its end', [extend('c')], 'c'],
    ['the range goes on from where it began', [toggle('c'), extend('e'), extend('a')], 'abc'],
    ['what it no longer reaches goes out', [toggle('a'), extend('f'), extend('b')], 'ab'],
    [
      'but not what had been selected before',
      [toggle('e'), toggle('a'), extend('f'), extend('b')],
      'abe',
    ],
    [
      'a range from where the last one ended',
      [toggle('a'), extend('b', 'a'), extend('c', 'b')],
      'abc',
    ],
    ['and back', [toggle('a'), extend('b', 'a'), extend('c', 'b'), extend('b', 'c')], 'ab'],
    ['a range from elsewhere is another', [toggle('a'), extend('f', 'e')], 'aef'],
    ['all', [all], text.includes('!') ? 'acdef' : 'abcdef'],
    ['all, with what was selected by itself', [toggle('b'), all], 'abcdef'],
    ['cleared', [all, () => nothingSelected], ''],
    ['nothing', [], ''],
  ];
  test.each(cases)('%s', (_, acts, expected) => {
    const selection = acts.reduce((before, act) => act(before), nothingSelected);
    const selectable = hasD ? expected : expected.replace('d', '');
    expect([...selection.keys].toSorted().join('')).toBe(selectable);
  });
});

test('the range begins at its end where its beginning has left', () => {
  const selection = extendTo(nothingSelected, rowsOf('abc'), 'a');
  expect([...extendTo(keepShown(selection, rowsOf('bc')), rowsOf('bc'), 'c').keys]).toEqual(['c']);
});

test.each([
  ['ab!cD!', '', { count: 0, protective: 0, hasMore: true, leftOut: 0 }],
  ['ab!cD!', 'a', { count: 1, protective: 0, hasMore: true, leftOut: 0 }],
  ['ab!cD!', 'ab', { count: 2, protective: 1, hasMore: true, leftOut: 0 }],
  ['ab!cD!', 'ac', { count: 2, protective: 0, hasMore: false, leftOut: 1 }],
  ['ab!cD!', 'abc', { count: 3, protective: 1, hasMore: false, leftOut: 0 }],
  ['a!b!', 'a', { count: 1, protective: 1, hasMore: false, leftOut: 1 }],
])('%s with “%s” selected', (text, keys, summary) => {
  expect(summarize({ keys: new Set(keys) }, rowsOf(text))).toEqual(summary);
});

describe('laws', () => {
  const letters = ['a', 'b', 'c', 'd', 'e', 'f'];
  const key = fc.constantFrom(...letters);
  const someRows = fc.shuffledSubarray(letters).chain((keys) =>
    fc.tuple(
      ...keys.map((each) =>
        fc.record({
          key: fc.constant(each),
          canSelect: fc.boolean(),
          protective: fc.boolean(),
        }),
      ),
    ),
  );
  const act = fc.oneof(
    fc.record({ kind: fc.constant('toggle' as const), key }),
    fc.record({
      kind: fc.constant('extend' as const),
      key,
      from: fc.option(key, { nil: undefined }),
    }),
    fc.record({ kind: fc.constant('all' as const) }),
    fc.record({ kind: fc.constant('rows' as const), rows: someRows }),
  );

  test('the selection is a part of the rows shown that can be selected; a range has no gaps', () => {
    fc.assert(
      fc.property(someRows, fc.array(act, { maxLength: 12 }), (first, acts) => {
        let rows: readonly ShownRow[] = first;
        let selection = nothingSelected;
        for (const each of acts) {
          const before = selection;
          if (each.kind === 'rows') rows = each.rows;
          if (each.kind === 'rows') selection = keepShown(selection, rows);
          if (each.kind === 'toggle') selection = toggleRow(selection, rows, each.key);
          if (each.kind === 'extend') selection = extendTo(selection, rows, each.key, each.from);
          if (each.kind === 'all') selection = selectAll(selection, rows);

          const selectable = rows.filter(({ canSelect }) => canSelect).map((row) => row.key);
          for (const selected of selection.keys) expect(selectable).toContain(selected);
          const hasProtectiveMore = rows.some(
            (row) => row.protective && selection.keys.has(row.key) && !before.keys.has(row.key),
          );
          if (each.kind === 'all') expect(hasProtectiveMore).toBe(false);
          if (each.kind === 'extend' && selectable.includes(each.key)) {
            const { anchor, end } = selection.range ?? { anchor: '', end: '' };
            const places = [anchor, end].map((name) => rows.findIndex((row) => row.key === name));
            const span = rows.slice(Math.min(...places), Math.max(...places) + 1);
            expect(end).toBe(each.key);
            for (const row of span) expect(selection.keys.has(row.key)).toBe(row.canSelect);
          }
        }
      }),
    );
  });
});
