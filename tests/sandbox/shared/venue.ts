import type { CancelFault, Faults, LeaveOutFault } from './faults.ts';
import type { KeyRing } from './key-ring.ts';
import type { Operation } from './operation.ts';
import type { OrderBook } from './order-book.ts';
import type { RateLimits, Refusal } from './rate-limits.ts';
import type { Reply } from './reply.ts';
import type { RequestLog } from './request-log.ts';
import type { Timers } from './timers.ts';
import type { VenueClock } from './venue-clock.ts';
import type { VenueSockets } from './websocket.ts';

/** A request that has found its route. */
export interface VenueRequest {
  readonly method: string;
  /** As sent: not decoded, no query. */
  readonly path: string;
  readonly params: Readonly<Record<string, string>>;
  /** As sent, without the question mark. */
  readonly rawQuery: string;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** Where it came from. */
  readonly address: string;
}

/** One endpoint: a row of the venue's document. */
export interface Route<Right extends string> {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** In Hono's way of writing: /order/:id. */
  readonly path: string;
  readonly operation: Operation;
  /** The right a key needs; undefined for a public endpoint. */
  readonly right: Right | undefined;
  /** The order named by the request, for the log and for faults meant for one order. */
  orderName?(request: VenueRequest): string | undefined;
  /** Where it names several, in place of `orderName`. */
  orderNames?(request: VenueRequest): readonly string[];
  /** How much of the rate limit it takes; 1 unless given. */
  weight?(request: VenueRequest): number;
  act(request: VenueRequest, fault?: CancelFault | LeaveOutFault): Reply;
}

/** What sets one venue apart from another. */
export interface VenueRules<Right extends string, ErrorName extends string> {
  readonly routes: readonly Route<Right>[];
  /** The header that says whose key is used. */
  readonly keyHeader: string;
  /** The refusal of a request that is not signed as it must be, or whose key may not do that. */
  authorize(request: VenueRequest, right: Right): Reply | undefined;
  readonly errors: Readonly<Record<ErrorName, Reply>>;
  /** A refusal of the venue's own shape for what its documents have no error for. */
  refusal(status: number, message: string): Reply;
  /** `asked` where a test asked for it rather than the client's own haste. */
  tooManyRequests(refusal: Refusal, asked: boolean): Reply;
  /** What every reply of a route bears besides its own headers. */
  headers?(request: VenueRequest): Readonly<Record<string, string>>;
  /** No such path; or, `wrongMethod`, not with this method. */
  notFound(wrongMethod: boolean): Reply;
  /** Where the venue has a WebSocket. */
  readonly sockets?: VenueSockets;
}

/** All that a venue is made of, and what tests steer it by. */
export interface VenueParts<Right extends string, ErrorName extends string> {
  readonly book: OrderBook;
  readonly faults: Faults<ErrorName>;
  readonly clock: VenueClock;
  readonly keys: KeyRing<Right>;
  readonly requests: RequestLog;
  readonly limits: RateLimits;
  readonly timers: Timers;
  /** Puts the lively set of orders into the book, in place of what is there. */
  reseed: () => void;
}

export interface SandboxVenue<
  Right extends string,
  ErrorName extends string,
  Settings,
> extends Omit<VenueParts<Right, ErrorName>, 'timers'> {
  readonly venue: string;
  /** The base, without a slash at its end: http://127.0.0.1:4101 */
  readonly url: string;
  /** Choices a test may change while the venue runs. */
  readonly settings: Settings;
  /** A request that comes in by no port: what is answered, or undefined where the connection is cut. All else is the same. */
  readonly reach: (request: Request) => Promise<Response | undefined>;
  /** Closes the port and every connection at once. */
  stop(): Promise<void>;
}

export interface WithSockets {
  /** `open`, `close(code?)`, `cut()`, `silence()` and `faults`. */
  readonly sockets: VenueSockets;
}

/** What every venue can be started with. */
export interface VenueOptions<Right extends string> {
  /** Free to choose unless given. */
  port?: number | undefined;
  key?: string | undefined;
  secret?: string | undefined;
  rights?: readonly Right[] | undefined;
  allowedIp?: string | undefined;
  skewMs?: number | undefined;
  /** The documented rate limits; on unless false. */
  limits?: boolean | undefined;
  /**
   * Lets a client use a connection again; on unless false. Chromium sends a request again by itself, DELETE and POST too,
   * when a connection it had used before is cut without a reply: with false, a drop is seen by the page that asked.
   */
  keepAlive?: boolean | undefined;
  /** Starts with the lively set of orders; an empty book unless true. */
  seed?: boolean | undefined;
}
