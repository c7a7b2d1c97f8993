import { sendingTime } from '#lib/domain/sending-time.ts';

/** Does what must not compete with a request that may be about to go out: once that is out. */
export function afterSending(act: () => void): ReturnType<typeof setTimeout> {
  return setTimeout(act, sendingTime);
}

/** A click that has woken the worker has its request out by then, in milliseconds. */
const startingTime = 50;

/** Does what the worker's start can do without. */
export function afterStart(act: () => void): void {
  setTimeout(act, startingTime);
}
