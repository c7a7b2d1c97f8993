import { signal } from '@preact/signals';

const tick = 1000;
const shortTick = 250;

export const isVisible = () => document.visibilityState === 'visible';

/** The time as the popup shows it, Unix ms. It stands still while the popup is hidden. */
export function createNow(isFresh: (now: number) => boolean) {
  /** To the second. */
  const now = signal(Date.now());
  /** To a quarter of it, for as long as anything is told by the tenth. */
  const moment = signal(now.peek());

  const setNow = () => {
    now.value = Date.now();
    moment.value = now.peek();
  };
  setInterval(() => {
    if (isVisible()) setNow();
  }, tick);
  setInterval(() => {
    if (isVisible() && isFresh(moment.peek())) moment.value = Date.now();
  }, shortTick);
  document.addEventListener('visibilitychange', () => {
    if (isVisible()) setNow();
  });
  return { now, moment, setNow };
}
