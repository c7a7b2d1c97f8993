import { beforeEach, expect, test, vi } from 'vitest';
import { ask, WorkerSilentError } from '#lib/page/ask.ts';
import { createLine } from '#lib/page/line.ts';
import type { LineRequest } from '#lib/protocol/messages.ts';

/** The browser's end of a line. */
interface Port {
  readonly said: LineRequest[];
  answer: (message: object) => void;
  end: () => void;
  isDead: boolean;
}

const browser = vi.hoisted(() => ({
  ports: [] as Port[],
  messages: [] as object[],
  /** Nobody answers a message by itself. */
  isSilent: false,
}));

vi.mock('webextension-polyfill', () => ({
  default: {
    runtime: {
      sendMessage(message: object) {
        browser.messages.push(message);
        if (browser.isSilent) return new Promise(() => {});
        return Promise.resolve({ ok: true, value: 'by itself' });
      },
      connect() {
        const port: Port = { said: [], answer: () => {}, end: () => {}, isDead: false };
        browser.ports.push(port);
        return {
          onMessage: { addListener: (hear: Port['answer']) => (port.answer = hear) },
          onDisconnect: { addListener: (hear: Port['end']) => (port.end = hear) },
          postMessage(message: LineRequest) {
            if (port.isDead) throw new Error('Attempting to use a disconnected port object');
            port.said.push(message);
          },
        };
      },
    },
  },
}));

beforeEach(() => {
  browser.ports.length = 0;
  browser.messages.length = 0;
  browser.isSilent = false;
});

const hello = { kind: 'hello' } as const;

function openLine() {
  const line = createLine();
  line.open();
  line.open();
  const [port, ...others] = browser.ports;
  if (!port || others.length > 0) throw new Error('there is to be one');
  return { line, port };
}

test('on an open line it goes, and each is given its own answer', async () => {
  const { line, port } = openLine();
  const [first, second] = [ask(hello, line), ask(hello, line)];
  for (const { tag } of port.said.toReversed()) {
    port.answer({ tag, reply: { ok: true, value: tag } });
  }
  expect(await Promise.all([first, second])).toEqual(port.said.map(({ tag }) => tag));
  expect(port.said.map(({ request }) => request)).toEqual([hello, hello]);
  expect(browser.messages).toEqual([]);
});

test('without a line, or before it is open, it goes by itself', async () => {
  expect(await ask(hello)).toBe('by itself');
  expect(await ask(hello, createLine())).toBe('by itself');
  expect(browser.messages).toEqual([hello, hello]);
});

test('where the line ends with the worker, the next life is asked', async () => {
  const { line, port } = openLine();
  expect(line.isOpen()).toBe(true);
  const answer = ask(hello, line);
  port.end();
  expect(line.isOpen()).toBe(false);
  expect(await answer).toBe('by itself');
  expect(port.said).toHaveLength(1);
  // From there on by itself, until another one is open.
  expect(await ask(hello, line)).toBe('by itself');
  expect(port.said).toHaveLength(1);
  line.open();
  void ask(hello, line);
  expect(browser.ports[1]?.said).toHaveLength(1);
});

test('what nobody has answered in time is not asked again when the line ends at last', async () => {
  vi.useFakeTimers();
  const { line, port } = openLine();
  const wish = { kind: 'send-now', cancellationId: 'id' } as const;
  browser.isSilent = true;
  const answer = ask(wish as never, line).catch((error: unknown) => error);
  await vi.advanceTimersByTimeAsync(1000);
  expect(await answer).toBeInstanceOf(WorkerSilentError);
  port.end();
  await vi.advanceTimersByTimeAsync(1000);
  expect(browser.messages).not.toContainEqual(wish);
  vi.useRealTimers();
});

test('a line whose end has not been told yet is none', async () => {
  const { line, port } = openLine();
  port.isDead = true;
  expect(await ask(hello, line)).toBe('by itself');
});
