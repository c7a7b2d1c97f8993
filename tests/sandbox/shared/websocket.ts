import { STATUS_CODES, type IncomingMessage, type Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { Hono } from 'hono';
import * as v from 'valibot';
import { WebSocketServer } from 'ws';
import { emptyReply, type Reply } from './reply.ts';
import { answer, dropped } from './request-path.ts';
import { streamFault, StreamFaults } from './stream-faults.ts';
import type { Route, VenueParts, VenueRequest, VenueRules } from './venue.ts';

/** This end of a client's socket; what is used of one of the package `ws`. */
export interface SocketEnd {
  readonly OPEN: number;
  readonly readyState: number;
  send(text: string): void;
  close(code?: number, reason?: string): void;
  terminate(): void;
  /** Of a real socket alone. */
  ping?(): void;
  on(event: 'pong', listener: () => void): unknown;
  on(event: 'error', listener: () => void): unknown;
  on(event: 'message', listener: (frame: Pick<Buffer, 'toString'>) => void): unknown;
  once(event: 'close', listener: () => void): unknown;
}

/** One client's socket. */
export class SocketConnection {
  /** The request it came with. */
  readonly request: VenueRequest;
  readonly #socket: SocketEnd;
  #idleTimer: NodeJS.Timeout | undefined;
  #pinging: NodeJS.Timeout | undefined;
  #isSilent = false;

  constructor(socket: SocketEnd, request: VenueRequest) {
    this.#socket = socket;
    this.request = request;
    socket.once('close', () => {
      clearTimeout(this.#idleTimer);
      clearInterval(this.#pinging);
    });
  }

  /** One text frame; nothing where the socket is closing or closed, or was silenced. */
  send(text: string): void {
    if (this.#isSilent || this.#socket.readyState !== this.#socket.OPEN) return;
    this.#socket.send(text);
  }

  /** Nothing is sent any more, while the socket stays open. */
  silence(): void {
    this.#isSilent = true;
  }

  /** With a close frame. */
  close(code = 1000, reason = ''): void {
    this.#socket.close(code, reason);
  }

  /** Without a word: the client sees 1006. */
  cut(): void {
    this.#socket.terminate();
  }

  /** Ping frames at this pace; closes with 1008 where none has been answered for so long. */
  pingEvery(ms: number, patienceMs: number): void {
    if (!this.#socket.ping) return;
    let answeredAt = performance.now();
    this.#socket.on('pong', () => void (answeredAt = performance.now()));
    this.#pinging = setInterval(() => {
      if (performance.now() - answeredAt > patienceMs) this.close(1008, 'no pong');
      else this.#socket.ping?.();
    }, ms);
  }

  /** Closes with 1001 after so long, unless asked again before. */
  closeAfter(ms: number): void {
    clearTimeout(this.#idleTimer);
    this.#idleTimer = setTimeout(() => this.close(1001, 'idle'), ms);
  }
}

export interface SocketRules {
  readonly path: string;
  /** Where the handshake itself has to prove a key: its refusal, which is before any fault. */
  refuses?(request: VenueRequest): Reply | undefined;
  connected(connection: SocketConnection): void;
  received(connection: SocketConnection, text: string): void;
  closed(connection: SocketConnection): void;
}

interface Handshake {
  readonly reply: Reply | typeof dropped;
  /** It is taken, and closed as soon as it is open. */
  readonly isFull: boolean;
}

/** A venue's WebSocket, on the same port as its HTTP. */
export class VenueSockets {
  /** Trouble of what is pushed, and of opening and logging in. */
  readonly faults: StreamFaults;
  readonly #rules: SocketRules;
  readonly #open = new Set<SocketConnection>();
  readonly #upgrading = new Set<Duplex>();
  readonly #acceptor = new WebSocketServer({ noServer: true });
  #shakeHands: ((request: VenueRequest) => Promise<Handshake>) | undefined;

  constructor(rules: SocketRules, faults: StreamFaults = new StreamFaults()) {
    this.#rules = rules;
    this.faults = faults;
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

  /** Silences every socket, so that nothing comes any more and none is closed. */
  silence(): void {
    for (const connection of this.#open) connection.silence();
  }

  /**
   * Takes upgrades from now on. Each is a request of the operation `connect`: it is logged, limited and meets faults as
   * any other, and only then becomes a socket, unless the venue is full.
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
    this.#shakeHands = async (request) => {
      const isKnown = request.path === route.path;
      const { method, path, rawQuery: query, headers, body } = request;
      const operation = isKnown ? route.operation : undefined;
      const received = { at: Date.now(), venue, operation, method, path, query, headers, body };
      const end = parts.requests.receive({ ...received, orderId: undefined });
      const refusal = isKnown ? this.#rules.refuses?.(request) : rules.notFound(false);
      const answered = refusal ?? (await answer(route, request, parts, rules));
      const isTaken = answered !== dropped && answered.status === 101;
      const turnedAway = isTaken ? this.faults.turnsAway() : undefined;
      const reply = turnedAway === 'refused' ? emptyReply(503) : answered;
      end(
        reply === dropped
          ? { outcome: 'dropped', status: undefined, reply: undefined }
          : { outcome: 'answered', status: reply.status, reply: reply.body ?? '' },
      );
      return { reply, isFull: turnedAway !== undefined };
    };
    const upgrade = async (incoming: IncomingMessage, socket: Duplex, head: Buffer) => {
      const request = readUpgrade(incoming);
      socket.on('error', () => socket.destroy());
      this.#upgrading.add(socket);
      const shaken = await this.#shakeHands?.(request);
      this.#upgrading.delete(socket);
      if (!shaken || shaken.reply === dropped) socket.destroy();
      else if (shaken.reply.status !== 101) socket.end(written(shaken.reply));
      else
        this.#acceptor.handleUpgrade(incoming, socket, head, (accepted) =>
          this.#take(accepted, request, shaken.isFull),
        );
    };
    server.on('upgrade', (incoming, socket, head) => void upgrade(incoming, socket, head));
  }

  /** A client that comes in by no port, once it is open: whether it is taken. All else is the same. */
  async reach(url: URL, headers: Readonly<Record<string, string>>, open: () => SocketEnd) {
    const request = {
      method: 'GET',
      path: url.pathname,
      params: {},
      rawQuery: url.search.slice(1),
      query: url.searchParams,
      headers: { host: url.host, ...headers },
      body: '',
      address: '127.0.0.1',
    };
    const { reply, isFull } = (await this.#shakeHands?.(request)) ?? { reply: dropped };
    if (reply === dropped || reply.status !== 101) return false;
    this.#take(open(), request, isFull);
    return true;
  }

  stop(): void {
    for (const socket of this.#upgrading) socket.destroy();
    this.cut();
  }

  #take(socket: SocketEnd, request: VenueRequest, isFull = false): void {
    if (isFull) socket.close(1013, 'full');
    else this.#accept(socket, request);
  }

  #accept(socket: SocketEnd, request: VenueRequest): void {
    const connection = new SocketConnection(socket, request);
    this.#open.add(connection);
    socket.on('error', () => socket.terminate());
    socket.once('close', () => {
      this.#open.delete(connection);
      this.#rules.closed(connection);
    });
    // Without `binaryType` set, a frame is one Buffer.
    socket.on('message', (frame) => this.#rules.received(connection, frame.toString()));
    this.#rules.connected(connection);
  }
}

const newFault = v.strictObject({
  fault: streamFault,
  times: v.optional(v.union([v.pipe(v.number(), v.minValue(1)), v.literal('always')])),
  orderId: v.optional(v.string()),
});

/**
 * GET, DELETE /sandbox/sockets: how many are open; close all, or cut or silence them where `?cut` or `?silence` is asked for.
 * POST, DELETE /sandbox/sockets/faults: add one; clear all.
 */
export function socketControls(sockets: VenueSockets): Hono {
  const api = new Hono();
  api.onError((error, context) => context.json({ error: error.message }, 400));
  api.get('/', (context) => context.json({ open: sockets.open.length }));
  api.delete('/', (context) => {
    if (context.req.query('cut') !== undefined) sockets.cut();
    else if (context.req.query('silence') !== undefined) sockets.silence();
    else sockets.close();
    return context.json({});
  });
  api.post('/faults', async (context) => {
    const { fault, ...scope } = v.parse(newFault, await context.req.json());
    sockets.faults.add(fault, scope);
    return context.json({});
  });
  api.delete('/faults', (context) => {
    sockets.faults.clear();
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
