import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { appeared, holdWhileFresh } from '#components/shared/hold-fresh.ts';

holdWhileFresh();

/** When all of it appeared; the moments below count from there, in milliseconds. */
let start = 0;
const acted = vi.fn<() => void>();
const root = document.documentElement;

beforeEach(() => {
  acted.mockReset();
  document.body.innerHTML = `
    <form id="form"><input id="field"><button id="cancel" class="cancel"><b id="word">Cancel</b></button></form>
    <button id="main" class="primary">Cancel all</button><button id="marked" class="acts">Remove</button>
    <button id="close">Close</button><div id="dialog"><button id="inside" class="primary">Go</button></div>`;
  document.body.addEventListener('submit', (event) => event.preventDefault());
  for (const button of document.querySelectorAll('button')) button.addEventListener('click', acted);
  appeared();
  start = performance.now();
});

function send(event: Event, id: string, at: number): Event {
  Object.defineProperty(event, 'timeStamp', { value: start + at });
  document.getElementById(id)?.dispatchEvent(event);
  return event;
}

const bubbles = { bubbles: true, cancelable: true };
const down = (id: string, at: number) => send(new PointerEvent('pointerdown', bubbles), id, at);
const click = (id: string, at: number) => send(new MouseEvent('click', bubbles), id, at);
const key = (name: string, id: string, at: number, repeat = false) =>
  send(new KeyboardEvent('keydown', { ...bubbles, key: name, repeat }), id, at);

/** Where the middle of it is. */
function over(id: string, at: number): void {
  const { left, top, width, height } =
    document.getElementById(id)?.getBoundingClientRect() ?? new DOMRect();
  const point = { clientX: left + width / 2, clientY: top + height / 2 };
  send(new PointerEvent('pointerdown', { ...bubbles, ...point }), 'form', at);
}

const early: [name: string, press: () => void][] = [
  ['a click', () => (down('main', 300), click('main', 380))],
  ['a click that ends later', () => (down('main', 480), click('main', 2000))],
  ['the second of a double click', () => (down('main', -900), click('main', 600))],
  ['a click on what is in the button', () => (down('word', 300), click('word', 380))],
  ['a click on what is marked', () => (down('marked', 300), click('marked', 380))],
  ['Enter on it', () => (key('Enter', 'main', 300), click('main', 300))],
  ['Space that is let go later', () => (key(' ', 'main', 480), click('main', 900))],
  ['Enter in the field of its form', () => (key('Enter', 'field', 300), click('cancel', 300))],
  ['a screen reader’s click', () => click('main', 300)],
];
test.each(early)('%s that began too soon does nothing', (_, press) => {
  press();
  expect(acted).not.toHaveBeenCalled();
});

const inTime: [name: string, press: () => void][] = [
  ['a click', () => (down('main', 600), click('main', 680))],
  ['Enter', () => (key('Enter', 'main', 600), click('main', 600))],
  ['Enter in a field', () => (key('Enter', 'field', 600), click('cancel', 600))],
  ['a screen reader’s click', () => click('main', 600)],
  ['one after a refused one', () => (down('main', 99), click('main', 99), click('main', 600))],
  ['at once, on what does not act', () => (down('close', 1), click('close', 2))],
  ['at once, by key', () => (key('Enter', 'close', 1), click('close', 1))],
];
test.each(inTime)('a press that counts: %s', (_, press) => {
  press();
  expect(acted).toHaveBeenCalledOnce();
});

test('a press over it that the pointer passes through does nothing to what lies below', () => {
  over('cancel', 300);
  click('close', 900);
  expect(acted).not.toHaveBeenCalled();
  over('close', 1000);
  click('close', 1010);
  expect(acted).toHaveBeenCalledOnce();
});

test('a press over it that is let go elsewhere takes nothing from the key that is pressed next', () => {
  over('cancel', 300);
  key('Enter', 'main', 900);
  click('main', 900);
  expect(acted).toHaveBeenCalledOnce();
});

