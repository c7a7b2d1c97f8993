import type { OffscreenReport } from '#lib/protocol/offscreen.ts';
import { messageText } from '#lib/venues/message-text.ts';
import type { OffscreenDocument } from '#lib/worker/browser/offscreen-document.ts';
import type { Socket, Transport } from './transport.ts';

/**
 * Firefox has no offscreen documents, and needs none: its background is itself a page, to whose WebSockets the browser's rules
 * apply. So it stands in for one.
 */
export function createOwnDocument(
  openSocket: Transport['openSocket'],
): Omit<OffscreenDocument, 'take'> {
  const sockets = new Map<number, Socket>();

  function open(id: number, url: string, report: (told: OffscreenReport) => void): void {
    const socket = openSocket(url, {
      onOpen: () => report({ kind: 'open', socket: id }),
      onMessage(data) {
        const text = messageText(data);
        report({ kind: 'frame', socket: id, ...(text !== undefined && { text }) });
      },
      onClose() {
        sockets.delete(id);
        report({ kind: 'closed', socket: id });
      },
    });
    sockets.set(id, socket);
  }

  return {
    // It ends with the worker, so that nobody is there to be told.
    open: (onReport) =>
      Promise.resolve({
        tell(task) {
          if (task.kind === 'open') open(task.socket, task.url, onReport);
          else if (task.kind === 'send') sockets.get(task.socket)?.send(task.text);
          else sockets.get(task.socket)?.close();
        },
        follow() {},
        hangUp() {},
      }),
    close: () => Promise.resolve(),
    closeLeft: () => Promise.resolve(),
  };
}
