import { options } from 'preact';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { holdWhilePressed } from '#components/shared/hold-pressed.ts';

holdWhilePressed();

const render = vi.fn<() => void>();
/** As Preact does when a component is to be rendered again. */
const ask = () => options.debounceRendering?.(render);

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  document.body.innerHTML = `
    <div class="scroll"><button><b id="button">Cancel</b></button><input id="field">
    <select id="choice"></select><p id="words">words</p></div>`;
});
afterEach(async () => {
  send('pointercancel');
  await passed(20_000);
  vi.useRealTimers();
  render.mockReset();
});

function send(type: string, id = 'button', more: PointerEventInit = {}): void {
  const known = { isPrimary: true, pointerType: 'mouse', button: 0, buttons: 1, bubbles: true };
  document.getElementById(id)?.dispatchEvent(new PointerEvent(type, { ...known, ...more }));
}

/** Lets so much time pass, and what waits for the end of the turn. */
const passed = (milliseconds: number) => vi.advanceTimersByTimeAsync(milliseconds);

const touch = { pointerType: 'touch' };
const click = () => document.getElementById('button')?.click();

test('where nothing is pressed, rendering waits for the end of the turn alone', async () => {
  ask();
  expect(render).not.toHaveBeenCalled();
  await passed(0);
  expect(render).toHaveBeenCalledOnce();
});

const ends: [name: string, end: () => void, within: number][] = [
  ['the click', () => (send('pointerup'), click()), 0],
  ['a release elsewhere, without a click', () => send('pointerup', 'words'), 1],
  ['a tap’s click', () => (send('pointerup', 'button', touch), click()), 0],
  ['a finger lifted without a click', () => send('pointerup', 'button', touch), 500],
  ['a finger that begins to scroll', () => send('pointercancel', 'button', touch), 1],
  ['a menu', () => send('contextmenu'), 1],
  ['text that is dragged away', () => send('dragstart'), 1],
  ['a pointer that was let go unheard', () => send('pointermove', 'words', { buttons: 0 }), 1],
  ['the window’s loss of the focus', () => dispatchEvent(new FocusEvent('blur')), 1],
];
test.each(ends)('what was held is rendered at %s', async (_, end, within) => {
  send('pointerdown');
  ask();
  await passed(1000);
  send('pointermove');
  await passed(1000);
  expect(render).not.toHaveBeenCalled();
  end();
  await passed(within);
  expect(render).toHaveBeenCalledOnce();
  // And from then on as ever.
  ask();
  await passed(0);
  expect(render).toHaveBeenCalledTimes(2);
});

test('what the click itself asks for is rendered after all that listen to it', async () => {
  const seen: number[] = [];
  const look = () => seen.push(render.mock.calls.length);
  document.body.addEventListener('click', look, { once: true });
  document.getElementById('button')?.addEventListener('click', () => (look(), ask()));
  send('pointerdown');
  send('pointerup');
  click();
  await passed(0);
  expect([...seen, render.mock.calls.length]).toEqual([0, 0, 1]);
});

test('a finger’s click may come a while after it was lifted', async () => {
  send('pointerdown', 'button', touch);
  ask();
  send('pointerup', 'button', touch);
  await passed(400);
  expect(render).not.toHaveBeenCalled();
});

test('a page does not stand still for ever where nobody tells that the pointer was let go', async () => {
  send('pointerdown');
  ask();
  await passed(10_000);
  expect(render).toHaveBeenCalledOnce();
});

const notHeld: [name: string, id: string, more?: PointerEventInit][] = [
  ['a list of choices', 'choice'],
  ['what cannot be clicked', 'words'],
  ['the right button', 'button', { button: 2, buttons: 2 }],
  ['a second finger', 'button', { ...touch, isPrimary: false }],
];
test.each(notHeld)('nothing is held for a press on %s', async (_, id, more) => {
  send('pointerdown', id, more);
  ask();
  await passed(0);
  expect(render).toHaveBeenCalledOnce();
});
