import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { WebSocketServer } from 'ws';
import { attach, documents, rules, test } from '#tests/e2e/support/door/test.ts';
import { expect, orderFor } from '#tests/e2e/support/test.ts';
import type { RequestRecord } from '#tests/sandbox/shared/request-log.ts';

/** WebSockets with headers of their handshake: Habit Trade's stream, which the offscreen document opens under a rule. */

test('the handshake is proven by its headers, and what is pushed arrives', async ({
  extension,
  open,
  page,
  sandbox,
}) => {
  const { book, requests, sockets } = sandbox.venues['habit-trade'];
  const place = { domain: '127.0.0.1', path: '/' };
  await extension.context.addCookies([
    { name: 'left', value: '1', ...place, sameSite: 'None', secure: true },
  ]);
  expect(await documents(page)).toEqual([]);
  const stream = await open();
  await expect.poll(stream.heard).toEqual(['open']);
  expect(await documents(page)).toEqual([extension.url('offscreen.html')]);
  await expect.poll(() => rules(page)).toHaveLength(1);

  const [handshake] = requests.of('connect');
  expect(handshake).toMatchObject({ status: 101, headers: inLowerCase(stream.proof) });
  expect(handshake?.headers).not.toHaveProperty('origin');
  expect(handshake?.headers).not.toHaveProperty('cookie');

  const { id } = book.place(orderFor('habit-trade'));
  await expect.poll(async () => (await stream.heard())[1]).toContain(id);
  await stream.close();
  await expect.poll(async () => (await stream.heard()).at(-1)).toBe('closed');
  await expect.poll(() => documents(page)).toEqual([]);
  await expect.poll(() => sockets.open).toEqual([]);
});

test('a cookie that comes with the answer is not kept', async ({ extension, open }) => {
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0 });
  server.on('headers', (headers) => headers.push('Set-Cookie: kept=1; SameSite=None; Secure'));
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const stream = await open({ address: `ws://127.0.0.1:${port}/` });
  await expect.poll(stream.heard).toEqual(['open']);
  expect(await extension.context.cookies()).toEqual([]);
  server.close();
  for (const client of server.clients) client.terminate();
});

test('what is longer than is taken, or no text, comes as nothing that could be read', async ({
  open,
  sandbox,
}) => {
  const stream = await open();
  await expect.poll(stream.heard).toEqual(['open']);
  const [connection] = sandbox.venues['habit-trade'].sockets.open;
  for (const text of ['x'.repeat(256_001), '€'.repeat(100_000), 'x'.repeat(256_000), '']) {
    connection?.send(text);
  }
  await expect.poll(stream.heard).toHaveLength(5);
  expect(await stream.heard()).toEqual(['open', null, null, 'x'.repeat(256_000), '']);
});

test('the rule is there for the handshake alone, and holds for nothing else', async ({
  extension,
  open,
  page,
  sandbox,
}) => {
  const { faults, requests } = sandbox.venues['habit-trade'];
  const hold = faults.hold('connect');
  const stream = await open();
  await hold.arrived;
  const found = await rules(page);
  expect(new Set(found.map(({ id }) => id))).toEqual(new Set([1, 2]));
  const rule = found.find(({ id }) => id === 2);
  expect(rule?.condition).toMatchObject({
    regexFilter: `^${stream.address.replaceAll('.', String.raw`\.`)}$`,
    resourceTypes: ['websocket'],
    tabIds: [-1],
  });

  hold.release();
  await expect.poll(stream.heard).toEqual(['open']);
  await expect.poll(() => rules(page)).toHaveLength(1);

  // As it was, and with nothing in its way: Chromium has one handshake at a time with a server.
  await page.evaluate(addRule, rule);
  const { address } = stream;
  const others = ['/', 'x', '?a=b'].map((more) => address + more);
  const asRequest = address.replace('ws', 'http');
  const elsewhere = address.replace('127.0.0.1', 'localhost');
  const document = await attach(extension);
  await page.evaluate(reach, [address, asRequest]);
  await document.run(reach, [...others, elsewhere, asRequest]);
  expect(requests.list.filter(isProven)).toHaveLength(1);
  // The proof that the rule was there all the time.
  await document.run(reach, [address]);
  expect(requests.list.filter(isProven)).toHaveLength(2);
  expect(requests.list.filter(({ path }) => path.startsWith('/ws/'))).toHaveLength(9);
});

