import type { Failure } from '#lib/domain/reply.ts';
import type { Feed } from '#lib/venues/feed.ts';
import type { SocketSession } from '#lib/worker/network/socket-session.ts';
import type { FeedConnection, FeedEvents } from './feed-connection.ts';

/**
 * The stream on the WebSocket that cancels use, which logs in and subscribes by itself: whoever opens it first, both have it,
 * and the next cancel finds it open. What it tells is heard whenever it stands.
 */
export function shareConnection(
  feed: Feed,
  session: SocketSession,
  venueNow: () => number,
  onNews: FeedEvents['onNews'],
): (events: FeedEvents) => FeedConnection {
  const [greeting = []] = feed.greetings;
  let steps = 0;
  let refusal: Failure | undefined;
  let current: FeedEvents | undefined;

  function over(): void {
    const ended = current;
    current = undefined;
    ended?.onOver(refusal);
  }

  async function begin(events: FeedEvents): Promise<void> {
    const isReady = await session.open();
    if (current !== events) return;
    if (!isReady || refusal) over();
    else if (steps >= greeting.length) events.onRunning();
  }

  session.listen({
    onText(text) {
      const frame = feed.read(text, venueNow());
      switch (frame.kind) {
        case 'step':
          if (++steps === greeting.length) current?.onRunning();
          break;
        case 'refused':
          if (steps >= greeting.length) break;
          ({ failure: refusal } = frame);
          over();
          break;
        case 'news':
          onNews(frame.news, frame.number);
          break;
        // What ends the connection itself ends the stream.
        case 'over':
        case 'other':
          break;
      }
    },
    onOver() {
      steps = 0;
      over();
      refusal = undefined;
    },
  });

  return (events) => {
    current = events;
    void begin(events);
    return {
      close() {
        // The WebSocket stays: cancels may need it.
        if (current === events) current = undefined;
      },
    };
  };
}
