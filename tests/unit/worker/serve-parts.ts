/** The browser's side of the worker's messages, for `vi.mock` to put in the place of the real one. */

export interface Port {
  readonly name?: string;
  readonly sender?: Sender;
  readonly onMessage: { addListener(listener: (message: unknown) => void): void };
  readonly onDisconnect: { addListener(listener: () => void): void };
  readonly postMessage: (message: unknown) => void;
  readonly disconnect: () => void;
}
export type Sender = { id?: string; url?: string; tab?: object };
export type Listener = (message: unknown, sender: Sender) => unknown;
export const listeners: Listener[] = [];
export const connectListeners: ((port: Port) => void)[] = [];

export const browserMock = {
  default: {
    runtime: {
      id: 'pullcord',
      getURL: (path: string) => `chrome-extension://pullcord/${path}`,
      onMessage: { addListener: (listener: Listener) => listeners.push(listener) },
      onConnect: {
        addListener: (listener: (port: Port) => void) => connectListeners.push(listener),
      },
    },
  },
};
