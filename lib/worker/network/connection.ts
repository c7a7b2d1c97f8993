import { isFrameTooLong } from '#lib/venues/bounds.ts';
import type { SocketMessage, SocketProtocol } from '#lib/venues/socket-protocol.ts';
import type { Signer } from '#lib/venues/wire.ts';
import type { Transport } from './transport.ts';

/** One connection to a venue's WebSocket, which logs in by itself and is kept alive by pings. */
export interface Connection {
  /** Whether it has come to be open and logged in; otherwise it is over. */
  readonly ready: Promise<boolean>;
  isOpen(): boolean;
  /** Nothing more goes out on it. It may be long in closing all the same. */
  isOver(): boolean;
  /** How many messages have come. */
  heard(): number;
  send(text: string): void;
  close(): void;
}

export interface ConnectionNeeds {
  readonly transport: Pick<Transport, 'openSocket'>;
  readonly signer: () => Signer;
  /** The venue's clock, in Unix milliseconds. */
  readonly venueNow: () => number;
}

interface ConnectionEvents {
  /** All but what belongs to the login. */
  readonly onMessage: (message: SocketMessage) => void;
  readonly onClose: () => void;
}

/** How long opening and logging in may take, in milliseconds. */
const openingPatience = 3000;

/** Throws where the browser forbids it. */
export function openConnection(
  protocol: SocketProtocol,
  base: string,
  { transport, signer, venueNow }: ConnectionNeeds,
  { onMessage, onClose }: ConnectionEvents,
): Connection {
  const { promise: ready, resolve } = Promise.withResolvers<boolean>();
  let isOver = false;
  let heard = 0;
  let login: Promise<void> | undefined;

  const socket = transport.openSocket(base.replace(/^http/, 'ws') + protocol.path, {
    onOpen: logIn,
    onMessage: hear,
    onClose() {
      clearInterval(keepAlive);
      clearTimeout(timer);
      giveUp();
      onClose();
    },
  });
  const keepAlive = setInterval(() => {
    if (socket.isOpen()) socket.send(protocol.ping.text);
  }, protocol.ping.every);
  const timer = setTimeout(giveUp, openingPatience);

  function close(): void {
    isOver = true;
    socket.close();
  }

  function giveUp(): void {
    resolve(false);
    close();
  }

  /** On opening or on the first message, whichever is first: the documents have both. */
  function logIn(): void {
    login ??= protocol.login(signer()).then((text) => socket.send(text));
    login.catch(giveUp);
  }

  function hear(data: unknown): void {
    heard++;
    logIn();
    // Longer than any message, or no text: whatever it says, it is not known.
    if (typeof data !== 'string' || isFrameTooLong(data)) return;
    const message = protocol.read(data, venueNow());
    if (message.kind !== 'login') return onMessage(message);
    clearTimeout(timer);
    if (message.failure) return giveUp();
    socket.send(protocol.subscribe);
    resolve(true);
  }

  return {
    ready,
    isOpen: () => socket.isOpen(),
    isOver: () => isOver,
    heard: () => heard,
    send: (text) => socket.send(text),
    close,
  };
}
