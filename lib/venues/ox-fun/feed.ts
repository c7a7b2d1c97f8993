import * as v from 'valibot';
import type { Feed, FeedFrame, FeedNews } from '#lib/venues/feed.ts';
import { other, step } from '#lib/venues/feed-frames.ts';
import { failure, socketReply } from './errors.ts';
import {
  isLoggedIn,
  login,
  named,
  parseMessage,
  path,
  ping,
  subscribe,
  type Message,
} from './messages.ts';
import { readOrderChannel } from './order-channel.ts';

/** The order channel, on the same WebSocket as cancels. Source: OX.FUN API documents. */
export const feed: Feed = {
  path,
  greetings: [[login, () => Promise.resolve(subscribe)]],
  ping,
  // Two pings without an answer.
  longestSilence: 60_000,

  read(text, receivedAt) {
    const message = parseMessage(text);
    if (!message) return other;
    if (message.table === 'order') return newsFrame(readOrderChannel(message.data));
    switch (message.event) {
      case 'login':
        return isLoggedIn(message) ? step : readRefusal(message, receivedAt);
      case 'subscribe':
        return message.success === true ? step : readRefusal(message, receivedAt);
      case 'CANCEL':
      case 'AMEND':
        return newsFrame(readNotice(message));
      default:
        return other;
    }
  },
};

function newsFrame(news: readonly FeedNews[] | undefined): FeedFrame {
  return news ? { kind: 'news', news } : other;
}

function readRefusal(
  { success, code, message }: Message,
  receivedAt: number | undefined,
): FeedFrame {
  if (success !== false && !code) return other;
  const reply = socketReply(receivedAt);
  return { kind: 'refused', failure: failure(reply, code ?? '', message ?? undefined) };
}

/** A cancel or a change that had been taken and failed: the order may have gone. Or every order is being cancelled at once. */
function readNotice({ event, submitted, data }: Message): FeedNews[] | undefined {
  const name = v.safeParse(named, data);
  if (submitted === false && name.success) {
    return [{ kind: 'look', orderId: name.output.orderId }];
  }
  return submitted === true && event === 'CANCEL' ? [{ kind: 'look' }] : undefined;
}
