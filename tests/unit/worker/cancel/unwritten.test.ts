import { expect, test } from 'vitest';
import { UserError } from '#lib/domain/user-error.ts';
import { unwritten } from '#lib/worker/cancel/unwritten.ts';

test.each<[string, unknown, string, RegExp]>([
  ['a full disk', new DOMException('', 'QuotaExceededError'), 'journal-failed', /nothing was sent/],
  [
    'a later version’s database',
    new UserError('database-newer', 'Nothing was sent. Update Pullcord.'),
    'database-newer',
    /^Nothing was sent. Update Pullcord.$/,
  ],
])('of %s the sentence says what is wrong', (_, error, code, message) => {
  expect(unwritten(error)).toMatchObject({
    code,
    message: expect.stringMatching(message) as string,
  });
});
