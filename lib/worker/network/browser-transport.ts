import { openSocket } from './open-socket.ts';
import { send } from './send.ts';
import type { SocketsWithHeaders } from './sockets-with-headers.ts';
import type { Transport } from './transport.ts';

/** The browser's own way out. */
export const browserTransport: Transport = { send, openSocket };

/** With headers of a handshake too. */
export function createBrowserTransport(sockets: SocketsWithHeaders): Transport {
  return { ...browserTransport, openSocketWithHeaders: sockets.open };
}
