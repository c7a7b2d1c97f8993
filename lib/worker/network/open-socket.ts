import type { Socket, SocketEvents } from './transport.ts';

/** Opens a WebSocket: the one place from which one is opened. */
export function openSocket(url: string, { onOpen, onMessage, onClose }: SocketEvents): Socket {
  const socket = new WebSocket(url);
  socket.addEventListener('open', onOpen);
  socket.addEventListener('message', ({ data }: MessageEvent<unknown>) => onMessage(data));
  socket.addEventListener('close', onClose);
  return {
    isOpen: () => socket.readyState === WebSocket.OPEN,
    send: (text) => socket.send(text),
    close: () => socket.close(),
  };
}
