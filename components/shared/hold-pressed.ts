import { options } from 'preact';

/** What a click can be meant for. A list of choices opens at the press, and what scrolls must be shown as it scrolls. */
const pressable = 'button, a, summary, label, input, [role=listitem]';

/** A finger's click comes with an event of its own, after it was lifted; in milliseconds. */
const tapTime = 500;
/** Should nobody tell that the pointer was let go, the page must not stand still for ever; in milliseconds. */
const longest = 10_000;

/**
 * While a pointer is down on something, nothing is rendered: between press and release no element is replaced, moved or
 * covered, and the click lands on what was pressed. What has changed meanwhile is shown right after the click. To be
 * called once, before a page renders.
 */
export function holdWhilePressed(): void {
  let isPressed = false;
  let held: (() => void) | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;

  options.debounceRendering = (render) => {
    if (isPressed) held = render;
    else queueMicrotask(render);
  };

  const letGo = () => {
    clearTimeout(timer);
    isPressed = false;
    const render = held;
    held = undefined;
    render?.();
  };
  const letGoAfter = (milliseconds: number) => {
    if (!isPressed) return;
    clearTimeout(timer);
    timer = setTimeout(letGo, milliseconds);
  };

  addEventListener(
    'pointerdown',
    ({ isPrimary, button, target }) => {
      if (!isPrimary || button !== 0) return;
      if (!(target instanceof Element) || !target.closest(pressable)) return;
      isPressed = true;
      letGoAfter(longest);
    },
    true,
  );
  addEventListener(
    'pointerup',
    ({ isPrimary, pointerType }) => {
      // A mouse's click comes with it.
      if (isPrimary) letGoAfter(pointerType === 'mouse' ? 0 : tapTime);
    },
    true,
  );
  // Behind all that listens to the click, and still before anything is painted.
  addEventListener('click', () => isPressed && queueMicrotask(letGo));
  // It scrolls, drags or asks for a menu: no click comes of it.
  for (const event of ['pointercancel', 'contextmenu', 'dragstart'] as const) {
    addEventListener(event, () => letGoAfter(0), true);
  }
  // Let go where this page does not hear of it.
  addEventListener('pointermove', ({ buttons }) => buttons === 0 && letGoAfter(0), true);
  addEventListener('blur', () => letGoAfter(0));
}
