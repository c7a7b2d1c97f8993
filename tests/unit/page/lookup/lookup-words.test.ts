import { expect, test } from 'vitest';
import type { AccountId } from '#lib/domain/account.ts';
import {
  beginningOf,
  choiceWords,
  doubtWords,
  foundTitle,
  oddAdvice,
  oddWords,
  soughtWords,
} from '#lib/page/lookup/lookup-words.ts';
import { accounts, foundOf, lookupOf } from './lookup-world.ts';

const newest = { kind: 'newest' } as const;
const unread = ['a' as AccountId];

test.each([
  [{ orders: [foundOf('a', '1')] }, '1 order found'],
  [{ orders: [foundOf('a', '1'), foundOf('a', '2')] }, '2 orders found'],
  [{}, 'No open order bears these ids'],
  [{ unread }, 'No open order that could be read bears these ids'],
  [{ stage: 'taken', orders: [foundOf('a', '1')] }, 'The order you asked for'],
  [{ wish: newest, orders: [foundOf('a', '1')] }, 'Your newest order'],
  [{ wish: newest, orders: [foundOf('a', '1')], unread }, 'The newest order that could be read'],
] as const)('%#: the heading', (more, title) => {
  expect(foundTitle(lookupOf(more))).toBe(title);
});

test('what there is to know before choosing', () => {
  const guard = foundOf('a', '1', undefined, { protective: true });
  expect(choiceWords(lookupOf({ orders: [guard] }))).toEqual([]);
  expect(choiceWords(lookupOf({ wish: newest, orders: [guard] }))).toEqual([
    'It guards a position, so it is not chosen from the start.',
  ]);
  expect(choiceWords(lookupOf({ wish: newest, orders: [foundOf('a', '1'), guard] }))).toEqual([
    'Any of these may be the newest: choose the one you mean.',
  ]);
});

test.each([
  ['selection', 'You could not see all of this text in the menu, so nothing was sent yet.'],
  ['link', 'A page can change where a link leads, so nothing was sent yet.'],
] as const)(
  'why an order that was named clearly was not cancelled at once: %s',
  (unseen, words) => {
    const wish = { kind: 'ids', ids: ['1'], more: false, text: '1', unseen } as const;
    expect(choiceWords(lookupOf({ wish, orders: [foundOf('a', '1', '1')] }))).toEqual([words]);
    const short = { ...foundOf('a', '1', '1'), doubt: 'short' } as const;
    expect(choiceWords(lookupOf({ wish, orders: [short] }))).toHaveLength(2);
    expect(choiceWords(lookupOf({ wish }))).toEqual([]);
  },
);

test('a time that has not come yet is said', () => {
  const ahead = { ...foundOf('a', '1'), doubt: 'future' } as const;
  const wrong = 'has not come yet: the venue’s clock or this computer’s is wrong.';
  expect(choiceWords(lookupOf({ wish: newest, orders: [ahead] }))).toEqual([
    `The time its venue tells ${wrong}`,
  ]);
  expect(choiceWords(lookupOf({ wish: newest, orders: [foundOf('a', '2'), ahead] }))).toEqual([
    `A time among them ${wrong}`,
    'Any of these may be the newest: choose the one you mean.',
  ]);
});

test('why an order is not chosen from the start', () => {
  const orders = [foundOf('a', '1', '1'), foundOf('a', '2', '2')];
  const piece = { ...foundOf('a', '3', '3'), doubt: 'piece' } as const;
  const short = { ...foundOf('a', '4', '4'), doubt: 'short' } as const;
  expect(choiceWords(lookupOf({ orders }))).toEqual([]);
  expect(choiceWords(lookupOf({ orders: [piece] }))).toEqual([
    'It bears only a piece of what may be another id, so it is not chosen from the start.',
  ]);
  expect(choiceWords(lookupOf({ orders: [short] }))).toEqual([
    'It was found by a number or a short word that may mean something else there, so it is not chosen from the start.',
  ]);
  expect(choiceWords(lookupOf({ orders: [...orders, piece, short] }))).toEqual([
    'Orders that bear only a piece of what may be another id are not chosen from the start.',
    'Orders found by a number or a short word that may mean something else there are not chosen from the start.',
  ]);
});

test('what stands in the text and is not understood', () => {
  const ids = { kind: 'ids', ids: [], more: false, text: '' } as const;
  expect(oddWords(newest)).toEqual([]);
  expect(oddWords(ids)).toEqual([]);
  const wish = { ...ids, doubtful: ['2·1', '3·1'], rounded: ['2.69475E+10'] };
  expect(oddWords(wish)).toEqual([
    { text: '2·1', key: 'lookup.odd.doubtful' },
    { text: '3·1', key: 'lookup.odd.doubtful' },
    {
      text: '2.69475E+10',
      key: 'lookup.odd.rounded',
    },
  ]);
  expect(oddAdvice(wish).title).toBe('An id that Pullcord does not understand');
  expect(oddAdvice({ ...wish, doubtful: [] }).title).toBe('The sheet has rounded the id');
});

test('what could not be looked at', () => {
  const wish = { kind: 'ids', ids: ['1'], more: true, text: '1' } as const;
  expect(doubtWords(lookupOf(), accounts)).toEqual([]);
  expect(doubtWords(lookupOf({ wish, unread }), accounts)).toEqual([
    'Only the first 50 ids were looked at.',
    'Main (BtcTurk) could not be read just now, or not wholly: an order may be open there all the same.',
  ]);
  const orders = [foundOf('z', '1')];
  expect(doubtWords(lookupOf({ wish: newest, unread, orders }), accounts)).toEqual([
    'Main (BtcTurk) could not be read just now, or not wholly: the newest order may be another one, there.',
  ]);
});

test.each([
  [4, 4, ''],
  [5, 3, 'and 2 more'],
])('of %i ids %i are named', (count, named, more) => {
  const ids = Array.from({ length: count }, (_, index) => `id-${index}`);
  const words = soughtWords({ kind: 'ids', ids, more: false, text: '' });
  expect(words).toEqual({ ids: ids.slice(0, named), more });
});

test('the beginning of a text is one line, and no character is cut in two', () => {
  expect(beginningOf('  two\n lines ')).toBe('two lines');
  expect(beginningOf('🪢'.repeat(5), 5)).toBe('🪢'.repeat(5));
  expect(beginningOf('🪢'.repeat(6), 5)).toBe(`${'🪢'.repeat(5)}…`);
});
