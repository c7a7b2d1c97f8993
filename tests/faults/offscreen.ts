import type { Machine } from './machine.ts';
import type { RunCode } from './code.ts';
import type { Life } from './life.ts';
import type { WebSocketClass } from './socket.ts';
import type { Sockets } from './sockets.ts';
import { startTimer } from './time.ts';

export const documentGlobals = ['globalThis', 'window', 'WebSocket'] as const;

/** The document that opens WebSockets with headers of their handshake: it outlives no worker, but ends by itself. */
export interface Offscreen {
  readonly create: (life: Life) => void;
  readonly close: () => void;
}

export function createOffscreen(run: RunCode, machine: Machine, sockets: Sockets): Offscreen {
  let document: { close(): void } | undefined;

  /** As the browser's rule adds them. */
  function headersFor(url: string): Record<string, string> {
    for (const { condition, action } of machine.rules.values()) {
      if (!condition.resourceTypes?.includes('websocket')) continue;
      if (!new RegExp(condition.regexFilter ?? '$^').test(url)) continue;
      const set = (action.requestHeaders ?? []).filter(({ operation }) => operation === 'set');
      return Object.fromEntries(set.map(({ header, value = '' }) => [header.toLowerCase(), value]));
    }
    return {};
  }

  return {
    create(life) {
      if (document) throw new Error('Only a single offscreen document may be created.');
      let isClosed = false;
      const ends: (() => void)[] = [];
      const [page, worker] = portPair();
      const own = {
        close() {
          if (isClosed) return;
          isClosed = true;
          if (document === own) document = undefined;
          for (const end of ends) end();
          page.disconnect();
        },
      };
      document = own;
      const socketClass: WebSocketClass = sockets.classFor(
        {
          isDead: () => isClosed,
          lifeNumber: life.lifeNumber,
          atDeath: (act) => ends.push(act),
        },
        headersFor,
      );
      const sender = { id: 'pullcord', url: 'chrome-extension://pullcord/offscreen.html' };
      run({
        globalThis: {
          chrome: {
            runtime: {
              connect() {
                startTimer(() => life.tell('runtime.onConnect', { ...worker, sender }));
                return page;
              },
            },
          },
        },
        window: own,
        WebSocket: socketClass,
      });
      life.atDeath(() => worker.disconnect());
    },
    close: () => document?.close(),
  };
}

interface Port {
  postMessage(message: unknown): void;
  disconnect(): void;
  readonly onMessage: { addListener(listener: (message: unknown) => void): void };
  readonly onDisconnect: { addListener(listener: () => void): void };
}

/** What is said at one comes to the other a moment later. */
function portPair(): [Port, Port] {
  let isOpen = true;
  const ends = [newEnd(), newEnd()] as const;
  const port = (own: PortEnd, other: PortEnd): Port => ({
    postMessage(message) {
      if (!isOpen) return;
      startTimer(() => other.hear?.(message));
    },
    disconnect() {
      if (!isOpen) return;
      isOpen = false;
      startTimer(() => other.end?.());
    },
    onMessage: { addListener: (hear) => void (own.hear = hear) },
    onDisconnect: { addListener: (end) => void (own.end = end) },
  });
  return [port(ends[0], ends[1]), port(ends[1], ends[0])];
}

interface PortEnd {
  hear: ((message: unknown) => void) | undefined;
  end: (() => void) | undefined;
}

const newEnd = (): PortEnd => ({ hear: undefined, end: undefined });
