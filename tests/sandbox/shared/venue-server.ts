import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener, type HttpBindings } from '@hono/node-server';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import { Hono, type Context } from 'hono';
import { controlApi } from './control-api.ts';
import type { Reply } from './reply.ts';
import { answer, dropped } from './request-path.ts';
import type { VenueClock } from './venue-clock.ts';
import type {
  Route,
  SandboxVenue,
  VenueOptions,
  VenueParts,
  VenueRequest,
  VenueRules,
} from './venue.ts';
import { socketControls } from './websocket.ts';

type VenueContext = Context<{ Bindings: HttpBindings }>;

/** Puts a venue on a port of this machine, with the control API beside it under /sandbox. */
export async function serveVenue<Right extends string, ErrorName extends string, Settings>(
  venue: string,
  parts: VenueParts<Right, ErrorName>,
  rules: VenueRules<Right, ErrorName>,
  settings: Settings,
  { port = 0, keepAlive = true }: Pick<VenueOptions<Right>, 'port' | 'keepAlive'>,
): Promise<SandboxVenue<Right, ErrorName, Settings>> {
  const app = new Hono<{ Bindings: HttpBindings }>();
  if (rules.sockets) app.route('/sandbox/sockets', socketControls(rules.sockets));
  app.route('/sandbox', controlApi(parts, rules));
  for (const route of rules.routes)
    app.on(route.method, route.path, (context) => respond(context, route));
  for (const { path } of rules.routes) app.all(path, (context) => respond(context, 'wrong-method'));
  app.all('*', (context) => respond(context, 'not-found'));

  async function respond(
    context: VenueContext,
    route: Route<Right> | 'wrong-method' | 'not-found',
  ): Promise<Response> {
    const arrivedAt = performance.timeOrigin + performance.now();
    const request = await read(context);
    const known = typeof route === 'object' ? route : undefined;
    const end = parts.requests.receive({
      at: Date.now(),
      arrivedAt,
      venue,
      operation: known?.operation,
      method: request.method,
      path: request.path,
      query: request.rawQuery,
      headers: request.headers,
      body: request.body,
      orderId: known?.orderName?.(request),
    });
    const reply = known
      ? await answer(known, request, parts, rules)
      : rules.notFound(route === 'wrong-method');
    if (reply === dropped) {
      end({ outcome: 'dropped', status: undefined, reply: undefined });
      context.env.incoming.socket.destroy();
      return RESPONSE_ALREADY_SENT;
    }
    end({ outcome: 'answered', status: reply.status, reply: reply.body ?? '' });
    const headers = known && rules.headers?.(request);
    return respondWith({ ...reply, headers: { ...headers, ...reply.headers } }, parts.clock);
  }

  const listen = getRequestListener(app.fetch);
  const server = createServer((incoming, outgoing) => void listen(incoming, outgoing));
  if (!keepAlive) server.maxRequestsPerSocket = 1;
  rules.sockets?.attach(server, venue, parts, rules);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const address = server.address() as AddressInfo;

  return {
    venue,
    url: `http://127.0.0.1:${address.port}`,
    ...parts,
    settings,
    reach: async (request) => {
      const socket = { remoteAddress: '127.0.0.1', isCut: false, destroy: () => cut(socket) };
      const { host, pathname, search } = new URL(request.url);
      const headers = { ...Object.fromEntries(request.headers), host };
      const incoming = { url: pathname + search, headers, socket };
      const response = await app.fetch(request, { incoming });
      return socket.isCut ? undefined : response;
    },
    stop: () =>
      new Promise((resolve) => {
        parts.timers.stop();
        rules.sockets?.stop();
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function cut(socket: { isCut: boolean }): void {
  socket.isCut = true;
}

async function read(context: VenueContext): Promise<VenueRequest> {
  const { incoming } = context.env;
  const [path = '/', ...afterMark] = (incoming.url ?? '/').split('?');
  const rawQuery = afterMark.join('?');
  return {
    method: context.req.method,
    path,
    params: context.req.param(),
    rawQuery,
    query: new URLSearchParams(rawQuery),
    headers: Object.fromEntries(
      Object.entries(incoming.headers).map(([name, value]) => [name, String(value)]),
    ),
    body: await context.req.text(),
    address: incoming.socket.remoteAddress ?? '',
  };
}

/** The date is the venue's own: with some it is the only clock they show. */
function respondWith({ status, headers, body, raw = body }: Reply, clock: VenueClock): Response {
  return new Response(raw || null, {
    status,
    headers: {
      'cache-control': 'no-store',
      date: new Date(clock.now()).toUTCString(),
      ...headers,
    },
  });
}
