import { describe, expect, test } from 'vitest';
import type { Said } from '#lib/venues/envelope.ts';
import {
  readProblem,
  toBatch,
  toCancel,
  toReading,
  type ErrorTable,
} from '#lib/venues/error-table.ts';

const table: ErrorTable = {
  waits: { limit: 3000, ban: 9000 },
  rows: [
    ['-1', 'unknown'],
    ['-2', 'rate-limited'],
    ['-3', 'invalid-time'],
    ['-4', 'bad-key'],
    ['-5', 'no-right'],
    ['-6', 'unexpected'],
    ['-7', 'not-cancellable'],
    [/^-1\d$/, 'invalid-request'],
    [/already filled/i, 'filled'],
    [/\bfilled/i, 'was-cancelled'],
    [/unknown order/i, 'not-found'],
  ],
};

/** What a status, a code and a message come to: for any call, for a cancel, a reading, and a cancel of several. */
function meanings(status: number, told: Partial<Said>, text = '{"code":"…"}') {
  const { code } = told;
  const said = { isError: code !== undefined, isOwn: code !== undefined, ...told };
  const problem = readProblem(table, { status, text }, said);
  if (!problem) return undefined;
  const all = [problem.failure, toCancel(problem), toReading(problem), toBatch(problem)];
  return all.map(shortOf).join(' | ');
}

function shortOf(reply: ReturnType<typeof toCancel> | ReturnType<typeof toReading>): string {
  switch (reply.kind) {
    case 'refused':
      return reply.reason;
    case 'claimed':
      return `claim ${reply.claim}`;
    case 'rate-limited':
      return `${reply.retryAfter} ms`;
    case 'read':
      return reply.reading.status;
    default:
      return `(${reply.kind})`;
  }
}

const far = (before: number) => `${'x'.repeat(before)} unknown order`;

const each = (meaning: string) => Array(4).fill(meaning).join(' | ');
const message = 'No';

describe('a row', () => {
  test.each<[number, Partial<Said>, string | undefined]>([
    [400, { code: '-1' }, each('(unknown)')],
    [400, { code: '-2' }, each('3000 ms')],
    [200, { code: '-3' }, each('(invalid-time)')],
    [400, { code: '-4', message }, each('bad-key')],
    // Of several orders one may be somebody else's.
    [400, { code: '-5' }, 'no-right | no-right | no-right | (unknown)'],
    // It explains: the order is not why.
    [400, { code: '-6' }, each('unexpected')],
    [400, { code: '-7' }, 'unexpected | claim not-cancellable | unexpected | (unknown)'],
    [400, { code: '-12' }, each('invalid-request')],
    // Unexplained, it may be of one of several.
    [400, { code: 'X-12' }, 'unexpected | claim not-cancellable | unexpected | (unknown)'],
    [
      200,
      { code: '-99', message: 'Unknown order' },
      'unexpected | claim not-found | not-found | (unknown)',
    ],
    // The first that fits.
    [
      200,
      { code: '-99', message: 'Already filled' },
      'unexpected | claim filled | unexpected | (unknown)',
    ],
    [200, { code: '-4', message: 'Unknown order' }, each('bad-key')],
    // Whatever the words, of key and time-out the status speaks.
    [401, { code: '-99', message: 'Unknown order' }, each('unauthorized')],
    [503, { code: '-4' }, each('(unknown)')],
    [408, { code: '-4' }, each('(unknown)')],
    [408, { code: '-2' }, each('(unknown)')],
    // No error is said: an order that bears such words is none.
    [200, { message: 'already filled' }, undefined],
    [200, { code: '-4', isError: false }, undefined],
  ])('%i %j: %s', (status, told, expected) => {
    expect(meanings(status, told)).toBe(expected);
  });
});

describe('what all venues have in common', () => {
  test.each<[string, number, Partial<Said>, string, string | undefined]>([
    ['a success', 200, {}, '[]', undefined],
    ['a redirection', 302, {}, '', each('(unknown)')],
    ['a limit', 429, {}, '', each('3000 ms')],
    ['a ban', 418, {}, '', each('9000 ms')],
    [
      'words that ask to wait',
      200,
      { code: '-99', message: 'Too many requests' },
      '{}',
      each('3000 ms'),
    ],
    [
      'words of a moment',
      400,
      { code: '-2', message: 'try again in 7 seconds' },
      '{}',
      each('7000 ms'),
    ],
    ['a page', 403, {}, '<html></html>', each('blocked')],
    ['an empty refusal', 403, {}, '', each('blocked')],
    ['a page that is not there', 404, {}, '', each('unexpected')],
    ['JSON that is cut off', 400, {}, '{"code":-20', each('(unknown)')],
    ['for legal reasons', 451, { code: '-4' }, '{}', each('legal')],
    ['a gateway’s word', 400, { message: 'Bad' }, '{"message":"Bad"}', each('blocked')],
    [
      'its own, unexplained',
      400,
      { code: '-99' },
      '{}',
      'unexpected | claim not-cancellable | unexpected | (unknown)',
    ],
    [
      'its own, without a word of error',
      400,
      { code: '7', isError: false },
      '{}',
      each('invalid-request'),
    ],
    [
      'an order’s words in the error’s place',
      400,
      { message: 'Unknown order', isError: true },
      '{}',
      'unexpected | claim not-found | not-found | (unknown)',
    ],
    ['the words of an order alone', 404, { message: 'Unknown order' }, '{}', each('unexpected')],
    ['somebody’s error', 404, { message: 'No', isError: true }, '{}', each('unexpected')],
    ['a page inside the venue', 502, {}, '<html></html>', each('(unknown)')],
  ])('%s: %i %j', (_, status, told, text, expected) => {
    expect(meanings(status, told, text)).toBe(expected);
  });

  test.each<[number, Partial<Said>, string]>([
    [200, { isOwn: true }, each('(unknown)')],
    [400, { isOwn: true }, each('(unknown)')],
    [200, { isOwn: true, message: 'Unknown order' }, each('(unknown)')],
    [200, {}, each('(unknown)')],
    [429, { isOwn: true }, each('3000 ms')],
    // Of a firewall: the venue has not seen the request.
    [403, {}, each('blocked')],
  ])('%i with an error that is no text %j: %s', (status, told, expected) => {
    expect(meanings(status, { isError: true, isUnclear: true, ...told }, '{}')).toBe(expected);
  });

  test('no more of a message is looked at than of any', () => {
    expect(meanings(200, { code: '-99', message: far(3900) })).toContain('claim not-found');
    expect(meanings(200, { code: '-99', message: far(4000) })).toContain('claim not-cancellable');
  });

  test('of several errors each is looked at, and said by itself', () => {
    const said = { message: 'No', others: ['Unknown order'], isError: true, isOwn: true };
    const problem = readProblem(table, { status: 200, text: '{}' }, said);
    expect(problem).toMatchObject({
      claim: 'not-found',
      failure: { said: ['No', 'Unknown order'] },
    });
  });

  test('what is said is handed on, and nothing else', () => {
    const said = { code: '-99', message: 'Unknown order', isError: true, isOwn: true };
    const problem = readProblem(table, { status: 400, text: '{}' }, said);
    const heard = { said: ['Unknown order', '-99'], note: { code: 'http', status: 400 } };
    expect(problem && toCancel(problem)).toEqual({ kind: 'claimed', claim: 'not-found', ...heard });
    expect(problem && toReading(problem)).toEqual({
      kind: 'read',
      reading: { status: 'not-found', ...heard },
    });
  });
});
