import * as fc from 'fast-check';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { UserError } from '#lib/domain/user-error.ts';
import {
  lineName,
  requestSchemas,
  type RequestInput,
  type RightClick,
} from '#lib/protocol/messages.ts';
import { serve, type Handlers } from '#lib/worker/serve.ts';
import type { OffscreenLine } from '#lib/worker/browser/offscreen-document.ts';
import type { OffscreenReport } from '#lib/protocol/offscreen.ts';
import { bounds } from '#lib/venues/bounds.ts';
import * as v from 'valibot';

interface Port {
  readonly name?: string;
  readonly sender?: Sender;
  readonly onMessage: { addListener(listener: (message: unknown) => void): void };
  readonly onDisconnect: { addListener(listener: () => void): void };
  readonly postMessage: (message: unknown) => void;
  readonly disconnect: () => void;
}
type Sender = { id?: string; url?: string; tab?: object };
type Listener = (message: unknown, sender: Sender) => unknown;
const listeners = vi.hoisted((): Listener[] => []);
const connectListeners = vi.hoisted((): ((port: Port) => void)[] => []);

vi.mock('webextension-polyfill', () => ({
  default: {
    runtime: {
      id: 'pullcord',
      getURL: (path: string) => `chrome-extension://pullcord/${path}`,
      onMessage: { addListener: (listener: Listener) => listeners.push(listener) },
      onConnect: {
        addListener: (listener: (port: Port) => void) => connectListeners.push(listener),
      },
    },
  },
}));

const popup = { id: 'pullcord', url: 'chrome-extension://pullcord/popup.html' };
const offscreen = { id: 'pullcord', url: 'chrome-extension://pullcord/offscreen.html' };
const account = '0f4a8504-21fb-4be6-9771-25dcf5f68f87';

let called: RequestInput[] = [];
let fail: Error | undefined;
const handler = async (request: RequestInput) => {
  called.push(request);
  if (fail !== undefined) throw fail;
};
let heard: RightClick[] = [];
let lines: OffscreenLine[] = [];
serve(
  new Proxy({}, { get: () => handler }) as Handlers,
  (told) => heard.push(told),
  (line) => lines.push(line),
);

beforeEach(() => {
  called = [];
  heard = [];
  lines = [];
  fail = undefined;
});

function tell(message: unknown, sender: Parameters<Listener>[1] = popup): unknown {
  const [listener] = listeners;
  if (listener === undefined) throw new Error('nobody listens');
  return listener(message, sender);
}

const tagOf = (told: unknown) => (told as { readonly tag: number }).tag;
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

