import { afterEach, beforeEach, expect, test, vi } from 'vitest';

/** What the browser has, in place of its API; and what was done, in its order. */
const state = vi.hoisted(() => ({ browser: {} as Record<string, unknown>, calls: [] as string[] }));

vi.mock('webextension-polyfill', () => ({
  default: new Proxy({}, { get: (_, name: string) => state.browser[name] }),
}));

const { keepOpen, placeIn } = await import('#lib/page/popup/keep-open.ts');

const does = (call: string) => () => {
  state.calls.push(call);
  return Promise.resolve();
};
const windows = { WINDOW_ID_CURRENT: -2 };
const chrome = {
  windows,
  sidePanel: {
    open: ({ windowId }: { windowId: number }) => does(`panel of ${windowId}`)(),
  },
};
const firefox = { windows, sidebarAction: { open: does('sidebar') } };
const refusing = { windows, sidePanel: { open: () => Promise.reject(new Error('no')) } };

beforeEach(() => {
  state.calls = [];
  vi.stubGlobal('window', { close: does('close') });
});
afterEach(() => vi.unstubAllGlobals());

test.each([
  ['from the popup, in Chrome', 'popup', chrome, ['panel of -2', 'close']],
  ['from the popup, in Firefox', 'popup', firefox, ['sidebar', 'close']],
  ['from the popup, without a panel', 'popup', { windows }, ['window', 'close']],
  ['from the popup, with one that is refused', 'popup', refusing, ['window', 'close']],
  ['from the panel, in Chrome', 'panel', chrome, ['window', 'close']],
  ['from the panel, in Firefox', 'panel', firefox, ['window', 'close']],
] as const)('%s', async (_, place, browser, expected) => {
  state.browser = browser;
  await keepOpen(place, does('window'));
  expect(state.calls).toEqual(expected);
});

test('what was opened in the click is asked for before anything is waited for', () => {
  for (const browser of [chrome, firefox]) {
    state.browser = browser;
    state.calls = [];
    void keepOpen('popup', does('window'));
    expect(state.calls).toHaveLength(1);
  }
});

test('the page stays where no window comes', async () => {
  state.browser = chrome;
  await expect(keepOpen('panel', () => Promise.reject(new Error('silent')))).rejects.toThrow();
  expect(state.calls).toEqual([]);
});

test.each([
  ['', 'popup'],
  ['?panel', 'panel'],
  ['?window', 'window'],
  ['?else', 'popup'],
])('an address that ends with “%s” is that of a %s', (search, place) => {
  expect(placeIn(search)).toBe(place);
});
