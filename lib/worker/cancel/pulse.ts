import { sessionItem } from '#lib/worker/browser/session-item.ts';

const pulse = sessionItem<number>('alive');

/** When the worker was last there for what is in flight, Unix ms; 0 where the browser has been closed since. */
export async function readPulse(): Promise<number> {
  return (await pulse.get()) ?? 0;
}

export function notePulse(now: number): void {
  // Where it cannot be written a wish is taken for older than it is: it is read before anything is sent.
  pulse.set(now).catch(() => undefined);
}
