import { beforeEach, describe, expect, test, vi } from 'vitest';
import { UserError } from '#lib/domain/user-error.ts';
import { requestSchema, type RequestInput, type RightClick } from '#lib/protocol/messages.ts';
import { serve, type Handlers } from '#lib/worker/serve.ts';
import * as v from 'valibot';

type Listener = (message: unknown, sender: { id?: string; url?: string; tab?: object }) => unknown;
const listeners = vi.hoisted((): Listener[] => []);

vi.mock('webextension-polyfill', () => ({
  default: {
    runtime: {
      id: 'pullcord',
      getURL: (path: string) => `chrome-extension://pullcord/${path}`,
      onMessage: { addListener: (listener: Listener) => listeners.push(listener) },
    },
  },
}));

const popup = { id: 'pullcord', url: 'chrome-extension://pullcord/popup.html' };
const account = '0f4a8504-21fb-4be6-9771-25dcf5f68f87';

let called: RequestInput[] = [];
let fail: Error | undefined;
const handler = async (request: RequestInput) => {
  called.push(request);
  if (fail !== undefined) throw fail;
};
let heard: RightClick[] = [];
serve(new Proxy({}, { get: () => handler }) as Handlers, (told) => heard.push(told));

beforeEach(() => {
  called = [];
  heard = [];
  fail = undefined;
});

function tell(message: unknown, sender: Parameters<Listener>[1] = popup): unknown {
  const [listener] = listeners;
  if (listener === undefined) throw new Error('nobody listens');
  return listener(message, sender);
}

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
    expect(v.is(requestSchema, message)).toBe(true);
  });

  test.each<unknown>([
    undefined,
    null,
    'hello',
    {},
    { kind: 'constructor' },
    { kind: 'unlock' },
    { kind: 'unlock', passphrase: 'p'.repeat(1025) },
    { kind: 'change-settings', autoLock: 0 },
    { ...form, venue: 'elsewhere' },
    { ...form, label: 7 },
    { ...form, apiSecret: 's'.repeat(4097) },
    { kind: 'cancel', accountId: 'not a uuid', idKind: 'order-id', id: 'x' },
    { kind: 'cancel', accountId: account, idKind: 'any', id: 'x' },
    { kind: 'cancel', accountId: account, idKind: 'order-id', id: 9 },
  ])('not %j', async (message) => {
    expect(await tell(message)).toMatchObject({ ok: false, error: { code: 'misunderstood' } });
    expect(called).toEqual([]);
  });

  test('fields that nobody asked for are dropped', async () => {
    await tell({ kind: 'unlock', passphrase: 'p', isOwnPage: true });
    expect(called).toEqual([{ kind: 'unlock', passphrase: 'p' }]);
  });
});

describe('how an error goes back', () => {
  test('a sentence for the user as it is', async () => {
    fail = new UserError('wrong-passphrase', 'Try again.', 'passphrase');
    expect(await tell({ kind: 'lock' })).toEqual({
      ok: false,
      error: { code: 'wrong-passphrase', message: 'Try again.', field: 'passphrase' },
    });
  });

  test('without a field where it is about none', async () => {
    fail = new UserError('locked', 'Unlock.');
    expect(await tell({ kind: 'lock' })).toStrictEqual({
      ok: false,
      error: { code: 'locked', message: 'Unlock.' },
    });
  });

  test('any other without its text', async () => {
    fail = new TypeError('https://api.btcturk.com/?signature=abc');
    const answer = await tell({ kind: 'lock' });
    expect(answer).toMatchObject({ ok: false, error: { code: 'unexpected' } });
    expect(JSON.stringify(answer)).not.toContain('signature');
  });
});
