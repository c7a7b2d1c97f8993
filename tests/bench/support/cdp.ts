import type { Readable, Writable } from 'node:stream';
import type { CDPSession } from '@playwright/test';

/** A conversation with one of the browser's targets, or with the browser itself. */
export interface Session {
  /** As Playwright types it; nothing of Playwright runs here. */
  readonly send: CDPSession['send'];
}

export interface Connection extends Session {
  session(id: string): Session;
  /** Calls back at each event of this name, with its parameters. */
  on(method: string, listener: (parameters: unknown) => void): void;
}

interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly params?: unknown;
  readonly result?: unknown;
  readonly error?: { readonly message: string };
}

type Send = (method: string, parameters?: object) => Promise<unknown>;

/** Speaks the DevTools protocol over a pair of pipes: JSON, each message with a zero byte at its end. */
export function connect(output: Writable, input: Readable): Connection {
  const waiting = new Map<number, PromiseWithResolvers<unknown>>();
  const listeners = new Map<string, Set<(parameters: unknown) => void>>();
  let lastId = 0;
  let chunks: Buffer[] = [];

  const sender = (sessionId?: string): Send => {
    return (method, params = {}) => {
      const id = ++lastId;
      const answer = Promise.withResolvers<unknown>();
      waiting.set(id, answer);
      output.write(`${JSON.stringify({ id, method, params, sessionId })}\0`);
      return answer.promise;
    };
  };

  function receive(text: string): void {
    const { id, method, params, result, error } = JSON.parse(text) as Message;
    if (id === undefined) {
      for (const listener of listeners.get(method ?? '') ?? []) listener(params);
      return;
    }
    const answer = waiting.get(id);
    waiting.delete(id);
    if (error) answer?.reject(new Error(error.message));
    else answer?.resolve(result);
  }

  input.on('data', (data: Buffer) => {
    let rest = data;
    for (let end = rest.indexOf(0); end >= 0; end = rest.indexOf(0)) {
      receive(Buffer.concat([...chunks, rest.subarray(0, end)]).toString());
      chunks = [];
      rest = rest.subarray(end + 1);
    }
    if (rest.length > 0) chunks.push(rest);
  });
  input.on('close', () => {
    for (const { reject } of waiting.values()) reject(new Error('the browser has gone'));
    waiting.clear();
  });

  return {
    send: sender() as Session['send'],
    session: (id) => ({ send: sender(id) as Session['send'] }),
    on(method, listener) {
      const known = listeners.get(method) ?? new Set();
      listeners.set(method, known.add(listener));
    },
  };
}
