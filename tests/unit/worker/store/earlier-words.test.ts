import { expect, test } from 'vitest';
import { openedOf } from '#lib/worker/store/earlier-words.ts';

/** As earlier versions stored them, and what they are read as: nobody can tell any more who said it. */
const words = 'no open order bears this id';
const note = { code: 'earlier', text: words };

test.each<[table: string, stored: unknown, read: unknown]>([
  ['cancellations', { id: 'c', state: 'refused', words }, { id: 'c', state: 'refused', note }],
  ['cancellations', { id: 'c', state: 'cancelled', words: '' }, { id: 'c', state: 'cancelled' }],
  [
    'accounts',
    { id: 'a', lastTest: { at: 1, result: { ok: false, reason: 'unreachable', words } } },
    { id: 'a', lastTest: { at: 1, result: { ok: false, reason: 'unreachable', note } } },
  ],
  [
    'orders',
    { orders: [], reading: false, trouble: { reason: 'unreachable', words, at: 1 } },
    { orders: [], reading: false, trouble: { reason: 'unreachable', note, at: 1 } },
  ],
  [
    'sweeps',
    {
      begun: [],
      sweep: { id: 's', accounts: [{ tally: {}, trouble: { reason: 'clock', words } }] },
    },
    {
      begun: [],
      sweep: { id: 's', accounts: [{ tally: {}, trouble: { reason: 'clock', note } }] },
    },
  ],
  [
    'sweeps',
    { begun: [], sweep: { id: 's', accounts: [{ tally: {}, failure: 'No room left.' }] } },
    {
      begun: [],
      sweep: {
        id: 's',
        accounts: [{ tally: {}, failure: { code: 'earlier', text: 'No room left.' } }],
      },
    },
  ],
])('%s: %j', (table, stored, read) => {
  expect(openedOf(table, stored)).toEqual(read);
});

test.each<[table: string, record: unknown]>([
  ['cancellations', { id: 'c', said: ['no'], note: { code: 'http', status: 400 } }],
  ['accounts', { id: 'a', label: 'Main' }],
  ['accounts', { id: 'a', lastTest: { at: 1, result: { ok: true, openOrders: 2 } } }],
  ['orders', { orders: [{ id: '1' }], reading: false }],
  ['sweeps', { begun: ['a'], sweep: { id: 's', accounts: [{ tally: {}, phase: 'empty' }] } }],
  ['sweeps', { begun: [], sweep: { accounts: [{ failure: { code: 'not-written' } }] } }],
  ['credentials', { words: 'a key may be called so' }],
  ['settings', undefined],
])('%s: %j stays', (table, record) => {
  expect(openedOf(table, record)).toEqual(record);
});
