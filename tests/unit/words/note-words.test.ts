import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Note, Remark } from '#lib/domain/remark.ts';
import { noteWords, plainRemark, quotedRemark, remarkWords } from '#lib/words/note-words.ts';

/** A key per code: a new note does not compile without its row here. */
const rows: { readonly [Code in Note['code']]: readonly [Extract<Note, { code: Code }>, string] } =
  {
    http: [{ code: 'http', status: 502 }, 'HTTP 502'],
    socket: [{ code: 'socket' }, 'WebSocket'],
    'no-text': [{ code: 'no-text', status: 502 }, 'HTTP 502, no text'],
    'empty-answer': [{ code: 'empty-answer', status: 200 }, 'an empty answer · HTTP 200'],
    'not-json': [
      { code: 'not-json', status: 200 },
      'an answer that is not the venue’s JSON · HTTP 200',
    ],
    'not-own': [
      { code: 'not-own', status: 403 },
      'an answer that is not the venue’s own · HTTP 403',
    ],
    'too-large': [
      { code: 'too-large', status: 200 },
      'an answer that is too large to read · HTTP 200',
    ],
    'without-time': [
      { code: 'without-time', status: 401 },
      'an answer without the time · HTTP 401',
    ],
    'without-order': [{ code: 'without-order' }, 'an answer without an order'],
    'without-submitted': [{ code: 'without-submitted' }, 'a reply without `submitted` · WebSocket'],
    'left-out': [{ code: 'left-out' }, 'the reply leaves this order out'],
    success: [{ code: 'success', is: false }, 'success: false'],
    count: [{ code: 'count', count: 1 }, 'count: 1'],
    'count-pending': [{ code: 'count-pending', count: 1 }, 'count: 1, pending'],
    'no-answer': [{ code: 'no-answer' }, 'no answer: the connection failed'],
    'timed-out': [{ code: 'timed-out' }, 'no answer within 10 s'],
    'socket-silent': [{ code: 'socket-silent' }, 'no reply on the WebSocket'],
    'socket-closed': [{ code: 'socket-closed' }, 'the WebSocket closed before a reply'],
    withdrawn: [{ code: 'withdrawn' }, 'withdrawn before it was sent'],
    'not-read': [{ code: 'not-read' }, 'not read'],
    'account-removed': [{ code: 'account-removed' }, 'account removed'],
    'no-such-id': [{ code: 'no-such-id' }, 'no id of this venue looks like that'],
    'endless-list': [{ code: 'endless-list' }, 'the list of orders has no end'],
    'not-listed': [{ code: 'not-listed' }, 'not in the list of orders'],
    'end-unread': [
      { code: 'end-unread' },
      'no longer among the open orders; whether it was cancelled or had filled, this key may not read',
    ],
    'not-among-readable': [
      { code: 'not-among-readable' },
      'not among those orders of the list that can be read',
    ],
    'symbol-untold': [{ code: 'symbol-untold' }, 'the list does not tell the symbol of this order'],
    'id-not-borne': [{ code: 'id-not-borne' }, 'no open order bears this id'],
    'ids-borne': [{ code: 'ids-borne', count: 2 }, '2 open orders bear this client order id'],
    'with-parent': [{ code: 'with-parent', id: 'P7' }, 'cancelled with its parent order P7'],
    'with-a-parent': [
      { code: 'with-a-parent', count: 2 },
      'cancelled with its parent order, one of 2',
    ],
    'not-written': [
      { code: 'not-written' },
      'The cancellation could not be written down, so nothing was sent. Free some disk space, or cancel on the venue’s own site.',
    ],
    inside: [{ code: 'inside' }, 'Something went wrong inside Pullcord.'],
    earlier: [{ code: 'earlier', text: 'E1 · HTTP 400' }, 'E1 · HTTP 400'],
  };

test.each(Object.values(rows))('%j is worded, and put in nobody’s mouth', (note, words) => {
  expect(noteWords(note)).toBe(words);
  expect(remarkWords('BtcTurk', { note })).toEqual([words]);
});

test('an id that no readable order bears', () => {
  expect(noteWords({ code: 'id-not-borne', unreadable: 3 })).toBe(
    'no open order that could be read bears this id; 3 could not be read',
  );
});

const http = { code: 'http', status: 400 } as const;

test.each<[Remark, sentences: string[], inStatus: string]>([
  [{}, [], ''],
  [{ said: ['Forbidden'] }, ['BtcTurk: “Forbidden”'], 'Forbidden'],
  [
    { said: ['Invalid symbol.', '-1121'], note: http },
    ['BtcTurk: “Invalid symbol.” · “-1121” · HTTP 400'],
    'Invalid symbol. · -1121 · HTTP 400',
  ],
  [{ said: ['no answer'] }, ['BtcTurk: “no answer”'], 'no answer'],
])('%j', (remark, sentences, inStatus) => {
  expect(remarkWords('BtcTurk', remark)).toEqual(sentences);
  expect(plainRemark(remark)).toBe(inStatus);
});

test('of a removed account nobody can say whose words they are', () => {
  expect(remarkWords('', { said: ['canceled'], note: http })).toEqual(['canceled · HTTP 400']);
});

test('in quotes stands what the venue said, and all of it', () => {
  const said = fc.array(fc.string({ minLength: 1 }).filter((text) => !/[“”]/.test(text)));
  const note = fc.constantFrom(...Object.values(rows).map(([each]) => each), undefined);
  fc.assert(
    fc.property(said, note, (texts, added) => {
      const words = quotedRemark({ said: texts, ...(added && { note: added }) });
      expect([...words.matchAll(/“([^”]*)”/gs)].map(([, text]) => text)).toEqual(texts);
    }),
  );
});
