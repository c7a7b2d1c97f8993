import type { AddressInfo } from 'node:net';
import { afterEach, expect, test, vi } from 'vitest';
import { WebSocketServer, type WebSocket as Peer } from 'ws';
import { serveSockets } from '#lib/offscreen/serve-sockets.ts';
import type { OffscreenReport, OffscreenTask } from '#lib/protocol/offscreen.ts';
import { bounds } from '#lib/venues/bounds.ts';

/** The offscreen document’s part, against WebSockets on loopback. */

const stops: (() => void)[] = [];
afterEach(() => {
  for (const stop of stops.splice(0)) stop();
});

async function serve() {
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0 });
  await new Promise((resolve) => server.once('listening', resolve));
  const peers: Peer[] = [];
  const heard: string[] = [];
  server.on('connection', (peer) => {
    peers.push(peer);
    peer.on('message', (data: Buffer) => heard.push(data.toString()));
  });
  stops.push(() => {
    for (const peer of peers) peer.terminate();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return { url: `ws://127.0.0.1:${port}/`, peers, heard };
}

/** The worker’s end of the line. */
function makeDocument() {
  const reports: OffscreenReport[] = [];
  const closed = vi.fn();
  let tell: ((task: OffscreenTask) => void) | undefined;
  let hangUp: (() => void) | undefined;
  serveSockets(
    {
      postMessage: (report) => reports.push(report),
      onMessage: { addListener: (listener) => (tell = listener) },
      onDisconnect: { addListener: (listener) => (hangUp = listener) },
    },
    closed,
  );
  return { reports, closed, tell: (task: OffscreenTask) => tell?.(task), hangUp: () => hangUp?.() };
}

async function open() {
  const { url, peers, heard } = await serve();
  const document = makeDocument();
  document.tell({ kind: 'open', socket: 3, url });
  await vi.waitFor(() => expect(document.reports).toEqual([{ kind: 'open', socket: 3 }]));
  document.reports.splice(0);
  const [peer] = peers;
  if (!peer) throw new Error('nobody has come');
  return { ...document, peer, heard, url };
}

test('nothing is opened unasked', () => {
  const { reports } = makeDocument();
  expect(reports).toEqual([]);
});

test('what is told is done: sent, and closed in the usual way', async () => {
  const { heard, peer, reports, tell } = await open();
  tell({ kind: 'send', socket: 3, text: 'hello' });
  await vi.waitFor(() => expect(heard).toEqual(['hello']));
  const ended = new Promise((resolve) => peer.once('close', resolve));
  tell({ kind: 'close', socket: 3 });
  // With a close frame, not cut.
  expect(await ended).toBe(1005);
  await vi.waitFor(() => expect(reports).toEqual([{ kind: 'closed', socket: 3 }]));
  tell({ kind: 'send', socket: 3, text: 'too late' });
  tell({ kind: 'close', socket: 3 });
  expect(reports).toHaveLength(1);
});

test.each<[what: string, frame: string | Buffer, text: string | undefined]>([
  ['a text', '{"type":"heartbeat"}', '{"type":"heartbeat"}'],
  ['an empty text', '', ''],
  ['a text as long as is taken', 'x'.repeat(bounds.frame), 'x'.repeat(bounds.frame)],
  ['a longer one', 'x'.repeat(bounds.frame + 1), undefined],
  ['one that is longer in bytes alone', '€'.repeat(bounds.frame / 2), undefined],
  ['what is no text', Buffer.from([1, 2, 3]), undefined],
])('%s', async (_, frame, text) => {
  const { peer, reports } = await open();
  peer.send(frame);
  await vi.waitFor(() => expect(reports).toHaveLength(1));
  expect(reports).toEqual([
    text === undefined ? { kind: 'frame', socket: 3 } : { kind: 'frame', socket: 3, text },
  ]);
});

test('what cannot be opened is closed, and so is what the venue closes or cuts', async () => {
  const { peer, reports, tell, url } = await open();
  peer.terminate();
  await vi.waitFor(() => expect(reports).toEqual([{ kind: 'closed', socket: 3 }]));
  tell({ kind: 'open', socket: 4, url: 'ws://127.0.0.1:1/' });
  await vi.waitFor(() => expect(reports.at(-1)).toEqual({ kind: 'closed', socket: 4 }));
  tell({ kind: 'open', socket: 5, url });
  tell({ kind: 'close', socket: 5 });
  await vi.waitFor(() => expect(reports.at(-1)).toEqual({ kind: 'closed', socket: 5 }));
  expect(reports).toHaveLength(3);
});

test('with the line goes the document, and every socket', async () => {
  const { closed, hangUp, peer } = await open();
  const ended = new Promise((resolve) => peer.once('close', resolve));
  expect(closed).not.toHaveBeenCalled();
  hangUp();
  expect(closed).toHaveBeenCalledOnce();
  await ended;
});
