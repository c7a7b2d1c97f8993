import { expect, test } from 'vitest';
import type { OffscreenReport } from '#lib/protocol/offscreen.ts';
import { bounds } from '#lib/venues/bounds.ts';
import { createOwnDocument } from '#lib/worker/network/own-document.ts';
import type { SocketEvents } from '#lib/worker/network/transport.ts';

/** A line to a document whose sockets stand still until they are told what happens to them. */
async function openDocument() {
  const sockets: { url: string; events: SocketEvents; sent: string[]; isClosed: boolean }[] = [];
  const reports: OffscreenReport[] = [];
  const document = createOwnDocument((url, events) => {
    const socket = { url, events, sent: [] as string[], isClosed: false };
    sockets.push(socket);
    return {
      isOpen: () => true,
      send: (text) => void socket.sent.push(text),
      close: () => (socket.isClosed = true),
    };
  });
  const line = await document.open(
    (report) => reports.push(report),
    () => undefined,
  );
  return { line, reports, sockets };
}

test('opens what it is told, and reports what becomes of it', async () => {
  const { line, reports, sockets } = await openDocument();
  line.tell({ kind: 'open', socket: 7, url: 'ws://127.0.0.1:1/' });
  line.tell({ kind: 'open', socket: 8, url: 'ws://127.0.0.1:2/' });
  expect(sockets.map(({ url }) => url)).toEqual(['ws://127.0.0.1:1/', 'ws://127.0.0.1:2/']);
  const [first] = sockets;
  first?.events.onOpen();
  first?.events.onMessage('{"order":1}');
  first?.events.onMessage(new ArrayBuffer(1));
  first?.events.onMessage('x'.repeat(bounds.frame + 1));
  first?.events.onClose();
  expect(reports).toEqual([
    { kind: 'open', socket: 7 },
    { kind: 'frame', socket: 7, text: '{"order":1}' },
    { kind: 'frame', socket: 7 },
    { kind: 'frame', socket: 7 },
    { kind: 'closed', socket: 7 },
  ]);
});

test('sends and closes on the one that is named, and on none that has gone', async () => {
  const { line, sockets } = await openDocument();
  for (const socket of [7, 8]) line.tell({ kind: 'open', socket, url: 'ws://127.0.0.1:1/' });
  line.tell({ kind: 'send', socket: 8, text: 'ping' });
  line.tell({ kind: 'close', socket: 8 });
  sockets[1]?.events.onClose();
  line.tell({ kind: 'send', socket: 8, text: 'late' });
  expect(sockets.map(({ sent, isClosed }) => ({ sent, isClosed }))).toEqual([
    { sent: [], isClosed: false },
    { sent: ['ping'], isClosed: true },
  ]);
});
