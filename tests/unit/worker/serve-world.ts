import type { RequestInput, RightClick } from '#lib/protocol/messages.ts';
import type { OffscreenLine } from '#lib/worker/browser/offscreen-document.ts';
import { serve, type Handlers } from '#lib/worker/serve.ts';
import { listeners, type Listener } from './serve-parts.ts';

/** The worker as those reach it who speak to it, and what it hands on of that. */

export const popup = { id: 'pullcord', url: 'chrome-extension://pullcord/popup.html' };
export const offscreen = { id: 'pullcord', url: 'chrome-extension://pullcord/offscreen.html' };

export let called: RequestInput[] = [];
let fail: Error | undefined;
const handler = async (request: RequestInput) => {
  called.push(request);
  if (fail !== undefined) throw fail;
};
export let heard: RightClick[] = [];
export let lines: OffscreenLine[] = [];
serve(
  new Proxy({}, { get: () => handler }) as Handlers,
  (told) => heard.push(told),
  (line) => lines.push(line),
);

/** Every file gives it to `beforeEach`. */
export function reset(): void {
  called = [];
  heard = [];
  lines = [];
  fail = undefined;
}

/** What is asked for from here on fails so. */
export function failWith(error: Error): void {
  fail = error;
}

export function tell(message: unknown, sender: Parameters<Listener>[1] = popup): unknown {
  const [listener] = listeners;
  if (listener === undefined) throw new Error('nobody listens');
  return listener(message, sender);
}
