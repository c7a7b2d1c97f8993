import type { SocketMessage, SocketProtocol } from '#lib/venues/socket-protocol.ts';
import type { Signer } from '#lib/venues/wire.ts';
import { messageText } from '#lib/venues/message-text.ts';
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
  /** Every one that comes. */
  readonly onText: (text: string) => void;
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
  { onText, onMessage, onClose }: ConnectionEvents,
): Connection {
  const { promise: ready, resolve } = Promise.withResolvers<boolean>();
  let isOver = false;
  let hasGivenUp = false;
  let heard = 0;
  let heardBefore = 0;
  let unanswered = 0;
  let login: Promise<void> | undefined;

  const socket = transport.openSocket(base.replace(/^http/, 'ws') + protocol.path, {
    onOpen: logIn,
    onMessage: hear,
    onClose: giveUp,
  });
  const keepAlive = setInterval(ping, protocol.ping.every);
  const timer = setTimeout(giveUp, openingPatience);

  function close(): void {
    isOver = true;
    clearInterval(keepAlive);
    clearTimeout(timer);
    resolve(false);
    socket.close();
  }

  /** Once: what is long in closing is over all the same. */
  function giveUp(): void {
    if (hasGivenUp) return;
    hasGivenUp = true;
    close();
    onClose();
  }

  /** Where neither of the last two was answered, by anything at all, it is dead. */
  function ping(): void {
    unanswered = heard === heardBefore ? unanswered + 1 : 0;
    heardBefore = heard;
    if (unanswered === 2) giveUp();
    else if (socket.isOpen()) socket.send(protocol.ping.text);
  }

  /** On opening or on the first message, whichever is first: the documents have both. */
  function logIn(): void {
    if (isOver) return;
    login ??= protocol.login(signer()).then((text) => socket.send(text));
    login.catch(giveUp);
  }

  function hear(data: unknown): void {
    heard++;
    logIn();
    const text = messageText(data);
    if (text === undefined) return;
    onText(text);
    const message = protocol.read(text, venueNow());
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
