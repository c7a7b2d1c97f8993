import { utf8 } from '#lib/venues/keys.ts';
import { vi } from 'vitest';
import type { Failure } from '#lib/domain/reply.ts';
import type { Call } from '#lib/venues/call.ts';
import type { Signer } from '#lib/venues/wire.ts';
import { createLane, type Lane } from '#lib/worker/lanes/lane.ts';
import type { Socket, SocketEvents } from '#lib/worker/network/transport.ts';
import { signer as silent } from '#tests/unit/support/fixtures.ts';

/** Sockets that a test plays the venue on, for tests of streams. Time is the test’s own. */

export const start = 1_700_000_000_000;

export interface FakeSocket {
  readonly url: string;
  /** What was sent on it. */
  readonly sent: string[];
  readonly headers?: Readonly<Record<string, string>>;
  isClosed: boolean;
  open(): void;
  say(...messages: readonly unknown[]): void;
  /** From outside. */
  cut(): void;
}

/** The way out: each socket that is opened is kept. */
export function fakeSockets() {
  const sockets: FakeSocket[] = [];
  function openSocket(
    url: string,
    { onOpen, onMessage, onClose }: SocketEvents,
    headers?: Readonly<Record<string, string>>,
  ): Socket {
    const socket: FakeSocket = {
      url,
      ...(headers && { headers }),
      sent: [],
      isClosed: false,
      open: onOpen,
      say(...messages) {
        for (const message of messages) {
          onMessage(typeof message === 'string' ? message : JSON.stringify(message));
        }
      },
      cut() {
        socket.isClosed = true;
        onClose();
      },
    };
    sockets.push(socket);
    return {
      isOpen: () => !socket.isClosed,
      send: (text) => void socket.sent.push(text),
      close: () => void (socket.isClosed = true),
    };
  }
  const last = (): FakeSocket => {
    const socket = sockets.at(-1);
    if (!socket) throw new Error('no socket');
    return socket;
  };
  const openSocketWithHeaders = (
    url: string,
    headers: Readonly<Record<string, string>>,
    events: SocketEvents,
  ) => openSocket(url, events, headers);
  return { sockets, last, openSocket, openSocketWithHeaders };
}

export function signer(): Signer {
  return {
    ...silent,
    host: '127.0.0.1',
    timestamp: Date.now(),
    sign: (data) => Promise.resolve(typeof data === 'string' ? utf8(data) : data),
  };
}

/** An account whose requests are answered by hand. */
export function fakeAccount(lane: Lane = createLane()) {
  const asked: string[] = [];
  const answers: ((reply: unknown) => void)[] = [];
  const clockReadings: (() => void)[] = [];
  const client = {
    call<Input, Output>(call: Call<Input, Output>, input: Input) {
      const { method, path } = call.request(input, start);
      asked.push(`${method} ${path}`);
      return new Promise<Output | Failure>((resolve) => {
        answers.push((reply) => resolve(reply as Output));
      });
    },
    measureClock: () =>
      new Promise((resolve) => {
        clockReadings.push(() => resolve({ offset: 0, uncertainty: 1 }));
      }),
  };
  return { asked, answers, clockReadings, account: { client, lane } as never };
}

export const pass = (milliseconds: number) => vi.advanceTimersByTimeAsync(milliseconds);
