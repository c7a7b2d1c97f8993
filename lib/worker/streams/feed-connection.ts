import type { Failure } from '#lib/domain/reply.ts';
import type { Feed, FeedNews, Greeting } from '#lib/venues/feed.ts';
import type { Signer } from '#lib/venues/wire.ts';
import { messageText } from '#lib/venues/message-text.ts';
import type { Socket, SocketEvents } from '#lib/worker/network/transport.ts';

/** One connection on which a venue tells of orders. Once it is over, or closed, nothing more is heard of it. */
export interface FeedConnection {
  close(): void;
}

export interface FeedEvents {
  /** It is known to run: whatever happens from now on is told. */
  readonly onRunning: () => void;
  /** `number`: its place in the stream, where the venue counts. */
  readonly onNews: (news: readonly FeedNews[], number?: number) => void;
  /** It has ended by itself; `refusal`: the venue does not take what it was greeted with. */
  readonly onOver: (refusal?: Failure) => void;
}

export interface FeedNeeds {
  readonly open: (events: SocketEvents) => Socket;
  readonly greeting: Greeting;
  readonly pass: string | undefined;
  readonly signer: () => Signer;
  /** The venue's clock, in Unix milliseconds. */
  readonly venueNow: () => number;
}

/** How long opening, and the answer to each text of the greeting, may take, in milliseconds. */
const patience = 10_000;

/** Opens it, greets as the feed says, keeps it alive, and notices when it is dead. */
export function openFeedConnection(
  feed: Feed,
  { open, greeting, pass, signer, venueNow }: FeedNeeds,
  { onRunning, onNews, onOver }: FeedEvents,
): FeedConnection {
  let isOver = false;
  let isRunning = false;
  /** How many texts of the greeting have been sent. */
  let said = 0;
  let hasHeard = false;
  let keepAlive: ReturnType<typeof setInterval> | undefined;
  let silence: ReturnType<typeof setTimeout> | undefined;
  let waiting = setTimeout(tired, patience);

  const socket = open({
    onOpen() {
      const { ping } = feed;
      if (ping) keepAlive = setInterval(() => socket.send(ping.text), ping.every);
      listenAnew();
      greet();
    },
    onMessage: hear,
    onClose: () => over(),
  });

  function end(): void {
    isOver = true;
    clearTimeout(waiting);
    clearTimeout(silence);
    clearInterval(keepAlive);
    socket.close();
  }

  function over(refusal?: Failure): void {
    if (isOver) return;
    end();
    onOver(refusal);
  }

  function listenAnew(): void {
    clearTimeout(silence);
    if (feed.longestSilence !== undefined) silence = setTimeout(() => over(), feed.longestSilence);
  }

  /** The next text, or it runs. */
  function greet(): void {
    const write = greeting[said];
    if (!write) return run();
    said++;
    hasHeard = false;
    clearTimeout(waiting);
    waiting = setTimeout(tired, patience);
    void say(write(signer(), pass));
  }

  async function say(writing: Promise<string>): Promise<void> {
    try {
      const text = await writing;
      if (!isOver) socket.send(text);
    } catch {
      over();
    }
  }

  function run(): void {
    isRunning = true;
    clearTimeout(waiting);
    onRunning();
  }

  /** What an answer looks like is not documented everywhere: where anything has come since the last text, it is taken to run. */
  function tired(): void {
    if (hasHeard && said === greeting.length) run();
    else over();
  }

  function hear(data: unknown): void {
    if (isOver) return;
    hasHeard = true;
    listenAnew();
    const text = messageText(data);
    if (text === undefined) return;
    const frame = feed.read(text, venueNow());
    switch (frame.kind) {
      case 'step':
        if (!isRunning && said > 0) greet();
        break;
      case 'refused':
        if (!isRunning) over(frame.failure);
        break;
      case 'news':
        if (!isRunning && said === greeting.length) run();
        onNews(frame.news, frame.number);
        break;
      case 'over':
        over();
        break;
      case 'other':
        break;
    }
  }

  return {
    close() {
      if (!isOver) end();
    },
  };
}
