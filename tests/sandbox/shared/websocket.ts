import { STATUS_CODES, type IncomingMessage, type Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { Hono } from 'hono';
import { WebSocketServer, type WebSocket } from 'ws';
import { emptyReply, type Reply } from './reply.ts';
import { answer, dropped } from './request-path.ts';
import type { Route, VenueParts, VenueRequest, VenueRules } from './venue.ts';

/** One client's socket. */
export class SocketConnection {
  /** The request it came with. */
  readonly request: VenueRequest;
  readonly #socket: WebSocket;
  #idleTimer: NodeJS.Timeout | undefined;

  constructor(socket: WebSocket, request: VenueRequest) {
    this.#socket = socket;
    this.request = request;
    socket.once('close', () => clearTimeout(this.#idleTimer));
  }

  /** One text frame; nothing where the socket is closing or closed. */
  send(text: string): void {
    if (this.#socket.readyState === this.#socket.OPEN) this.#socket.send(text);
  }

  /** With a close frame. */
  close(code = 1000, reason = ''): void {
    this.#socket.close(code, reason);
  }

  /** Without a word: the client sees 1006. */
  cut(): void {
    this.#socket.terminate();
  }

  /** Closes with 1001 after so long, unless asked again before. */
  closeAfter(ms: number): void {
    clearTimeout(this.#idleTimer);
    this.#idleTimer = setTimeout(() => this.close(1001, 'idle'), ms);
  }
}

export interface SocketRules {
  readonly path: string;
  connected(connection: SocketConnection): void;
  received(connection: SocketConnection, text: string): void;
  closed(connection: SocketConnection): void;
}

/** A venue's WebSocket, on the same port as its HTTP. */
export class VenueSockets {
  readonly #rules: SocketRules;
  readonly #open = new Set<SocketConnection>();
  readonly #upgrading = new Set<Duplex>();
  readonly #acceptor = new WebSocketServer({ noServer: true });

  constructor(rules: SocketRules) {
    this.#rules = rules;
  }

  get open(): readonly SocketConnection[] {
    return [...this.#open];
  }

  /** Closes every socket, with a close frame. */
  close(code?: number): void {
    for (const connection of this.#open) connection.close(code);
  }

  /** Cuts every socket, without a word. */
  cut(): void {
    for (const connection of this.#open) connection.cut();
  }

  /**
   * Takes upgrades from now on. Each is a request of the operation `connect`: it is logged, limited and meets faults as
   * any other, and only then becomes a socket.
   */
  attach<Right extends string, ErrorName extends string>(
    server: Server,
    venue: string,
    parts: VenueParts<Right, ErrorName>,
    rules: VenueRules<Right, ErrorName>,
  ): void {
    const route: Route<Right> = {
      method: 'GET',
      path: this.#rules.path,
      operation: 'connect',
      right: undefined,
      act: () => emptyReply(101),
    };
    const upgrade = async (incoming: IncomingMessage, socket: Duplex, head: Buffer) => {
      const request = readUpgrade(incoming);
      const isKnown = request.path === route.path;
      const { method, path, rawQuery: query, headers, body } = request;
      const operation = isKnown ? route.operation : undefined;
      const received = { at: Date.now(), venue, operation, method, path, query, headers, body };
      const end = parts.requests.receive({ ...received, orderId: undefined });
      socket.on('error', () => socket.destroy());
      this.#upgrading.add(socket);
      const reply = isKnown ? await answer(route, request, parts, rules) : rules.notFound(false);
      this.#upgrading.delete(socket);
      if (reply === dropped) {
        end({ outcome: 'dropped', status: undefined, reply: undefined });
        socket.destroy();
        return;
      }
      end({ outcome: 'answered', status: reply.status, reply: reply.body ?? '' });
      if (reply.status !== 101) socket.end(written(reply));
      else
        this.#acceptor.handleUpgrade(incoming, socket, head, (accepted) =>
          this.#accept(accepted, request),
        );
    };
    server.on('upgrade', (incoming, socket, head) => void upgrade(incoming, socket, head));
  }

  stop(): void {
    for (const socket of this.#upgrading) socket.destroy();
    this.cut();
  }

  #accept(socket: WebSocket, request: VenueRequest): void {
    const connection = new SocketConnection(socket, request);
    this.#open.add(connection);
    socket.on('error', () => socket.terminate());
    socket.once('close', () => {
      this.#open.delete(connection);
      this.#rules.closed(connection);
    });
    // Without `binaryType` set, a frame is one Buffer.
    socket.on('message', (frame: Buffer) => this.#rules.received(connection, frame.toString()));
    this.#rules.connected(connection);
  }
}

/** GET, DELETE /sandbox/sockets: how many are open; close all, or cut them where `?cut` is asked for. */
export function socketControls(sockets: VenueSockets): Hono {
  const api = new Hono();
  api.get('/', (context) => context.json({ open: sockets.open.length }));
  api.delete('/', (context) => {
    if (context.req.query('cut') === undefined) sockets.close();
    else sockets.cut();
    return context.json({});
  });
  return api;
}

function readUpgrade({ url = '/', method = 'GET', headers, socket }: IncomingMessage) {
  const [path = '/', rawQuery = ''] = url.split('?');
  return {
    method,
    path,
    params: {},
    rawQuery,
    query: new URLSearchParams(rawQuery),
    headers: Object.fromEntries(
      Object.entries(headers).map(([name, value]) => [name, String(value)]),
    ),
    body: '',
    address: socket.remoteAddress ?? '',
  } satisfies VenueRequest;
}

function written({ status, headers, body = '' }: Reply): string {
  const lines = { ...headers, connection: 'close', 'content-length': Buffer.byteLength(body) };
  return [
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`,
    ...Object.entries(lines).map(([name, value]) => `${name}: ${value}`),
    '',
    body,
  ].join('\r\n');
}
