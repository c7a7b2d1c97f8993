import { EventEmitter } from 'node:events';
import type { SocketEnd } from '#tests/sandbox/shared/websocket.ts';
import { startTimer, steadyNow } from './time.ts';

/** Who opens WebSockets, while it lives. */
export interface SocketOwner {
  readonly isDead: () => boolean;
  readonly lifeNumber: () => number;
  /** What is to be done when it dies. */
  readonly atDeath: (act: () => void) => void;
}

/** The browser's end of a WebSocket, as far as it is used. */
export type WebSocketClass = new (url: string) => EventTarget;

/** What lies between both ends. */
export interface Line {
  send(text: string): void;
  close(): void;
}

/** `connect`: called once for each that is opened, with what becomes of it. */
export function webSocketClass(connect: (url: string, ears: LineEars) => Line): WebSocketClass {
  return class extends EventTarget {
    static readonly OPEN = 1;
    readyState = 0;
    readonly #line: Line;

    constructor(url: string) {
      super();
      this.#line = connect(url, {
        opened: () => {
          this.readyState = 1;
          this.dispatchEvent(new Event('open'));
        },
        heard: (data) => this.dispatchEvent(new MessageEvent('message', { data })),
        closed: () => {
          this.readyState = 3;
          this.dispatchEvent(new Event('close'));
        },
      });
    }
    send(text: string): void {
      if (this.readyState === 1) this.#line.send(text);
    }
    close(): void {
      if (this.readyState > 1) return;
      this.readyState = 2;
      this.#line.close();
    }
  };
}

export interface LineEars {
  readonly opened: () => void;
  readonly heard: (data: unknown) => void;
  readonly closed: () => void;
}

/** The venue's end. */
export class VenueEnd extends EventEmitter implements SocketEnd {
  readonly OPEN = 1;
  readyState = 1;
  readonly #send: (text: string) => void;
  readonly #end: () => void;

  constructor(send: (text: string) => void, end: () => void) {
    super();
    this.#send = send;
    this.#end = end;
  }
  send(text: string): void {
    this.#send(text);
  }
  close(): void {
    this.terminate();
  }
  terminate(): void {
    if (this.readyState !== 1) return;
    this.gone();
    this.#end();
  }
  /** The other end has closed it. */
  gone(): void {
    if (this.readyState !== 1) return;
    this.readyState = 3;
    this.emit('close');
  }
}

/** One way of a line: what is sent on it comes in that order, so much later. */
export function createWay(takes: number): (act: () => void, late?: number) => void {
  const queue: (() => void)[] = [];
  let last = 0;
  return (act, late = 0) => {
    last = Math.max(last, steadyNow() + takes + late);
    queue.push(act);
    startTimer(() => queue.shift()?.(), last - steadyNow());
  };
}
