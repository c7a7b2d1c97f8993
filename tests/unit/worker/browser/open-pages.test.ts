import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';

interface Page {
  url: string;
  visibilityState: 'visible' | 'hidden';
  focused: boolean;
}

/** What is open in the browser, and what it was asked to do. */
const state = vi.hoisted(() => ({
  contexts: [] as { documentUrl: string; windowId: number }[],
  window: 'normal',
  refusesPopup: false,
  calls: [] as string[],
  note: (call: string) => Promise.resolve(void state.calls.push(call)),
}));

vi.mock('webextension-polyfill', () => {
  const { note } = state;
  return {
    default: {
      runtime: {
        getURL: (path: string) => `ext://pullcord/${path}`,
        getContexts: ({ documentUrls = [] }: { documentUrls?: string[] }) =>
          Promise.resolve(
            state.contexts.filter(({ documentUrl }) => documentUrls.includes(documentUrl)),
          ),
      },
      action: {
        openPopup: () =>
          state.refusesPopup ? Promise.reject(new Error('no window for it')) : note('popup'),
      },
      windows: {
        create: ({ url }: { url: string }) => note(`create ${url.replace('ext://pullcord/', '')}`),
        get: () => Promise.resolve({ state: state.window }),
        update: (id: number, change: object) => note(`update ${id} ${JSON.stringify(change)}`),
      },
      extension: { getViews: () => [] },
    },
  };
});

const { isPopupOpen, openPopup, openPopupWindow } =
  await import('#lib/worker/browser/open-pages.ts');

function show(...pages: Page[]): void {
  vi.stubGlobal('clients', { matchAll: () => Promise.resolve(pages) });
}

const page = (name: string, look: Partial<Page> = {}): Page => ({
  url: `ext://pullcord/${name}`,
  visibilityState: 'visible',
  focused: false,
  ...look,
});

beforeEach(() => {
  Object.assign(state, { contexts: [], window: 'normal', refusesPopup: false, calls: [] });
  show();
});
afterEach(() => vi.unstubAllGlobals());

test.each<[string, Page[], boolean]>([
  ['nothing', [], false],
  ['the popup', [page('popup.html')], true],
  ['a panel', [page('popup.html?panel')], true],
  ['a window that is minimised', [page('popup.html?window', { visibilityState: 'hidden' })], false],
  [
    'one of two',
    [page('popup.html?window', { visibilityState: 'hidden' }), page('popup.html')],
    true,
  ],
  ['other pages', [page('options.html'), page('lookup.html#1')], false],
])('whether the user has a popup before their eyes: %s', async (_, pages, expected) => {
  show(...pages);
  expect(await isPopupOpen()).toBe(expected);
});

test('in Firefox its event page sees the others', async () => {
  vi.stubGlobal('clients', undefined);
  expect(await isPopupOpen()).toBe(false);
});

describe('the popup is called', () => {
  test('and opens, also beside a panel in which the user is not', async () => {
    show(page('popup.html?panel'));
    await openPopup();
    expect(state.calls).toEqual(['popup']);
  });

  test('and does not where the user is in one that is kept open: that goes where it is to go', async () => {
    show(page('popup.html?window', { focused: true }));
    await openPopup();
    expect(state.calls).toEqual([]);
  });

  test('where the browser opens none, it is a window', async () => {
    state.refusesPopup = true;
    await openPopup();
    expect(state.calls).toEqual(['create popup.html?window']);
  });
});

describe('a window of its own', () => {
  test('is opened', async () => {
    await openPopupWindow();
    expect(state.calls).toEqual(['create popup.html?window']);
  });

  test.each([
    ['normal', '{"focused":true}'],
    ['maximized', '{"focused":true}'],
    ['minimized', '{"focused":true,"state":"normal"}'],
  ])('is raised where it is there, %s', async (window, change) => {
    state.contexts = [{ documentUrl: 'ext://pullcord/popup.html?window', windowId: 7 }];
    state.window = window;
    await openPopupWindow();
    expect(state.calls).toEqual([`update 7 ${change}`]);
  });
});
