import * as fc from 'fast-check';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { UserError } from '#lib/domain/user-error.ts';
import { requestSchemas, type RequestInput } from '#lib/protocol/messages.ts';
import * as v from 'valibot';
import { type Listener } from './serve-parts.ts';
import { popup, offscreen, called, heard, tell, failWith, reset } from './serve-world.ts';

vi.mock('webextension-polyfill', async () => (await import('./serve-parts.ts')).browserMock);

beforeEach(reset);

const account = '0f4a8504-21fb-4be6-9771-25dcf5f68f87';
const anyRequest = v.union(Object.values(requestSchemas).map((schema) => schema()));

describe('who is answered', () => {
  test('an own page is', async () => {
    expect(await tell({ kind: 'hello' })).toEqual({ ok: true, value: undefined });
    expect(called).toEqual([{ kind: 'hello' }]);
  });

  test.each([
    ['another extension', { id: 'other', url: popup.url }],
    ['a web page', { id: 'pullcord', url: 'https://evil.example/' }],
    [
      'a web page with a likely address',
      { id: 'pullcord', url: 'https://x/chrome-extension://pullcord/' },
    ],
    [
      'another extension with a likely id',
      { id: 'pullcord', url: 'chrome-extension://pullcord2/popup.html' },
    ],
    ['the offscreen document', offscreen],
    ['a page of its address in a tab', { ...offscreen, tab: { id: 7 } }],
    ['one with more behind it', { ...offscreen, url: `${offscreen.url}?popup.html` }],
    ['a sender without address', { id: 'pullcord' }],
    ['a sender without id', { url: popup.url }],
  ])('%s is not', (_, sender) => {
    expect(tell({ kind: 'lock' }, sender)).toBeUndefined();
    expect(called).toEqual([]);
  });
});

describe('what a script in a page may tell', () => {
  const script = { id: 'pullcord', url: 'https://kripto.btcturk.com/pro', tab: { id: 7 } };

  test('the ids under a right-click, and it is not answered', () => {
    const told = { kind: 'right-clicked', ids: ['26947521101'], place: 'text' };
    expect(tell(told, script)).toBeUndefined();
    expect(heard).toEqual([told]);
    expect(called).toEqual([]);
  });

  test.each<[what: string, message: unknown, sender: Parameters<Listener>[1]]>([
    ['a wish to cancel', { kind: 'cancel-many', orders: [] }, script],
    ['a wish to cancel all', { kind: 'cancel-all', filter: {}, withProtective: true }, script],
    ['a question', { kind: 'history' }, script],
    [
      '51 ids',
      { kind: 'right-clicked', ids: Array.from({ length: 51 }, String), place: 'text' },
      script,
    ],
    ['a long id', { kind: 'right-clicked', ids: ['1'.repeat(101)], place: 'text' }, script],
    ['what is no id', { kind: 'right-clicked', ids: [7], place: 'text' }, script],
    ['what stands nowhere', { kind: 'right-clicked', ids: ['1'], place: 'page' }, script],
    ['what stands it does not say where', { kind: 'right-clicked', ids: ['1'] }, script],
    [
      'ids from outside a tab',
      { kind: 'right-clicked', ids: ['1'], place: 'text' },
      { ...script, tab: undefined as never },
    ],
    [
      'ids from another extension',
      { kind: 'right-clicked', ids: ['1'], place: 'text' },
      { ...script, id: 'other' },
    ],
    [
      'ids from a page without address',
      { kind: 'right-clicked', ids: ['1'], place: 'text' },
      { ...script, url: '' },
    ],
  ])('not %s', (_, message, sender) => {
    expect(tell(message, sender)).toBeUndefined();
    expect(heard).toEqual([]);
    expect(called).toEqual([]);
  });
});

