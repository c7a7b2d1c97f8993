import browser from 'webextension-polyfill';
import { lineName, type LineAnswer, type LineRequest } from '#lib/protocol/messages.ts';

/**
 * A line to the worker that stands already: what goes on it is there in half the time of a message by itself, for which the browser
 * first opens a line. It ends with the worker.
 */
export interface Line {
  /** Opens it, unless it is open: the worker is awake. */
  open(): void;
  /** While it is, the worker is awake. */
  isOpen(): boolean;
  /** Undefined where it is not open: nothing has been asked then. Rejects where it ends before the answer. */
  ask(request: object): Promise<unknown> | undefined;
}

interface Open {
  readonly port: browser.Runtime.Port;
  readonly waiting: Map<number, PromiseWithResolvers<unknown>>;
}

export function createLine(): Line {
  let current: Open | undefined;
  let asked = 0;

  return {
    open() {
      if (current) return;
      const port = browser.runtime.connect({ name: lineName });
      const own: Open = { port, waiting: new Map() };
      current = own;
      port.onMessage.addListener((message: unknown) => {
        const { tag, reply } = message as LineAnswer;
        own.waiting.get(tag)?.resolve(reply);
        own.waiting.delete(tag);
      });
      port.onDisconnect.addListener(() => {
        if (current === own) current = undefined;
        for (const { reject } of own.waiting.values()) reject(new Error('The line has ended'));
      });
    },
    isOpen: () => current !== undefined,
    ask(request) {
      if (!current) return undefined;
      const { port, waiting } = current;
      const tag = ++asked;
      const answer = Promise.withResolvers<unknown>();
      waiting.set(tag, answer);
      const message: LineRequest = { tag, request };
      try {
        port.postMessage(message);
      } catch {
        // Its end has not been told yet.
        current = undefined;
        return undefined;
      }
      return answer.promise;
    },
  };
}
