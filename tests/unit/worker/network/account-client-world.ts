import { expect } from 'vitest';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Credentials } from '#lib/domain/account.ts';
import type { OrderId } from '#lib/domain/order.ts';
import type { AccountWatch } from '#lib/worker/accounts/watch.ts';
import { createAccountClient } from '#lib/worker/network/account-client.ts';
import { browserTransport } from '#lib/worker/network/browser-transport.ts';
import { createClocks, type Clocks, type KnownClocks } from '#lib/worker/network/clock.ts';
import type { Nonces } from '#lib/worker/network/nonces.ts';
import type { Transport } from '#lib/worker/network/transport.ts';
import type { Usage } from '#lib/venues/limits.ts';
import type { Venue } from '#lib/venues/venue.ts';
import type { WireRequest } from '#lib/venues/wire.ts';
import { venues } from '#lib/venues/venues.ts';
import { noNonces } from '#tests/unit/support/no-nonces.ts';

/** An HTTP server on loopback, and an account’s client of it. */

export const order = { orderId: '7155ED34' as OrderId };
const credentials = { apiKey: 'token', apiSecret: 'test-secret' };

export const stops: (() => void)[] = [];

interface Asked {
  readonly line: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

export interface Answer {
  readonly status?: number;
  readonly headers?: Record<string, string>;
  readonly text?: string;
  /** Cuts the connection before the answer, or in its middle. */
  readonly cut?: 'before' | 'within';
}

/** When a reply comes in where the time counts, and a date so much later as headers have it: to the second. */
export const received = 1_764_062_040_400;
export const httpDate = (later: number): string => new Date(received + later).toUTCString();

/** Answers all requests alike. */
export async function serve(answer: Answer) {
  const asked: Asked[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => (body += String(chunk)));
    request.on('end', () => {
      const { method, url, headers, socket } = request;
      asked.push({ line: `${method} ${url}`, headers, body });
      if (answer.cut === 'before') return socket.destroy();
      response.writeHead(answer.status ?? 200, answer.headers);
      if (answer.cut) return response.write('{"data":', () => socket.destroy());
      return response.end(answer.text ?? '');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  stops.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return { base: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked };
}

/** Answers all requests alike, without a network; `onSend` sees each. */
export function answering(
  { status = 200, headers, text = '' }: Answer,
  onSend: (request: WireRequest) => void = () => {},
): Transport['send'] {
  return (_, request) => {
    onSend(request);
    return Promise.resolve({ status, headers: new Headers(headers), text });
  };
}

export interface Given {
  readonly venue?: Venue;
  readonly clocks?: Clocks;
  readonly onUsage?: (usage: readonly Usage[]) => void;
  /** What stands in the place of the network. */
  readonly send?: Transport['send'];
  readonly watch?: AccountWatch;
  readonly nonces?: Nonces;
  readonly credentials?: Credentials;
}

export function client(base: string, given: Given = {}) {
  const { venue = venues.ripio, clocks = unmeasured(), onUsage = () => {}, send, watch } = given;
  return createAccountClient(venue, base, given.credentials ?? credentials, {
    environment: 'sandbox',
    nonces: given.nonces ?? noNonces,
    transport: { ...browserTransport, ...(send && { send }) },
    clocks,
    signing: { chosen: 0, choose: () => {} },
    onUsage,
    ...(watch && { watch }),
  });
}

const unmeasured = () => createClocks({}, () => undefined);
export const measured = (known: KnownClocks) => createClocks(known, () => undefined);

export const nothing = () => expect.unreachable('nothing is sent');