describe('the offscreen document’s line', () => {
  interface Connected {
    say: (message: unknown) => void;
    end: () => void;
    isHungUp: boolean;
    readonly told: unknown[];
  }

  /** One that somebody opens, and what is done on it. */
  function connect(sender: Sender | undefined, name = '') {
    const told: unknown[] = [];
    const port: Connected = { say: () => {}, end: () => {}, isHungUp: false, told };
    for (const listener of connectListeners) {
      listener({
        name,
        ...(sender && { sender }),
        onMessage: { addListener: (hear) => (port.say = hear) },
        onDisconnect: { addListener: (hear) => (port.end = hear) },
        postMessage: (message) => told.push(message),
        disconnect: () => (port.isHungUp = true),
      });
    }
    return port;
  }

  function connectDocument() {
    const port = connect(offscreen);
    const reports: OffscreenReport[] = [];
    let ends = 0;
    lines[0]?.follow(
      (report) => reports.push(report),
      () => ends++,
    );
    return { port, reports, ends: () => ends };
  }

  test('is taken, and is one to tell it what to do', () => {
    const { port, ends } = connectDocument();
    expect(port.isHungUp).toBe(false);
    lines[0]?.tell({ kind: 'close', socket: 1 });
    expect(port.told).toEqual([{ kind: 'close', socket: 1 }]);
    port.end();
    expect(ends()).toBe(1);
    lines[0]?.hangUp();
    expect(port.isHungUp).toBe(true);
  });

  test.each<[who: string, sender: Sender | undefined]>([
    ['the popup', popup],
    ['the same page in a tab', { ...offscreen, tab: { id: 7 } }],
    ['an address that goes on', { ...offscreen, url: `${offscreen.url}#` }],
    ['another extension', { ...offscreen, id: 'other' }],
    [
      'another extension’s such document',
      { id: 'pullcord', url: 'chrome-extension://other/offscreen.html' },
    ],
    [
      'a script in a page',
      { id: 'pullcord', url: 'https://kripto.btcturk.com/offscreen.html', tab: { id: 7 } },
    ],
    ['nobody', undefined],
  ])('%s has none: it is hung up unheard', (_, sender) => {
    expect(connect(sender).isHungUp).toBe(true);
    expect(lines).toEqual([]);
  });

  describe('a page’s line', () => {
    test('is answered as a message by itself is, each answer by its tag', async () => {
      const port = connect(popup, lineName);
      port.say({ tag: 7, request: { kind: 'hello' } });
      port.say({ tag: 8, request: { kind: 'no such' } });
      await expect.poll(() => port.told).toHaveLength(2);
      const byTag = port.told.toSorted((a, b) => tagOf(a) - tagOf(b));
      expect(byTag).toEqual([
        { tag: 7, reply: { ok: true, value: undefined } },
        { tag: 8, reply: { ok: false, error: expect.objectContaining({ code: 'misunderstood' }) } },
      ]);
      expect(called).toEqual([{ kind: 'hello' }]);
    });

    test('what is no request on it is passed over, and nothing is said once it has ended', async () => {
      const port = connect(popup, lineName);
      for (const message of [
        undefined,
        null,
        'hello',
        { kind: 'hello' },
        { tag: '7', request: 1 },
      ]) {
        port.say(message);
      }
      port.say({ tag: 1, request: { kind: 'hello' } });
      port.end();
      await expect.poll(() => called).toHaveLength(1);
      expect(port.told).toEqual([]);
      expect(port.isHungUp).toBe(false);
    });

    test.each<[who: string, sender: Sender | undefined]>([
      ['a script in a page', { ...popup, url: 'https://kripto.btcturk.com/', tab: { id: 7 } }],
      ['another extension', { ...popup, id: 'other' }],
      ['another extension’s popup', { id: 'pullcord', url: 'chrome-extension://other/popup.html' }],
      ['nobody', undefined],
    ])('%s has none', async (_, sender) => {
      const port = connect(sender, lineName);
      expect(port.isHungUp).toBe(true);
      port.say({ tag: 1, request: { kind: 'hello' } });
      expect(called).toEqual([]);
    });
  });

  test.each<unknown>([
    { kind: 'open', socket: 1 },
    { kind: 'closed', socket: 1 },
    { kind: 'frame', socket: 1 },
    { kind: 'frame', socket: 1, text: '' },
    { kind: 'frame', socket: 1, text: 'x'.repeat(bounds.frame) },
  ])('%j is understood', (message) => {
    const { port, reports } = connectDocument();
    port.say(message);
    expect(reports).toEqual([message]);
  });

  test.each<unknown>([
    undefined,
    'open',
    {},
    { kind: 'open' },
    { kind: 'open', socket: '1' },
    { kind: 'open', socket: 1.5 },
    { kind: 'frame', socket: 1, text: 7 },
    { kind: 'frame', socket: 1, text: 'x'.repeat(bounds.frame + 1) },
    { kind: 'send', socket: 1, text: '' },
    { kind: 'hello' },
    { kind: 'lock' },
    { kind: 'history' },
    { kind: 'cancel-all', filter: {}, withProtective: true },
    { kind: 'right-clicked', ids: ['26947521101'], place: 'text' },
  ])('%j is not, and nobody answers it', (message) => {
    const { port, reports } = connectDocument();
    port.say(message);
    expect(reports).toEqual([]);
    expect(port.told).toEqual([]);
    expect([called, heard]).toEqual([[], []]);
  });

  test('fields that nobody asked for are dropped', () => {
    const { port, reports } = connectDocument();
    port.say({ kind: 'open', socket: 1, url: 'wss://elsewhere/' });
    expect(reports).toEqual([{ kind: 'open', socket: 1 }]);
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
        called = [];
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

  test('a full disk by what to do about it', async () => {
    fail = new DOMException('secret text', 'QuotaExceededError');
    const answer = await tell({ kind: 'lock' });
    expect(answer).toMatchObject({ ok: false, error: { code: 'disk-full' } });
    expect(JSON.stringify(answer)).toContain('Free some disk space');
    expect(JSON.stringify(answer)).not.toContain('secret');
  });

  test('any other without its text', async () => {
    fail = new TypeError('https://api.btcturk.com/?signature=abc');
    const answer = await tell({ kind: 'lock' });
    expect(answer).toMatchObject({ ok: false, error: { code: 'unexpected' } });
    expect(JSON.stringify(answer)).not.toContain('signature');
  });
});
