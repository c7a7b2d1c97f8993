import type { StreamState } from '#lib/domain/stream.ts';
import type { Failure } from '#lib/domain/reply.ts';
import type { Feed, FeedPass, PassReply } from '#lib/venues/feed.ts';
import type { CancelAccount } from '#lib/worker/lanes/connected-account.ts';
import { withdrawn } from '#lib/worker/lanes/lane.ts';
import type { FeedConnection, FeedEvents } from './feed-connection.ts';
import { reconnectPause, refusedPause, steadyTime } from './pauses.ts';

/** One account's stream of orders: kept open from `open` to `close`, however often its connection ends. */
export interface Stream {
  open(): void;
  close(): void;
}

export interface StreamListener {
  readonly onState: (state: StreamState) => void;
  /** A connection has come to run: what happened before is not told on it. */
  readonly onRunning: () => void;
  readonly onNews: FeedEvents['onNews'];
  /** Something that was told may not have come. */
  readonly onLoss: () => void;
}

/** Opens a connection that greets so. Rejects, or throws, where none can be opened. */
export type Connect = (
  greeting: number,
  pass: string | undefined,
  events: FeedEvents,
) => FeedConnection | Promise<FeedConnection>;

export function createStream(
  feed: Pick<Feed, 'greetings' | 'pass'>,
  { client, lane }: Pick<CancelAccount, 'client' | 'lane'>,
  connect: Connect,
  { onState, onRunning, onNews, onLoss }: StreamListener,
): Stream {
  /** Another for each connection, and when it is closed: what an earlier one comes to is of no interest. */
  let round = 0;
  let isOpen = false;
  let connection: FeedConnection | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let renewing: ReturnType<typeof setInterval> | undefined;
  const ways = Math.max(feed.greetings.length, 1);
  /** Which greeting is tried, and how many have been refused one after the other. */
  let greeting = 0;
  let refused = 0;
  /** Connections that came to nothing, one after the other. */
  let failures = 0;
  let runningSince: number | undefined;
  let last: number | undefined;

  /** Nothing of the connection remains. */
  function leave(): void {
    round++;
    clearTimeout(timer);
    clearInterval(renewing);
    connection?.close();
    connection = undefined;
    runningSince = undefined;
    last = undefined;
    // What waits for a pass is not wanted any more.
    lane.look();
  }

  async function begin(passInHand?: string): Promise<void> {
    const own = ++round;
    if (failures === 0) onState('connecting');
    let pass = passInHand;
    if (feed.pass && pass === undefined) {
      const reply = await fetchPass(feed.pass.fetch, own);
      if (own !== round || !reply) return;
      if (reply.kind !== 'pass') return fail(reply);
      ({ pass } = reply);
    }
    try {
      const opened = await connect(greeting, pass, {
        onRunning() {
          if (own === round) run(pass);
        },
        onNews(news, number) {
          if (own === round) take(news, number);
        },
        onOver(refusal) {
          if (own === round) lose(refusal);
        },
      });
      if (own === round) connection = opened;
      else opened.close();
    } catch {
      if (own === round) lose();
    }
  }

  /** By the lane, as a reading: it never goes before a cancel that waits for the same limit. */
  async function fetchPass(call: FeedPass['fetch'], own: number): Promise<PassReply | undefined> {
    const told = lane.told('read', Date.now());
    if (told > 0) return { kind: 'rate-limited', retryAfter: told };
    const leaveLane = await lane.enter('read', undefined, { isWithdrawn: () => own !== round });
    if (leaveLane === withdrawn) return undefined;
    const reply = await client.call(call, undefined);
    if (reply.kind === 'rate-limited') lane.holdBack('read', reply.retryAfter, Date.now());
    leaveLane(true, reply.kind === 'pass');
    return reply;
  }

  function run(pass: string | undefined): void {
    runningSince = Date.now();
    refused = 0;
    onState('live');
    onRunning();
    const renew = feed.pass?.renew;
    const own = round;
    if (renew) renewing = setInterval(() => void renewPass(renew.call, pass, own), renew.every);
  }

  /** Where another comes of it, the one in use is dead, and so is what was opened by it. Where none comes it is tried again. */
  async function renewPass(
    call: FeedPass['fetch'],
    inUse: string | undefined,
    own: number,
  ): Promise<void> {
    const reply = await fetchPass(call, own);
    if (own !== round || reply?.kind !== 'pass' || reply.pass === inUse) return;
    leave();
    onLoss();
    void begin(reply.pass);
  }

  function take(news: Parameters<FeedEvents['onNews']>[0], number: number | undefined): void {
    const isGap = number !== undefined && last !== undefined && number > last + 1;
    if (number !== undefined) last = Math.max(number, last ?? 0);
    onNews(news, number);
    if (isGap) onLoss();
  }

  function lose(refusal?: Failure): void {
    const ran = runningSince;
    leave();
    if (ran !== undefined) onLoss();
    if (refusal) return fail(refusal);
    if (ran !== undefined && Date.now() - ran >= steadyTime) failures = 0;
    again(reconnectPause(failures));
  }

  /** It said why it does not let us in. */
  function fail(failure: Failure): void {
    switch (failure.kind) {
      case 'rate-limited':
        return again(Math.max(failure.retryAfter, reconnectPause(failures)));
      case 'unknown':
        return again(reconnectPause(failures));
      case 'invalid-time':
        return void afterClock(round);
      case 'refused':
        return greetOtherwise();
    }
  }

  /** Once the venue's clock has been read. */
  async function afterClock(own: number): Promise<void> {
    await client.measureClock();
    if (own !== round) return;
    // Some call a nonce wrong so.
    greeting = (greeting + 1) % ways;
    again(reconnectPause(failures));
  }

  /** The next way to say who one is; where all have been refused, none for a while. */
  function greetOtherwise(): void {
    greeting = (greeting + 1) % ways;
    refused++;
    if (refused % ways === 0) again(refusedPause);
    else again(0);
  }

  function again(pause: number): void {
    failures++;
    if (failures > 1 || pause >= refusedPause) onState('down');
    else onState('connecting');
    clearTimeout(timer);
    timer = setTimeout(() => void begin(), pause);
  }

  return {
    open() {
      if (isOpen) return;
      isOpen = true;
      failures = 0;
      refused = 0;
      void begin();
    },
    close() {
      if (!isOpen) return;
      isOpen = false;
      leave();
    },
  };
}
