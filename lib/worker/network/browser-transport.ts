import { openSocket } from './open-socket.ts';
import { send } from './send.ts';
import type { SocketsWithHeaders } from './sockets-with-headers.ts';
import type { Transport } from './transport.ts';

/** The browser's own way out, in any browser. */
export const browserTransport: Transport = { send, openSocket };

/** With headers of a handshake too, where the browser has a way to set them. */
export function createBrowserTransport(sockets: SocketsWithHeaders | undefined): Transport {
  return { ...browserTransport, ...(sockets && { openSocketWithHeaders: sockets.open }) };
}
