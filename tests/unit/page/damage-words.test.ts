import { expect, test } from 'vitest';
import type { AccountId } from '#lib/domain/account.ts';
import { canAcceptDamage, damageWords } from '#lib/page/damage-words.ts';
import { emptyView } from '#lib/protocol/view.ts';

const ids = (count: number) => Array.from({ length: count }, (_, id) => `${id}` as AccountId);

test.each([
  ['nothing', {}, [], false],
  ['settings', { settings: true }, ['Your settings were damaged'], true],
  ['an account', { accounts: ids(1) }, ['The entry of an account is damaged'], false],
  ['accounts', { accounts: ids(3) }, ['The entries of 3 accounts'], false],
  ['a cancel', { cancellations: 1 }, ['a cancel that had not ended'], true],
  ['cancels', { cancellations: 2 }, ['2 cancels that had not ended'], true],
  ['Cancel alls', { sweeps: 2 }, ['The entry of a Cancel all'], true],
  [
    'all of it',
    { settings: true, accounts: ids(1), cancellations: 1, sweeps: 1 },
    ['settings', 'account', 'a cancel', 'a Cancel all'],
    true,
  ],
])('%s', (_, damage, words, canAccept) => {
  const all = { ...emptyView.damage, ...damage };
  const told = damageWords(all);
  expect(told).toHaveLength(words.length);
  for (const [index, word] of words.entries()) expect(told[index]).toContain(word);
  expect(canAcceptDamage(all)).toBe(canAccept);
});
