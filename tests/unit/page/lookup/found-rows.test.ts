import { expect, test } from 'vitest';
import type { Cancellation, CancellationId } from '#lib/domain/cancellation.ts';
import type { Decimal } from '#lib/domain/decimal.ts';
import type { Lookup } from '#lib/domain/lookup.ts';
import { foundRows, type FoundRow, type FoundRowsInput } from '#lib/page/lookup/found-rows.ts';
import { accounts, byId, cancellationFor, foundOf, lookupOf } from './lookup-world.ts';
import { now, orderOf } from '#tests/unit/support/view-world.ts';

const key = 'a order 1';
const orders = [foundOf('a', '1', '1')];
const before = { at: { requested: now - 5000 }, act: { id: 'popup' as never } };

function rowOf(more: Partial<FoundRowsInput> = {}, lookup: Partial<Lookup> = {}): FoundRow {
  const [row] = foundRows({
    lookup: lookupOf({ orders, ...lookup }),
    view: { accounts, orders: {}, cancellations: {}, holds: {} },
    choices: new Map(),
    asked: new Map(),
    shownAt: now,
    now,
    ...more,
  });
  if (!row) throw new Error('no row');
  return row;
}
const said = ({ words, chosen }: FoundRow) => [words.status, chosen];
const withCancellations = (...all: Cancellation[]) => ({
  view: { accounts, orders: {}, cancellations: byId(...all), holds: {} },
});

test.each<[string, FoundRow, [string, boolean | undefined]]>([
  ['open', rowOf(), ['', true]],
  ['unticked', rowOf({ choices: new Map([[key, false]]) }), ['', false]],
  [
    'just asked for',
    rowOf({ asked: new Map([[key, { kind: 'asking' }]]) }),
    ['Cancelling', undefined],
  ],
  [
    'cancelled in part',
    rowOf(
      withCancellations(
        cancellationFor('c', 'a', '1', {
          state: 'cancelled',
          filled: '0.4' as Decimal,
          quantity: '1' as Decimal,
        }),
      ),
    ),
    ['Cancelled, filled 0.4 of 1', undefined],
  ],
  [
    'refused: it can be chosen again',
    rowOf({
      ...withCancellations(cancellationFor('c', 'a', '1', { state: 'refused', said: ['No'] })),
      choices: new Map([[key, false]]),
    }),
    ['Refused: No', false],
  ],
  [
    'under way already',
    rowOf(withCancellations(cancellationFor('c', 'a', '1', { ...before, state: 'accepted' }))),
    ['Accepted, confirming', undefined],
  ],
  [
    'refused long before the wish',
    rowOf(withCancellations(cancellationFor('c', 'a', '1', { ...before, state: 'refused' }))),
    ['', true],
  ],
  [
    'the same id on another account',
    rowOf(withCancellations(cancellationFor('c', 'z', '1', { state: 'cancelled' }))),
    ['', true],
  ],
  [
    'of a removed account',
    rowOf({}, { orders: [foundOf('gone', '1', '1')] }),
    ['Account removed', undefined],
  ],
  ['taken, and not told of yet', rowOf({}, { stage: 'taken' }), ['Cancelling', undefined]],
  [
    'taken, and not told of in time',
    rowOf({ now: now + 4000 }, { stage: 'taken' }),
    ['See the history', undefined],
  ],
  [
    'taken and refused: nothing to choose',
    rowOf(withCancellations(cancellationFor('c', 'a', '1', { state: 'refused', said: ['No'] })), {
      stage: 'taken',
    }),
    ['Refused: No', undefined],
  ],
])('%s', (_, row, words) => {
  expect(said(row)).toEqual(words);
});

test('the cancellation that the worker named counts, whoever asked for it first', () => {
  const cancellationId = 'joined' as CancellationId;
  const joined = cancellationFor('joined', 'a', '1', { ...before, state: 'cancelled' });
  const asked = new Map([[key, { kind: 'answered', cancellationId, at: now } as const]]);
  expect(said(rowOf({ ...withCancellations(joined), asked }))).toEqual(['Cancelled', undefined]);
  expect(said(rowOf({ asked }))).toEqual(['Cancelling', undefined]);
});

test('trigger orders that may go with it are told of, where the venue takes them along', () => {
  const guard = orderOf('2', { protective: true, side: 'sell' });
  const lists = { a: { orders: [guard], reading: false }, z: { orders: [guard], reading: false } };
  const view = { accounts, orders: lists as never, cancellations: {}, holds: {} };
  expect(rowOf({ view }, { orders: [foundOf('z', '1', '1')] }).takesAlong).toBe('attached');
  expect(rowOf({ view }).takesAlong).toBeUndefined();
});
