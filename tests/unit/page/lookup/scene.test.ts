import { expect, test } from 'vitest';
import type { Lookup } from '#lib/domain/lookup.ts';
import { rememberLookup, sceneOf, type Scene } from '#lib/page/lookup/scene.ts';
import { emptyView, type View } from '#lib/protocol/view.ts';
import { foundOf, lookupId, lookupOf } from './lookup-world.ts';

const unlocked: View = { ...emptyView, vault: { state: 'unlocked' } };
const none: View = { ...emptyView, vault: { state: 'none' } };
const unknown = (id: string) => ({ id, accountIds: [] });
const newest = { kind: 'newest' } as const;
const ids = { kind: 'ids', ids: [], more: false, text: '' } as const;
const odd: Lookup['wish'] = { ...ids, doubtful: ['2·1'], rounded: [] };
const rounded: Lookup['wish'] = { ...ids, doubtful: [], rounded: ['2.69475E+10'] };

const cases: [string, View | undefined, Lookup | undefined, boolean, Scene['kind']][] = [
  ['before there is a view', undefined, undefined, false, 'reading'],
  ['without a vault', none, undefined, true, 'not-set-up'],
  ['locked, whatever was known', emptyView, lookupOf(), true, 'locked'],
  ['not told of yet', unlocked, undefined, false, 'reading'],
  ['not told of in time', unlocked, undefined, true, 'gone'],
  ['told of after all', unlocked, lookupOf({ stage: 'reading' }), true, 'reading'],
  ['too late', unlocked, lookupOf({ stage: 'expired' }), false, 'expired'],
  ['taken', unlocked, lookupOf({ stage: 'taken', orders: [foundOf('a', '1')] }), false, 'taken'],
  ['a text without an id', unlocked, lookupOf(), false, 'no-id'],
  ['what is not understood', unlocked, lookupOf({ wish: odd }), false, 'not-understood'],
  ['what is rounded', unlocked, lookupOf({ wish: rounded }), false, 'not-understood'],
  [
    'what is not understood beside an unknown id',
    unlocked,
    lookupOf({ wish: odd, unknown: [unknown('1')] }),
    false,
    'unknown-id',
  ],
  [
    'what is not understood, and an order by a piece of it',
    unlocked,
    lookupOf({ wish: odd, orders: [{ ...foundOf('a', '1', '1'), doubt: 'piece' }] }),
    false,
    'choosing',
  ],
  ['the newest of none', unlocked, lookupOf({ wish: newest }), false, 'none-open'],
  ['one unknown id', unlocked, lookupOf({ unknown: [unknown('1')] }), false, 'unknown-id'],
  [
    'several unknown ids',
    unlocked,
    lookupOf({ unknown: [unknown('1'), unknown('2')] }),
    false,
    'choosing',
  ],
  [
    'an unknown id beside an order',
    unlocked,
    lookupOf({ orders: [foundOf('a', '1')], unknown: [unknown('2')] }),
    false,
    'choosing',
  ],
];

test.each(cases)('%s', (_, view, lookup, isGone, kind) => {
  expect(sceneOf(view, lookup, isGone).kind).toBe(kind);
});

test('a lookup is remembered when the view forgets it, and forgotten with a lock', () => {
  const known = lookupOf({ stage: 'reading' });
  const later = lookupOf();
  const others = [lookupOf({ id: 'other' as Lookup['id'] })];
  expect(rememberLookup(undefined, lookupId, { ...unlocked, lookups: others })).toBeUndefined();
  expect(rememberLookup(known, lookupId, { ...unlocked, lookups: [...others, later] })).toBe(later);
  expect(rememberLookup(known, lookupId, { ...unlocked, lookups: others })).toBe(known);
  expect(rememberLookup(known, lookupId, emptyView)).toBeUndefined();
});
