import { openSocket } from './open-socket.ts';
import { send } from './send.ts';
import type { Transport } from './transport.ts';

/** The browser's own way out. */
export const browserTransport: Transport = { send, openSocket };
