import { expect, test } from 'vitest';
import { remarkOf, type Note, type Remark } from '#lib/domain/remark.ts';
import { troubleReason } from '#lib/domain/reply.ts';
import { remark, unreadable } from '#lib/venues/failure.ts';

test.each<[Remark, usable: boolean]>([
  [unreadable({ status: 200, text: '{}' }), false],
  [unreadable({ status: 200, text: '' }), false],
  [{ note: { code: 'not-own', status: 408 } }, false],
  [{ note: { code: 'too-large', status: 200 } }, false],
  [{ note: { code: 'without-time', status: 401 } }, false],
  [{ note: { code: 'endless-list' } }, false],
  [{ note: { code: 'not-among-readable' } }, false],
  [{ note: { code: 'timed-out' } }, true],
  [{ note: { code: 'no-answer' } }, true],
  [{}, true],
  [remark(503), true],
  // A venue may say what it likes.
  [remark(503, 'an answer that is not the venue’s own'), true],
])('%j: it is the connection: %s', (heard, isConnection) => {
  expect(troubleReason({ kind: 'unknown', ...heard })).toBe(
    isConnection ? 'unreachable' : 'unusable',
  );
});

test('a remark is taken without the rest', () => {
  const note: Note = { code: 'http', status: 400 };
  expect(remarkOf({ kind: 'refused', said: ['no'], note } as Remark)).toEqual({
    said: ['no'],
    note,
  });
  expect(remarkOf({ kind: 'refused' } as Remark)).toEqual({});
});