test('a handshake that is refused leaves neither rule nor document', async ({
  open,
  page,
  sandbox,
}) => {
  const { requests, sockets } = sandbox.venues['habit-trade'];
  sockets.faults.add({ kind: 'refuse-login' });
  const stream = await open();
  await expect.poll(stream.heard).toEqual(['closed']);
  expect(requests.of('connect')).toMatchObject([{ status: 401 }]);
  await expect.poll(() => documents(page)).toEqual([]);
  await expect.poll(() => rules(page)).toHaveLength(1);
});

test('two accounts at one address: one document, and each its own headers', async ({
  open,
  page,
  sandbox,
}) => {
  const { keys, requests } = sandbox.venues['habit-trade'];
  const streams = await Promise.all([open(), open({ apiKey: keys.add() })]);
  for (const { heard } of streams) await expect.poll(heard).toEqual(['open']);
  // Whichever was asked for first.
  expect(requests.of('connect').map(({ headers }) => headers)).toEqual(
    expect.arrayContaining(
      streams.map(({ proof }) => expect.objectContaining(inLowerCase(proof)) as unknown),
    ),
  );
  expect(await documents(page)).toHaveLength(1);
  const [one, other] = streams;
  await one?.close();
  await expect.poll(async () => (await one?.heard())?.at(-1)).toBe('closed');
  expect(await documents(page)).toHaveLength(1);
  await other?.close();
  await expect.poll(() => documents(page)).toEqual([]);
});

test('with the worker go document and sockets, and its next life finds nothing', async ({
  extension,
  open,
  page,
  sandbox,
}) => {
  const { faults, sockets } = sandbox.venues['habit-trade'];
  const stream = await open();
  await expect.poll(stream.heard).toEqual(['open']);
  const document = await attach(extension);
  await extension.killWorker();
  await document.waitForEnd();
  await expect.poll(() => sockets.open).toEqual([]);

  // During a handshake: the rule stays, since nobody is there; by the next life it goes.
  await page.evaluate(() => chrome.runtime.sendMessage({ kind: 'hello' }));
  const hold = faults.hold('connect');
  await open();
  await hold.arrived;
  await extension.killWorker();
  await expect.poll(() => documents(page)).toEqual([]);
  expect(await rules(page)).toHaveLength(2);
  await page.evaluate(() => chrome.runtime.sendMessage({ kind: 'hello' }));
  await expect.poll(() => rules(page)).toHaveLength(1);
  hold.release();
  await expect.poll(() => sockets.open).toEqual([]);
  await expect.poll(() => documents(page)).toEqual([]);
});

/** As the venue's log has them. */
function inLowerCase(headers: Readonly<Record<string, string>>) {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]),
  );
}

const isProven = ({ headers }: RequestRecord) => 'x-api-key' in headers;

/* What follows runs in a page: of ours, or the offscreen document's. */

function addRule(rule: unknown) {
  return chrome.declarativeNetRequest.updateSessionRules({ addRules: [rule as never] });
}

/** Resolves when each has come to its end, whichever. */
async function reach(addresses: readonly string[]): Promise<void> {
  for (const address of addresses) {
    if (address.startsWith('http')) await fetch(address).catch(() => {});
    else {
      const socket = new WebSocket(address);
      await new Promise((resolve) => {
        socket.addEventListener('open', resolve);
        socket.addEventListener('close', resolve);
      });
      socket.close();
    }
  }
}
