import type { OffscreenReport, OffscreenTask } from '#lib/protocol/offscreen.ts';
import { messageText } from '#lib/venues/message-text.ts';

/** What is used of the port to the worker. */
export interface Port {
  postMessage(report: OffscreenReport): void;
  readonly onMessage: { addListener(listener: (task: OffscreenTask) => void): void };
  readonly onDisconnect: { addListener(listener: () => void): void };
}

/**
 * All that the offscreen document does: opens the WebSockets that the worker tells it, and tells what becomes of them. It knows
 * nothing of what they are for; headers of the handshake are set by a rule of the browser's, which it does not see. Where the
 * port ends, the worker has, and with it all of this: `close` ends the document.
 */
export function serveSockets(port: Port, close: () => void): void {
  const sockets = new Map<number, WebSocket>();
  const tell = (report: OffscreenReport) => port.postMessage(report);

  function open(id: number, url: string): void {
    const socket = new WebSocket(url);
    sockets.set(id, socket);
    socket.addEventListener('open', () => tell({ kind: 'open', socket: id }));
    socket.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
      const text = messageText(data);
      tell({ kind: 'frame', socket: id, ...(text !== undefined && { text }) });
    });
    socket.addEventListener('close', () => {
      sockets.delete(id);
      tell({ kind: 'closed', socket: id });
    });
  }

  port.onMessage.addListener((task) => {
    switch (task.kind) {
      case 'open':
        open(task.socket, task.url);
        break;
      case 'send':
        sockets.get(task.socket)?.send(task.text);
        break;
      case 'close':
        sockets.get(task.socket)?.close();
    }
  });
  port.onDisconnect.addListener(() => {
    for (const socket of sockets.values()) socket.close();
    close();
  });
}