test('a form that wants a passphrase first is not held back', () => {
  document.body.innerHTML = `<form id="form"><input id="field" type="password"><button id="main" class="primary">Unlock</button></form>`;
  document.getElementById('main')?.addEventListener('click', acted);
  key('Enter', 'field', 100);
  click('main', 100);
  expect(acted).toHaveBeenCalledOnce();
});

test('a key that is held down presses nothing, however late', () => {
  for (const at of [300, 600, 5000]) {
    expect(key('Enter', 'main', at, true).defaultPrevented).toBe(true);
    expect(key(' ', 'main', at, true).defaultPrevented).toBe(true);
    expect(key('Enter', 'field', at, true).defaultPrevented).toBe(true);
  }
});

test('typing, arrows and Escape are nobody’s business', () => {
  for (const name of ['a', ' ', 'ArrowDown', 'Escape', 'Tab']) {
    expect(key(name, 'field', 1).defaultPrevented).toBe(false);
    expect(key(name, 'field', 1, true).defaultPrevented).toBe(false);
  }
});

test('a dialog has a half second of its own; what stands behind it goes on', () => {
  const dialog = document.getElementById('dialog');
  // As if it had come a second after the page.
  vi.spyOn(performance, 'now').mockReturnValueOnce(start + 1000);
  if (dialog) appeared(dialog);
  down('inside', 1400);
  click('inside', 1700);
  expect(acted).not.toHaveBeenCalled();
  down('main', 1400);
  click('main', 1450);
  expect(acted).toHaveBeenCalledOnce();
});

const again: [name: string, happens: () => unknown][] = [
  ['gets the focus', () => dispatchEvent(new FocusEvent('focus'))],
  ['is shown again', () => document.dispatchEvent(new Event('visibilitychange'))],
];
test.each(again)('a window that %s has just appeared', async (_, happens) => {
  await vi.waitFor(() => expect(root.dataset).not.toHaveProperty('fresh'));
  happens();
  expect(root.dataset).toHaveProperty('fresh');
  click('main', performance.now() - start);
  expect(acted).not.toHaveBeenCalled();
  await vi.waitFor(() => expect(root.dataset).not.toHaveProperty('fresh'));
  click('main', performance.now() - start);
  expect(acted).toHaveBeenCalledOnce();
});

const now = () => performance.now() - start;
const focus = () => dispatchEvent(new FocusEvent('focus'));

/** The pointer has been over the page since so many milliseconds ago. */
function enter(ago: number): void {
  const event = new PointerEvent('pointerenter');
  Object.defineProperty(event, 'timeStamp', { value: performance.now() - ago });
  root.dispatchEvent(event);
}

describe('a page beside another gets the keyboard', () => {
  beforeEach(async () => {
    await vi.waitFor(() => expect(root.dataset).not.toHaveProperty('fresh'));
    await vi.waitFor(() => expect(now()).toBeGreaterThan(600));
  });
  afterEach(() => root.dispatchEvent(new PointerEvent('pointerleave')));

  test('by a press on it: that counts, and so does the next', async () => {
    enter(1000);
    const at = now() - 5;
    focus();
    down('main', at);
    click('main', now());
    expect(acted).toHaveBeenCalledOnce();
    down('main', now());
    click('main', now());
    expect(acted).toHaveBeenCalledTimes(2);
  });

  const otherwise: [name: string, press: () => void][] = [
    [
      'by something else, with the pointer over it',
      () => (enter(1000), focus(), down('main', now())),
    ],
    ['where the pointer has only just come', () => (enter(40), down('main', now()), focus())],
    ['where the pointer is not', () => (down('main', now()), focus())],
    ['and Enter is pressed', () => (enter(1000), focus(), key('Enter', 'main', now()))],
  ];
  test.each(otherwise)('%s: a press in the next half second does nothing', async (_, press) => {
    press();
    click('main', now());
    expect(acted).not.toHaveBeenCalled();
    await vi.waitFor(() => expect(root.dataset).toHaveProperty('fresh'));
    await vi.waitFor(() => expect(root.dataset).not.toHaveProperty('fresh'));
    click('main', now());
    expect(acted).toHaveBeenCalledOnce();
  });
});
