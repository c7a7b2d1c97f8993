import type { AccountId } from '#lib/domain/account.ts';
import type { StreamState } from '#lib/domain/stream.ts';
import type { View } from '#lib/protocol/view.ts';
import type { FeedNews } from '#lib/venues/feed.ts';
import { streamBase } from '#lib/venues/hosts.ts';
import { afterStart } from '#lib/worker/after-sending.ts';
import type { OpenAccount } from '#lib/worker/accounts/open-accounts.ts';
import type { Transport } from '#lib/worker/network/transport.ts';
import { connectTo } from './connect.ts';
import { createStream, type Stream } from './stream.ts';

/**
 * The accounts' streams of orders: open while they are of use, and for a minute after. With nothing in use there is no
 * socket and no timer, so that the browser lets the worker die.
 */
export interface Streams {
  /** Something is done that they are of use to: they open behind it, and stay for a minute. */
  use(): void;
  /** The vault is open, and whether the user wants them open as long as it is. Ends a `shut`. */
  keepLive(isKept: boolean): void;
  /** The vault has locked: closed at once, and nothing opens them again. */
  shut(): void;
  /** The account is removed, or has another key. */
  drop(id: AccountId): void;
}

interface StreamsNeeds {
  accounts(): Iterable<readonly [AccountId, OpenAccount]>;
  readonly transport: Transport;
  /** There are cancels in flight. */
  isInFlight(): boolean;
  isPopupOpen(): Promise<boolean>;
  publish(streams: View['streams']): void;
  /** From now on they are to be open, or no longer, whether or not they are of use. */
  onKept(isKept: boolean): void;
  onNews(id: AccountId, news: readonly FeedNews[]): void;
  /** It has come to run: what happened before is not told. */
  onRunning(id: AccountId): void;
  /** Something may have been missed. */
  onLoss(id: AccountId): void;
  /** It is of no use any more, and neither is what it has asked for. */
  onClosed(id: AccountId): void;
}

/** How long they stay open after their last use, and how often it is looked whether they are of use, in milliseconds. */
const afterUse = 60_000;
/** A worker that has nothing to do is ended after 30 s, and a stream without pings keeps none awake. */
const lookPause = 20_000;

export function createStreams(needs: StreamsNeeds): Streams {
  const streams = new Map<AccountId, Stream>();
  let states: View['streams'] = {};
  let isKept = false;
  let isShut = false;
  let isOpening = false;
  /** By the time since the worker's start: a clock that is set back keeps none open for longer. */
  let usedAt = 0;
  let looking: ReturnType<typeof setTimeout> | undefined;

  function show(id: AccountId, state?: StreamState): void {
    if (states[id] === state) return;
    const { [id]: _, ...others } = states;
    states = state === undefined ? others : { ...others, [id]: state };
    needs.publish(states);
  }

  /** Those that there are not yet; nothing goes out by this. */
  function prepare(): void {
    for (const [id, account] of needs.accounts()) {
      if (streams.has(id)) continue;
      const { client } = account;
      const { feed } = client.venue;
      const base = streamBase(account.account);
      const onNews = (news: readonly FeedNews[]) => needs.onNews(id, news);
      const connect =
        feed && base && connectTo(feed, base + feed.path, client, needs.transport, onNews);
      if (!feed || !connect) continue;
      const listener = {
        onState: (state: StreamState) => show(id, state),
        onRunning: () => needs.onRunning(id),
        onNews,
        onLoss: () => needs.onLoss(id),
      };
      const stream = createStream(feed, account, connect, listener);
      streams.set(id, {
        open: () => stream.open(),
        close() {
          stream.close();
          // Its pings would keep the worker awake, also where the stream on it was refused.
          client.socket?.rest();
        },
      });
    }
  }

  function open(): void {
    isOpening = false;
    if (isShut) return;
    prepare();
    for (const stream of streams.values()) stream.open();
    looking ??= setTimeout(() => void look(), lookPause);
  }

  async function look(): Promise<void> {
    const isUsed = isKept || needs.isInFlight() || (await needs.isPopupOpen());
    if (isShut) return;
    looking = undefined;
    if (isUsed) usedAt = performance.now();
    if (performance.now() - usedAt >= afterUse) closeAll();
    else open();
  }

  function close(id: AccountId, stream: Stream): void {
    stream.close();
    show(id);
    needs.onClosed(id);
  }

  function closeAll(): void {
    clearTimeout(looking);
    looking = undefined;
    for (const [id, stream] of streams) close(id, stream);
  }

  function setKept(keep: boolean): void {
    if (keep !== isKept) needs.onKept(keep);
    isKept = keep;
  }

  /** A worker that was ended under an open popup has them open again without being asked. */
  async function useIfSeen(): Promise<void> {
    if (!isShut && looking === undefined && (await needs.isPopupOpen())) all.use();
  }

  const all: Streams = {
    use() {
      if (isShut) return;
      usedAt = performance.now();
      // So that what is told on a WebSocket that a cancel opens is heard.
      prepare();
      if (isOpening) return;
      isOpening = true;
      afterStart(open);
    },
    keepLive(keep) {
      isShut = false;
      setKept(keep);
      if (keep) all.use();
      else afterStart(() => void useIfSeen());
    },
    shut() {
      isShut = true;
      setKept(false);
      closeAll();
    },
    drop(id) {
      const stream = streams.get(id);
      if (stream) close(id, stream);
      streams.delete(id);
    },
  };
  return all;
}
