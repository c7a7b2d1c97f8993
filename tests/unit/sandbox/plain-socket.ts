import { once } from 'node:events';
import { WebSocket } from 'ws';

/** A socket with everything it was told, in order. */
export class PlainSocket {
  readonly told: string[] = [];
  readonly closed: Promise<number>;
  readonly #socket: WebSocket;
  readonly #listeners = new Set<() => void>();

  /** `url`: the venue's, as HTTP. */
  constructor(url: string, path: string, headers: Readonly<Record<string, string>> = {}) {
    this.#socket = new WebSocket(url.replace('http', 'ws') + path, { headers });
    this.closed = new Promise((resolve) => this.#socket.once('close', resolve));
    this.#socket.on('message', (frame: Buffer) => {
      this.told.push(frame.toString());
      for (const listener of this.#listeners) listener();
    });
    this.#socket.on('close', () => {
      for (const listener of this.#listeners) listener();
    });
  }

  async opened(): Promise<this> {
    await once(this.#socket, 'open');
    return this;
  }

  send(message: object | string): void {
    this.#socket.send(typeof message === 'string' ? message : JSON.stringify(message));
  }

  cut(): void {
    this.#socket.terminate();
  }

  /** The first thing told, past or to come, in which all of this text stands. */
  hears(...parts: string[]): Promise<string> {
    const hasAll = (text: string) => parts.every((part) => text.includes(part));
    return this.first((text) => (hasAll(text) ? text : undefined), parts.join(' '));
  }

  /** What is found in the first thing told, past or to come, in which anything is. */
  async first<Found>(find: (text: string) => Found | undefined, what: string): Promise<Found> {
    for (;;) {
      for (const text of this.told) {
        const found = find(text);
        if (found !== undefined) return found;
      }
      if (this.#socket.readyState === WebSocket.CLOSED)
        throw new Error(`Closed, in vain for ${what}: ${this.told.join('\n')}`);
      await new Promise<void>((resolve) => {
        const listener = (): void => {
          this.#listeners.delete(listener);
          resolve();
        };
        this.#listeners.add(listener);
      });
    }
  }
}
