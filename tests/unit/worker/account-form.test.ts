import { describe, expect, test } from 'vitest';
import type { Account, AccountId } from '#lib/domain/account.ts';
import { expectNewAccount } from '#lib/worker/account-form.ts';

const main: Account = {
  id: 'main' as AccountId,
  venue: 'ripio',
  label: 'Main',
  environment: 'live',
};
const box = {
  ...main,
  id: 'box' as AccountId,
  label: 'Box',
  environment: 'sandbox',
  sandboxUrl: 'http://127.0.0.1:4101',
} as const;
const others = [
  { account: main, credentials: { apiKey: 'key-1' } },
  { account: box, credentials: { apiKey: 'key-2' } },
];

describe('an account beside those there are', () => {
  const refused: [name: string, change: Partial<Account>, apiKey: string, field: string][] = [
    ['the same label', { label: 'Main' }, 'new', 'label'],
    ['the same label at another venue', { label: 'Main', venue: 'ztdx' }, 'new', 'label'],
    ['the same key', {}, 'key-1', 'apiKey'],
    ['the same key at the same sandbox', { ...box, label: 'New' }, 'key-2', 'apiKey'],
  ];
  test.each(refused)('%s is refused', (_, change, apiKey, field) => {
    const add = () =>
      expectNewAccount({ ...main, label: 'New', ...change }, { apiKey, apiSecret: 's' }, others);
    expect(add).toThrow(expect.objectContaining({ field }));
  });

  test('the sentence names the account that has the key, and not the key', () => {
    const known = others;
    const add = () =>
      expectNewAccount({ ...main, label: 'New' }, { apiKey: 'key-1', apiSecret: 's' }, known);
    expect(add).toThrow(
      'The account “Main” has this key already: each order would be listed twice. ' +
        'Paste another key, or remove that account first.',
    );
  });

  const taken: [name: string, change: Partial<Account>, apiKey: string][] = [
    ['another key', {}, 'key-3'],
    ['a key that differs in case', {}, 'KEY-1'],
    ['the same key at another venue', { venue: 'ztdx' }, 'key-1'],
    ['the same key in another environment', { environment: 'test' }, 'key-1'],
    ['the same key at another sandbox', { ...box, sandboxUrl: 'http://127.0.0.1:4102' }, 'key-2'],
  ];
  test.each(taken)('%s is added', (_, change, apiKey) => {
    const account = { ...main, ...change, label: 'New' };
    expect(() => expectNewAccount(account, { apiKey, apiSecret: 's' }, others)).not.toThrow();
  });
});
