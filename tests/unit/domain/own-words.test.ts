import { expect, test } from 'vitest';
import { isUnusable, saidWords } from '#lib/domain/own-words.ts';
import { troubleReason } from '#lib/domain/reply.ts';
import { unreadable, venueWords } from '#lib/venues/failure.ts';

test.each([
  venueWords(503),
  unreadable({ status: 200, text: '' }).words,
  unreadable({ status: 200, text: '<html>' }).words,
  'an answer that is not the venue’s own · HTTP 403',
  'an answer that is too large to read · HTTP 200',
  'no answer within 10 s',
  'no answer: the connection failed',
  'no reply on the WebSocket',
  '2 open orders bear this client order id',
  'no open order bears this id',
  'no open order that could be read bears this id; 1 could not be read',
  'not in the list of orders',
])('%j is Pullcord’s own and not put in the venue’s mouth', (words) => {
  expect(saidWords('BtcTurk', words)).toEqual([words]);
});

test.each([
  venueWords(400, '-1121', 'Invalid symbol.'),
  venueWords(401, '40100'),
  'Open order not found with id',
  'not today',
])('%j was said by the venue', (words) => {
  expect(saidWords('BtcTurk', words)).toEqual([`BtcTurk: “${words}”`]);
});

test.each([
  [unreadable({ status: 200, text: '{}' }).words, true],
  [unreadable({ status: 200, text: '' }).words, true],
  ['an answer that is not the venue’s own · HTTP 408', true],
  ['an answer that is too large to read · HTTP 200', true],
  ['not among those orders of the list that can be read', true],
  ['no answer within 10 s', false],
  ['no answer: the connection failed', false],
  [venueWords(503), false],
])('%j is of an answer that came and is of no use: %s', (words, expected) => {
  expect(isUnusable(words)).toBe(expected);
  expect(troubleReason({ kind: 'unknown', words })).toBe(expected ? 'unusable' : 'unreachable');
});

test.each([undefined, ''])('%j is nothing', (words) => {
  expect(saidWords('BtcTurk', words)).toEqual([]);
});
