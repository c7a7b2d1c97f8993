import type { Feed } from '#lib/venues/feed.ts';
import type { OwnClient } from '#lib/worker/network/account-client.ts';
import type { Transport } from '#lib/worker/network/transport.ts';
import { openFeedConnection, type FeedEvents } from './feed-connection.ts';
import { shareConnection } from './shared-connection.ts';
import type { Connect } from './stream.ts';

/** How the account's stream is connected to; undefined where this browser has no way. `onNews`: what is told between streams too. */
export function connectTo(
  feed: Feed,
  url: string,
  { socket, signer, venueNow }: OwnClient,
  { openSocket, openSocketWithHeaders }: Transport,
  onNews: FeedEvents['onNews'],
): Connect | undefined {
  if (socket) {
    const share = shareConnection(feed, socket, venueNow, onNews);
    return (_greeting, _pass, events) => share(events);
  }
  const { handshake } = feed;
  const needsOf = (index: number, pass: string | undefined) => ({
    greeting: feed.greetings[index] ?? [],
    pass,
    signer,
    venueNow,
  });
  if (!handshake) {
    return (index, pass, events) => {
      const open = openSocket.bind(undefined, url);
      return openFeedConnection(feed, { ...needsOf(index, pass), open }, events);
    };
  }
  if (!openSocketWithHeaders) return undefined;
  return async (index, pass, events) => {
    const headers = await handshake(signer());
    const open = openSocketWithHeaders.bind(undefined, url, headers);
    return openFeedConnection(feed, { ...needsOf(index, pass), open }, events);
  };
}
