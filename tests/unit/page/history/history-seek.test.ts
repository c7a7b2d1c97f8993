import { expect, test } from 'vitest';
import type { CancellationId } from '#lib/domain/cancellation.ts';
import type { HistoryRow } from '#lib/protocol/messages.ts';
import { seekInHistory, type ShownHistory } from '#lib/page/history/history-seek.ts';

const id = 'sought' as CancellationId;
const rowsOf = (...ids: string[]) =>
  ids.map((each, row) => ({ row, cancellation: { id: each } }) as HistoryRow);
const many = (count: number) => rowsOf(...Array.from({ length: count }, (_, row) => `${row}`));

const shown: ShownHistory = {
  rows: rowsOf('other'),
  found: '',
  text: '',
  hasMore: true,
  failed: false,
};

const cases: readonly [
  name: string,
  change: Partial<ShownHistory>,
  orderId: string | undefined,
  seek: object,
][] = [
  ['it is on the first page', { rows: rowsOf('other', 'sought') }, '42', { kind: 'here' }],
  ['nothing was read yet', { rows: undefined }, '42', { kind: 'wait' }],
  ['it is not, and the order is known', {}, '42', { kind: 'search', text: '42' }],
  ['the search is under way', { text: '42' }, '42', { kind: 'wait' }],
  [
    'the search has found it',
    { rows: rowsOf('sought'), text: '42', found: '42' },
    '42',
    { kind: 'here' },
  ],
  [
    'the search has found other cancellations of the order',
    { text: '42', found: '42' },
    '42',
    { kind: 'more' },
  ],
  [
    'the search has found none',
    { rows: [], text: '42', found: '42', hasMore: false },
    '42',
    { kind: 'nowhere' },
  ],
  [
    'the user sought something else before',
    { text: 'btc', found: 'btc' },
    '42',
    { kind: 'search', text: '42' },
  ],
  [
    'the same, of an order that is not known',
    { text: 'btc', found: 'btc' },
    undefined,
    { kind: 'search', text: '' },
  ],
  ['the order is not known', {}, undefined, { kind: 'more' }],
  ['all of it was read', { hasMore: false }, undefined, { kind: 'nowhere' }],
  ['500 rows were read', { rows: many(500) }, undefined, { kind: 'nowhere' }],
  ['a reading has failed', { failed: true }, '42', { kind: 'nowhere' }],
];

test.each(cases)('%s', (_, change, orderId, seek) => {
  expect(seekInHistory({ ...shown, ...change }, id, orderId)).toEqual(seek);
});
