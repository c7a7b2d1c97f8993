import type { WireRequest } from '#lib/venues/wire.ts';

/** The way out of this machine. An account's client is given one: that of the browser, or what stands in its place. */
export interface Transport {
  /**
   * Sends a request to the API that stands at `base`. Rejects where there is no whole answer; the request may then have been
   * acted on or not. `most`: how many bytes are read.
   */
  readonly send: (base: string, request: WireRequest, most: number) => Promise<Answer>;
  /** Throws where the browser forbids it. Nobody is told anything before this has returned. */
  readonly openSocket: (url: string, events: SocketEvents) => Socket;
  /** The same, with headers of its handshake; absent where the browser has no way to set any. */
  readonly openSocketWithHeaders?: (
    url: string,
    headers: Readonly<Record<string, string>>,
    events: SocketEvents,
  ) => Socket;
}

/** What has come back for a request. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  /** Undefined: it is longer than was to be read. */
  readonly text: string | undefined;
}

export interface Socket {
  isOpen(): boolean;
  send(text: string): void;
  close(): void;
}

/** Who is told of a connection. */
export interface SocketEvents {
  readonly onOpen: () => void;
  /** Of what is no text, too. */
  readonly onMessage: (data: unknown) => void;
  /** However it came to be closed, and if it never was open. */
  readonly onClose: () => void;
}
