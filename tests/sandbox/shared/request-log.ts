import type { Operation } from './operation.ts';
import { until } from './until.ts';
import type { SocketConnection } from './websocket.ts';

/** A request as it came in, and what became of it. */
export interface RequestRecord {
  /** Unix time in ms on this machine's clock, whatever the venue's says. */
  readonly at: number;
  /** The same moment finer than a millisecond: `performance.timeOrigin + performance.now()`. */
  readonly arrivedAt: number;
  readonly venue: string;
  /** Undefined where the venue knows no such address. */
  readonly operation: Operation | undefined;
  readonly method: string;
  readonly path: string;
  /** As sent, without the question mark. */
  readonly query: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** The order id or client order id it names. */
  readonly orderId: string | undefined;
  readonly outcome: 'pending' | 'answered' | 'dropped';
  readonly status: number | undefined;
  readonly reply: string | undefined;
}

export type Received = Omit<RequestRecord, 'arrivedAt' | 'outcome' | 'status' | 'reply'> &
  Partial<Pick<RequestRecord, 'arrivedAt'>>;

/** Every request a venue received, in the order they came in. */
export class RequestLog {
  #records: RequestRecord[] = [];
  readonly #listeners = new Set<() => void>();

  get list(): readonly RequestRecord[] {
    return this.#records;
  }

  of(operation: Operation): RequestRecord[] {
    return this.#records.filter((record) => record.operation === operation);
  }

  clear(): void {
    this.#records = [];
  }

  /** The first request, past or to come, for which this holds; asked again when its outcome is known. */
  waitFor(holds: (record: RequestRecord) => boolean, timeoutMs = 5000): Promise<RequestRecord> {
    return until(
      (look) => {
        this.#listeners.add(look);
        return () => this.#listeners.delete(look);
      },
      () => this.#records.find(holds),
      'a request',
      timeoutMs,
    );
  }

  /** Notes an arrival, which is now unless it was stamped before; the returned function notes the end. */
  receive(received: Received): (end: Pick<RequestRecord, 'outcome' | 'status' | 'reply'>) => void {
    const record = {
      arrivedAt: performance.timeOrigin + performance.now(),
      ...received,
      outcome: 'pending',
      status: undefined,
      reply: undefined,
    } satisfies RequestRecord;
    this.#records.push(record);
    this.#tell();
    return (end) => {
      Object.assign(record, end);
      this.#tell();
    };
  }

  /** The same of a message of a WebSocket. */
  receiveMessage(
    { request: { path, headers } }: Pick<SocketConnection, 'request'>,
    body: string,
    told: Pick<RequestRecord, 'venue' | 'operation'> & Partial<Pick<RequestRecord, 'orderId'>>,
  ): ReturnType<RequestLog['receive']> {
    const at = Date.now();
    return this.receive({
      orderId: undefined,
      ...told,
      at,
      method: 'WS',
      path,
      query: '',
      headers,
      body,
    });
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}
