import { beforeEach, describe, expect, test, vi } from 'vitest';
import { lineName } from '#lib/protocol/messages.ts';
import type { OffscreenReport } from '#lib/protocol/offscreen.ts';
import { bounds } from '#lib/venues/bounds.ts';
import { connectListeners, type Sender } from './serve-parts.ts';
import { popup, offscreen, called, heard, lines, reset } from './serve-world.ts';

vi.mock('webextension-polyfill', async () => (await import('./serve-parts.ts')).browserMock);

beforeEach(reset);

const tagOf = (told: unknown) => (told as { readonly tag: number }).tag;

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
