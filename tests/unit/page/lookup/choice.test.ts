import { expect, test } from 'vitest';
import type { Lookup } from '#lib/domain/lookup.ts';
import { chosenAtFirst, foundKey, sharedIds } from '#lib/page/lookup/choice.ts';
import { foundOf, lookupOf } from './lookup-world.ts';

const uuid = '7155ed34-9ec4-4733-8b32-1e4319cb662f';
const guard = { protective: true };
const newest = { kind: 'newest' } as const;

/** `chosen`: by their place. */
const cases: [string, Partial<Lookup>, chosen: number[], shared: string[]][] = [
  [
    'each by an id of its own',
    { orders: [foundOf('a', '1', '1'), foundOf('z', '2', 'mine')] },
    [0, 1],
    [],
  ],
  [
    'one id on two accounts',
    { orders: [foundOf('a', '1', '1'), foundOf('z', '1', '1'), foundOf('a', '2', '2')] },
    [2],
    ['1'],
  ],
  [
    'one UUID in two cases',
    { orders: [foundOf('a', '1', uuid), foundOf('z', '2', uuid.toUpperCase())] },
    [],
    [uuid],
  ],
  [
    'client ids in two cases',
    { orders: [foundOf('a', '1', 'bot-a'), foundOf('a', '2', 'bot-A')] },
    [0, 1],
    [],
  ],
  [
    'by a piece of what may be another id, by a short one',
    {
      orders: [
        foundOf('a', '1', '1'),
        { ...foundOf('a', '2', '2'), doubt: 'piece' },
        { ...foundOf('z', '3', '3'), doubt: 'short' },
      ],
    },
    [0],
    [],
  ],
  ['a guard that was named', { orders: [foundOf('a', '1', '1', guard)] }, [0], []],
  ['the newest', { wish: newest, orders: [foundOf('a', '1')] }, [0], []],
  [
    'the newest is a guard',
    { wish: newest, orders: [foundOf('a', '1', undefined, guard)] },
    [],
    [],
  ],
  [
    'several may be the newest',
    { wish: newest, orders: [foundOf('a', '1'), foundOf('z', '2')] },
    [],
    [],
  ],
];

test.each(cases)('%s', (_, more, chosen, shared) => {
  const lookup = lookupOf(more);
  const keys = lookup.orders.map(foundKey);
  expect([...chosenAtFirst(lookup)]).toEqual(chosen.map((place) => keys[place]));
  expect(sharedIds(lookup)).toEqual(shared);
});
