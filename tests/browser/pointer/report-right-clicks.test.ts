import { afterEach, expect, test, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import { reportRightClicks } from '#lib/pointer/report-right-clicks.ts';
import { here, show } from './page.ts';

const sendMessage = vi.fn<(message: unknown) => Promise<unknown>>(async () => {});
Object.assign(globalThis, { browser: { runtime: { sendMessage } } });
reportRightClicks();

/** An open menu would keep the next click from the page. */
const withoutMenu = (event: Event) => event.preventDefault();
addEventListener('contextmenu', withoutMenu, true);

afterEach(() => sendMessage.mockReset());

const stop = (event: Event) => event.stopImmediatePropagation();

/** A click as the user's: the browser trusts it. */
const rightClick = (element: Element) => userEvent.click(element, { button: 'right' });
const report = (...ids: string[]) => [[{ kind: 'right-clicked', ids, place: 'text' }]];

test('a right-click is told with the id that stands there', async () => {
  await rightClick(here(show('<b id=here>26947521101</b>')));
  expect(sendMessage.mock.calls).toEqual(report('26947521101'));
});

test('a right-click where none stands is told too', async () => {
  await rightClick(here(show('<b id=here>nothing</b>')));
  expect(sendMessage.mock.calls).toEqual(report());
});

test('other clicks are not told', async () => {
  const page = show('<b id=here>26947521101</b>');
  await userEvent.click(here(page));
  await userEvent.click(here(page), { button: 'middle' });
  expect(sendMessage).not.toHaveBeenCalled();
});

test('a page cannot click', async () => {
  const page = show('<b id=here>26947521101</b>');
  const { left, top } = here(page).getBoundingClientRect();
  const where = { clientX: left + 9, clientY: top + 9, button: 2, bubbles: true, composed: true };
  here(page).dispatchEvent(new PointerEvent('pointerdown', where));
  here(page).dispatchEvent(new PointerEvent('contextmenu', where));
  expect(sendMessage).not.toHaveBeenCalled();

  // Nor does its click take the place of the user's.
  await rightClick(here(show('<b id=here>nothing</b>')));
  expect(sendMessage.mock.calls).toEqual(report());
});

test('a page that writes another id under the pointer, once the button is down, has none told', async () => {
  const page = show('<b id=here>26947521101</b>');
  page.addEventListener('pointerdown', () => (here(page).textContent = '26947521102'));
  await rightClick(here(page));
  expect(here(page).textContent).toBe('26947521102');
  expect(sendMessage.mock.calls).toEqual(report());
});

test('an id that only a link’s address holds is told as that', async () => {
  const page = show('<a id=here href="https://example.com/26947521101">my order</a>');
  await rightClick(here(page));
  expect(sendMessage.mock.calls).toEqual([
    [{ kind: 'right-clicked', ids: ['26947521101'], place: 'link' }],
  ]);
});

test('a page that takes the id out of the text, once the button is down, has none told', async () => {
  const link = '<a id=here href="https://example.com/26947521101">26947521101</a>';
  const page = show(link);
  page.addEventListener('pointerdown', () => (here(page).textContent = 'the order 000'));
  await rightClick(here(page));
  expect(sendMessage.mock.calls).toEqual(report());
});

test('a page cannot hold a click back', async () => {
  const page = show('<b id=here>26947521101</b>');
  addEventListener('pointerdown', stop, true);
  addEventListener('contextmenu', stop, true);
  await rightClick(here(page));
  removeEventListener('pointerdown', stop, true);
  removeEventListener('contextmenu', stop, true);
  expect(sendMessage.mock.calls).toEqual(report('26947521101'));
});

test('a menu opened by a key is told without an id', async () => {
  const page = show('<button id=here>26947521101</button>');
  (here(page) as HTMLElement).focus();
  await rightClick(here(page));
  await userEvent.keyboard('{ContextMenu}');
  expect(sendMessage.mock.calls.slice(1)).toEqual(report());
});

test('elements named after the properties of a node do no harm', async () => {
  const errors = vi.fn<() => void>();
  addEventListener('error', errors);
  const names = ['nextSibling', 'parentNode', 'firstChild', 'contains'];
  const inputs = names.map((name) => `<input name=${name} hidden>`).join('');
  const page = show(`<form style="display:inline">26947521101${inputs}</form>2`);
  await userEvent.click(page, { button: 'right', position: { x: 30, y: 9 } });
  removeEventListener('error', errors);
  expect(errors).not.toHaveBeenCalled();
  expect(sendMessage.mock.calls).toEqual(report());
});

test.each([
  ['is gone', () => Object.assign(globalThis, { browser: {} })],
  [
    'throws',
    () =>
      sendMessage.mockImplementation(() => {
        throw new Error('invalidated');
      }),
  ],
  ['fails', () => sendMessage.mockRejectedValue(new Error('no receiver'))],
])('an extension that %s is not noticed', async (_, breakDown) => {
  const errors = vi.fn<() => void>();
  addEventListener('error', errors);
  addEventListener('unhandledrejection', errors);
  breakDown();
  await rightClick(here(show('<b id=here>26947521101</b>')));
  Object.assign(globalThis, { browser: { runtime: { sendMessage } } });
  removeEventListener('error', errors);
  removeEventListener('unhandledrejection', errors);
  expect(errors).not.toHaveBeenCalled();
});
