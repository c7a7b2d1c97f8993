import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { text as textOf } from 'node:stream/consumers';
import { setTimeout as wait } from 'node:timers/promises';
import type { RequestRecord } from '#tests/faults/records.ts';
import { isCancelling, namedIn, serve } from '#tests/faults/wire.ts';
import { isFault, type BrowserFaultKind } from './schedule.ts';
import { pushGap, relaySockets, type WayNeeds } from './relay.ts';

/** What stands before a venue: every request goes through it, as real as it is, and meets there what is due. */
export interface Gateway {
  readonly url: string;
  /** Until it is up again every connection is cut. */
  readonly setDown: (isDown: boolean) => void;
  readonly cutStreams: () => void;
  readonly stop: () => Promise<void>;
}

export async function openGateway(needs: WayNeeds): Promise<Gateway> {
  const { account, arrive, lifeNumber, now, requests, venue } = needs;
  let isDown = false;
  const sockets = new Set<Socket>();

  /** Notes it; the record tells when it has ended. */
  function note(text: string, isCancel: boolean, isSigned: boolean): RequestRecord {
    const own = account();
    const record: RequestRecord = {
      at: now(),
      endedAt: undefined,
      life: lifeNumber(),
      account: isSigned ? own : undefined,
      isSigned,
      isCancel,
      cancels: isCancel ? namedIn(text, own) : [],
      text,
    };
    requests.push(record);
    return record;
  }

  async function answer(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const { method = 'GET', socket } = incoming;
    const url = gateway.url + (incoming.url ?? '/');
    const headers = Object.entries(incoming.headers).map(
      ([name, value]) => [name, String(value)] as [string, string],
    );
    const body = await textOf(incoming);
    const text = [method, url, JSON.stringify(incoming.headers), body].join('\n');
    const isCancel = isCancelling(method, url);
    const record = note(text, isCancel, text.includes(account()?.key ?? text));
    outgoing.once('close', () => (record.endedAt ??= now()));
    const own = account();
    const named = namedIn(text, own);
    const mixUp = {
      own: own?.orders.find(({ id }) => named.includes(id)),
      other: own?.orders.findLast(({ id }) => !named.includes(id)),
    };
    const faults = arrive(isCancel ? 'cancel' : 'read');
    const met = (kind: BrowserFaultKind) => faults.find((fault) => fault.kind === kind);
    for (const { kind } of faults) relay.bend(kind);

    await wait(met('request late')?.by ?? 0);
    if (met('request lost')) return void socket.destroy();
    const request = () => new Request(url, { method, headers, ...(body && { body }) });
    const reply = await serve(venue, request, mixUp, faults.filter(isFault));
    await wait(met('reply late')?.by ?? (met('push before the reply') ? pushGap : 0));
    if (met('reply lost') || met('push instead of the reply') || !reply) {
      return void socket.destroy();
    }
    // Told before it is read: what happens now comes beside the reading.
    arrive(isCancel ? 'cancel-reply' : 'read-reply');
    const said = Buffer.from(await reply.arrayBuffer());
    if (met('reply repeated')) {
      socket.write(raw(reply, said));
      return void socket.end(raw(reply, said));
    }
    outgoing.writeHead(reply.status, Object.fromEntries(reply.headers)).end(said);
  }

  const server = createServer((incoming, outgoing) => {
    if (isDown) incoming.socket.destroy();
    else answer(incoming, outgoing).catch(() => incoming.socket.destroy());
  });
  // On a connection that it has used before a browser repeats by itself what was cut.
  server.maxRequestsPerSocket = 1;
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    if (isDown) socket.destroy();
  });
  const relay = relaySockets(server, { ...needs, note });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');

  const gateway: Gateway = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    setDown(down) {
      isDown = down;
      if (down) for (const socket of sockets) socket.destroy();
    },
    cutStreams: relay.cut,
    async stop() {
      relay.stop();
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
  return gateway;
}

/** A whole reply as it stands on the wire. */
function raw(reply: Response, body: Buffer): Buffer {
  const headers = [...reply.headers, ['content-length', String(body.length)]];
  const lines = headers.map(([name, value]) => `${name}: ${value}`);
  return Buffer.concat([
    Buffer.from([`HTTP/1.1 ${reply.status} Told`, ...lines, '', ''].join('\r\n')),
    body,
  ]);
}
