import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { OrderId } from '#lib/domain/order.ts';
import { createAccountClient, type AccountClient } from '#lib/worker/network/account-client.ts';
import { browserTransport } from '#lib/worker/network/browser-transport.ts';
import { createClocks } from '#lib/worker/network/clock.ts';
import { readOpenOrders } from '#lib/worker/network/list-pages.ts';
import { venues } from '#lib/venues/venues.ts';
import { startBtcTurk, type BtcTurkVenue } from '#tests/sandbox/btcturk/btcturk.ts';
import { noNonces } from '#tests/unit/support/no-nonces.ts';

/**
 * While one venue misbehaves, another one's cancel is sent and answered before that is over: by the order of events. The
 * cancel goes to a sandbox, the misbehaviour comes from a server that waits for the cancel's answer where it can.
 */

const id = '26947521557' as OrderId;
const stops: (() => unknown)[] = [];
let calm: BtcTurkVenue;
let events: string[];

beforeEach(async () => {
  events = [];
  calm = await startBtcTurk({ cancelDelayMs: 0 });
  stops.push(() => calm.stop());
  calm.book.place({ id, symbol: 'BTCTRY', side: 'buy', price: '100', quantity: '2' });
});

afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

const world = () => ({
  environment: 'sandbox' as const,
  nonces: noNonces,
  transport: browserTransport,
  clocks: createClocks({}, () => undefined),
  signing: { chosen: 0, choose: () => {} },
  onUsage: () => {},
});

async function cancelElsewhere(): Promise<void> {
  const [access] = calm.keys.list;
  if (!access) throw new Error('no key');
  const credentials = { apiKey: access.key, apiSecret: access.secret };
  const account = await createAccountClient(venues.btcturk, calm.url, credentials, world());
  events.push('cancel asked for');
  const { kind } = await account.call(venues.btcturk.cancel, { orderId: id });
  events.push(`cancel ${kind}`);
}

/** An account of Ripio Trade whose venue answers so. */
async function hostile(answer: (response: ServerResponse) => void): Promise<AccountClient> {
  const server = createServer((_, response) => answer(response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  stops.push(() => {
    server.closeAllConnections();
    server.close();
  });
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const credentials = { apiKey: 'token', apiSecret: 'test-secret' };
  return createAccountClient(venues.ripio, base, credentials, world());
}

const order = (_: unknown, index: number) => ({
  id: `${index}`,
  pair: 'BTC_BRL',
  status: 'open',
  external_id: 'x'.repeat(100),
  requested_amount: 1e-64,
});

test('while a list of 20,000 orders is being read', async () => {
  const text = JSON.stringify({
    data: { orders: Array.from({ length: 20_000 }, order), nc: null },
  });
  const account = await hostile((response) => response.end(text));
  const real = venues.ripio.listOpenOrders;
  let elsewhere: Promise<void> | undefined;
  const list = {
    ...real,
    read(...[reply, input]: Parameters<typeof real.read>) {
      elsewhere ??= cancelElsewhere();
      return real.read(reply, input);
    },
  };
  const reply = await account.call(list, undefined);
  events.push(`list ${reply.kind}`);
  await elsewhere;
  expect(events).toEqual(['cancel asked for', 'cancel accepted', 'list page']);
  expect(reply).toMatchObject({ orders: { length: 20_000 } });
});

/** An answer that begins, waits for the cancel's, and never ends. */
async function goOn(response: ServerResponse): Promise<void> {
  response.write('[');
  await cancelElsewhere();
  const more = (): void => {
    while (response.write(' '.repeat(65_536)));
  };
  response.on('drain', more);
  more();
}

test('while an answer goes on without end', async () => {
  const account = await hostile((response) => void goOn(response));
  const reply = await readOpenOrders(account);
  events.push(reply.kind === 'unknown' ? (reply.note?.code ?? '') : reply.kind);
  expect(events).toEqual(['cancel asked for', 'cancel accepted', 'too-large']);
});

test('while pages go on without end', async () => {
  let pages = 0;
  let elsewhere: Promise<void> | undefined;
  const account = await hostile((response) => {
    if (++pages === 2) elsewhere = cancelElsewhere();
    response.end(JSON.stringify({ data: { orders: [order(0, pages)], nc: `${pages}` } }));
  });
  const reply = await readOpenOrders(account);
  events.push(reply.kind === 'unknown' ? (reply.note?.code ?? '') : reply.kind);
  await elsewhere;
  expect(events).toEqual(['cancel asked for', 'cancel accepted', 'endless-list']);
});
