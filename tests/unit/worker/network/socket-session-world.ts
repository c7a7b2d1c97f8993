import { utf8 } from '#lib/venues/keys.ts';
import type { AddressInfo } from 'node:net';
import { vi } from 'vitest';
import { WebSocketServer, type WebSocket as Peer } from 'ws';
import type { OrderId } from '#lib/domain/order.ts';
import type { CancelReply } from '#lib/domain/reply.ts';
import { oxFun } from '#lib/venues/ox-fun/ox-fun.ts';
import { browserTransport as network } from '#lib/worker/network/browser-transport.ts';
import { createSocketSession, type LateFailure } from '#lib/worker/network/socket-session.ts';
import type { Transport } from '#lib/worker/network/transport.ts';
import type { BatchName, Signer } from '#lib/venues/wire.ts';
import { signer as silent } from '#tests/unit/support/fixtures.ts';

/** A WebSocket server on loopback that speaks OX.FUN’s words, and a session with it. */

export const [a, b, c] = ['1', '3330802124194931673', '3'].map((id) => ({
  orderId: id as OrderId,
  symbol: 'BTC-USD-SWAP-LIN',
})) as [BatchName, BatchName, BatchName];

export const accepted = { kind: 'accepted', said: ['submitted'] };
export const notFound = {
  kind: 'claimed',
  claim: 'not-found',
  said: ['100005'],
  note: { code: 'socket' },
};
export const silence = { kind: 'unknown', note: { code: 'socket-silent' } };
export const cut = { kind: 'unknown', note: { code: 'socket-closed' } };

export const stops: (() => void)[] = [];

interface Heard {
  readonly op?: string;
  readonly tag?: string;
  readonly data?: { readonly orderId?: string };
}

interface Script {
  /** Sent as soon as a connection stands. */
  readonly greeting?: string;
  /** The answer to a login; none where undefined. */
  readonly login?: object | undefined;
  /** What is done with a cancel; by default nothing. */
  readonly cancel?: (peer: Peer, tag: string, nth: number) => void;
}

const ok = { event: 'login', success: true };

/** A venue that takes logins; `texts` are the messages it was sent, `peers` its connections. */
export async function serve({ greeting, cancel, ...script }: Script = {}) {
  const login = 'login' in script ? script.login : ok;
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0, path: '/v2/websocket' });
  await new Promise((resolve) => server.once('listening', resolve));
  const texts: string[] = [];
  const peers: Peer[] = [];
  let cancels = 0;
  server.on('connection', (peer) => {
    peers.push(peer);
    if (greeting !== undefined) peer.send(greeting);
    peer.on('message', (data: Buffer) => {
      const text = data.toString();
      texts.push(text);
      if (!text.startsWith('{')) return;
      const { op, tag = '' } = JSON.parse(text) as Heard;
      if (op === 'login' && login) say(peer, login);
      if (op?.startsWith('cancelorder')) cancel?.(peer, tag, ++cancels);
    });
  });
  stops.push(() => {
    for (const peer of peers) peer.terminate();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return { base: `http://127.0.0.1:${port}`, texts, peers };
}

export function say(peer: Peer, message: object): void {
  peer.send(JSON.stringify(message));
}

export function reply(peer: Peer, tag: string, name: BatchName | undefined, code?: string): void {
  say(peer, {
    event: 'cancelorder',
    submitted: code === undefined,
    tag,
    ...(code !== undefined && { code }),
    ...(name && { data: { orderId: name.orderId } }),
  });
}

export const closed = ({ orderId }: BatchName) => ({
  table: 'order',
  data: [{ notice: 'OrderClosed', status: 'CANCELED_BY_USER', orderId }],
});

export function sessionWith(
  base: string,
  openSocket: Transport['openSocket'] = network.openSocket,
) {
  let timestamp = 1_700_000_000_000;
  const signer = (): Signer => ({
    ...silent,
    host: '127.0.0.1',
    timestamp: ++timestamp,
    sign: (data) => Promise.resolve(typeof data === 'string' ? utf8(data) : data),
  });
  const session = createSocketSession(oxFun.socket, base, {
    transport: { openSocket },
    signer,
    venueNow: Date.now,
  });
  stops.push(() => session.close());
  const failures: LateFailure[] = [];
  const heard: string[] = [];
  session.follow((told) => failures.push(told));
  session.listen({ onText: (text) => heard.push(text), onOver: () => heard.push('over') });
  return { session, failures, heard };
}

/** The replies, where something was sent. */
export async function sent(
  cancelling: Promise<readonly Promise<CancelReply>[] | undefined>,
): Promise<readonly Promise<CancelReply>[]> {
  const replies = await cancelling;
  if (!replies) throw new Error('nothing was sent');
  return replies;
}

export const opsOf = (texts: readonly string[]) =>
  texts.map((text) => (text.startsWith('{') ? (JSON.parse(text) as Heard).op : text));

/** Each look lets 5 ms of the test’s time pass. */
export const until = (check: () => void) => vi.waitFor(check, { timeout: 5000, interval: 5 });