describe('what is understood', () => {
  const form = {
    kind: 'save-account',
    venue: 'ripio',
    label: 'Main',
    environment: 'live',
    apiKey: 'key',
    apiSecret: 'secret',
  };

  test.each<unknown>([
    { kind: 'hello' },
    { kind: 'unlock', passphrase: 'p'.repeat(1024) },
    { kind: 'change-settings', autoLock: 15 },
    form,
    { ...form, sandboxUrl: 'http://127.0.0.1:4101' },
    { kind: 'refresh', byUser: true },
    { kind: 'cancel', accountId: account, idKind: 'client-order-id', id: 'x' },
    { kind: 'history' },
    { kind: 'history', before: 51 },
  ])('%j', (message) => {
    expect(v.is(anyRequest, message)).toBe(true);
  });

  test.each<unknown>([
    undefined,
    null,
    'hello',
    {},
    { kind: 'constructor' },
    { kind: 'unlock' },
    { kind: 'change-settings', autoLock: 0 },
    { ...form, venue: 'elsewhere' },
    { ...form, label: 7 },
    { kind: 'cancel', accountId: 'not a uuid', idKind: 'order-id', id: 'x' },
    { kind: 'cancel', accountId: account, idKind: 'any', id: 'x' },
    { kind: 'cancel', accountId: account, idKind: 'order-id', id: 9 },
  ])('not %j', async (message) => {
    expect(await tell(message)).toMatchObject({ ok: false, error: { code: 'misunderstood' } });
    expect(called).toEqual([]);
  });

  test.each<[field: string, message: RequestInput]>([
    ['passphrase', { kind: 'unlock', passphrase: 'p'.repeat(1025) }],
    ['apiSecret', { ...form, apiSecret: 's'.repeat(4097) } as RequestInput],
    ['id', { kind: 'cancel', accountId: account, idKind: 'order-id', id: '7'.repeat(1_000_000) }],
    ['text', { kind: 'history', text: 'x'.repeat(4097) }],
    ['text', { kind: 'cancel-all', filter: { text: 'x'.repeat(4097) }, withProtective: true }],
  ])('a %s that is longer than any is told to be that', async (field, message) => {
    const answer = await tell(message);
    expect(answer).toMatchObject({ ok: false, error: { code: 'too-long', field } });
    expect(JSON.stringify(answer).length).toBeLessThan(200);
    expect(called).toEqual([]);
  });

  test('any value in the place of another is parsed or answered by a sentence, and gets no further', async () => {
    const values = fc.oneof(
      fc.anything({ withNullPrototype: true, maxDepth: 2 }),
      fc.constantFrom('__proto__', '\ud800', '\u0000', '\u202e', 'x'.repeat(5000), 1e308, -0, ''),
    );
    const kinds = Object.values(requestSchemas).map((schema) => schema().entries);
    const message = fc
      .constantFrom(...kinds)
      .chain((entries) =>
        fc.record(
          Object.fromEntries(
            Object.keys(entries).map((name) => [
              name,
              name === 'kind' ? fc.constant(entries.kind.literal) : values,
            ]),
          ),
          { requiredKeys: ['kind'] },
        ),
      );
    await fc.assert(
      fc.asyncProperty(message, async (each) => {
        reset();
        const answer = await tell(each);
        const isMeant = v.is(anyRequest, each);
        expect(called.length).toBe(isMeant ? 1 : 0);
        const error = { code: expect.stringMatching(/^(misunderstood|too-long)$/) };
        expect(answer).toMatchObject(isMeant ? { ok: true } : { ok: false, error });
      }),
      { numRuns: 500 },
    );
  });

  test('fields that nobody asked for are dropped', async () => {
    await tell({ kind: 'unlock', passphrase: 'p', isOwnPage: true });
    expect(called).toEqual([{ kind: 'unlock', passphrase: 'p' }]);
  });
});

describe('how an error goes back', () => {
  test('a sentence for the user as it is', async () => {
    failWith(new UserError('wrong-passphrase', 'Try again.', 'passphrase'));
    expect(await tell({ kind: 'lock' })).toEqual({
      ok: false,
      error: { code: 'wrong-passphrase', message: 'Try again.', field: 'passphrase' },
    });
  });

  test('without a field where it is about none', async () => {
    failWith(new UserError('locked', 'Unlock.'));
    expect(await tell({ kind: 'lock' })).toStrictEqual({
      ok: false,
      error: { code: 'locked', message: 'Unlock.' },
    });
  });

  test('a full disk by what to do about it', async () => {
    failWith(new DOMException('secret text', 'QuotaExceededError'));
    const answer = await tell({ kind: 'lock' });
    expect(answer).toMatchObject({ ok: false, error: { code: 'disk-full' } });
    expect(JSON.stringify(answer)).toContain('Free some disk space');
    expect(JSON.stringify(answer)).not.toContain('secret');
  });

  test('any other without its text', async () => {
    failWith(new TypeError('https://api.btcturk.com/?signature=abc'));
    const answer = await tell({ kind: 'lock' });
    expect(answer).toMatchObject({ ok: false, error: { code: 'unexpected' } });
    expect(JSON.stringify(answer)).not.toContain('signature');
  });
});
