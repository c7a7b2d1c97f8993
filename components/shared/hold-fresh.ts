/**
 * What acts: whatever cancels, the main button of a page or a dialog, and what else is marked so. Nothing else is held back:
 * typing, searching, moving, selecting, closing and locking work at once, and so does a form that wants a passphrase or a
 * secret first: nobody gives that by mistake.
 */
const acting =
  ':is(button.cancel, button.primary, button.acts):not(form:has(input[type="password"]) *)';

/** As long as this nobody can have meant what has only just come before their eyes; in milliseconds. */
const freshTime = 500;

/** A press that gives the page the keyboard is heard after it, this much at most; in milliseconds. */
const pressDelay = 100;

const readyTimes = new WeakMap<Element, number>();

/** When the page got the keyboard while the pointer was over it, by the clock of events; unless that was by a press on it. */
let focusedAt = -Infinity;

/**
 * This is new to the user: a page, a dialog, a button that was not there. For half a second nothing that acts in it takes a
 * press, and `data-fresh` has it drawn so. The document has that in its HTML already, so that the first frame shows it.
 */
export function appeared(element: HTMLElement = document.documentElement): void {
  readyTimes.set(element, performance.now() + freshTime);
  element.dataset['fresh'] = '';
  setTimeout(showReady, freshTime, element);
}

function showReady(element: HTMLElement): void {
  const left = readyAt(element) - performance.now();
  // It has appeared again meanwhile, or the timer was early.
  if (left > 0) setTimeout(showReady, left, element);
  else delete element.dataset['fresh'];
}

/**
 * Whoever has the pointer over a page that stands beside another, and presses, gives it the keyboard by that: a press that began
 * before counts. Where the pointer has only just come, the page may have come up under it.
 */
function gotKeyboard(enteredAt: number): void {
  const now = performance.now();
  if (!(now - enteredAt >= pressDelay)) {
    appeared();
    return;
  }
  focusedAt = now;
  setTimeout(() => {
    if (!isJustFocused(performance.now())) return;
    document.documentElement.dataset['fresh'] = '';
    setTimeout(showReady, freshTime - pressDelay, document.documentElement);
  }, pressDelay);
}

const isJustFocused = (at: number) => focusedAt <= at && at < focusedAt + freshTime;

const readyAt = (element: Element): number => readyTimes.get(element) ?? 0;

/**
 * Any page or extension can have our page appear, or get the keyboard, just as the user clicks or types for another. So a press
 * counts only if it *began* when what it is for had been there for half a second. To be called once, before a page renders.
 */
export function holdWhileFresh(): void {
  /** When the press began of which a click may come; undefined where none did, as with a screen reader's click. */
  let began: number | undefined;
  /** Since when the pointer has been over the page. */
  let enteredAt = Infinity;
  /** It began over something that was not ready. Its style lets the pointer through, so that nobody takes it for ready. */
  let isAstray = false;

  addEventListener(
    'pointerdown',
    (event) => {
      began = event.timeStamp;
      if (began < focusedAt) focusedAt = -Infinity;
      isAstray = isOverFresh(event);
    },
    true,
  );
  addEventListener(
    'keydown',
    (event) => {
      if (event.key !== 'Enter' && event.key !== ' ') return;
      if (!event.repeat) {
        began = event.timeStamp;
        // The pointer's press before it was let go elsewhere, and no click came of it.
        isAstray = false;
      }
      // Held down, it was pressed for something else.
      else if (isPress(event)) refuse(event);
    },
    true,
  );
  addEventListener(
    'click',
    (event) => {
      const at = began ?? event.timeStamp;
      const wasAstray = isAstray;
      began = undefined;
      isAstray = false;
      if (wasAstray || isTooSoon(event.target, at)) refuse(event);
    },
    true,
  );
  const root = document.documentElement;
  root.addEventListener('pointerenter', ({ timeStamp }) => (enteredAt = timeStamp));
  root.addEventListener('pointerleave', () => (enteredAt = Infinity));
  addEventListener('focus', ({ target }) => target === window && gotKeyboard(enteredAt));
  document.addEventListener('visibilitychange', () => !document.hidden && appeared());
  appeared();
}

function refuse(event: Event): void {
  event.preventDefault();
  event.stopImmediatePropagation();
}

function isTooSoon(target: EventTarget | null, at: number): boolean {
  let element = target instanceof Element ? target.closest(acting) : null;
  if (element && isJustFocused(at)) return true;
  for (; element; element = element.parentElement) if (at < readyAt(element)) return true;
  return false;
}

function isOverFresh({ clientX: x, clientY: y, timeStamp }: PointerEvent): boolean {
  if (!document.querySelector('[data-fresh]')) return false;
  return [...document.querySelectorAll(acting)].some((element) => {
    const { left, right, top, bottom } = element.getBoundingClientRect();
    const isUnder = left <= x && x <= right && top <= y && y <= bottom;
    return isUnder && isTooSoon(element, timeStamp);
  });
}

/** Enter in a field presses the form's button: its click comes by itself. */
function isPress({ key, target }: KeyboardEvent): boolean {
  if (!(target instanceof Element)) return false;
  if (target.matches(acting)) return true;
  const isField = key === 'Enter' && target instanceof HTMLInputElement;
  return isField && !target.form?.querySelector('input[type="password"]');
}
