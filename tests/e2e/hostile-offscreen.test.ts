import { attach, rules, test } from '#tests/e2e/support/door/test.ts';
import { everyRequest } from '#tests/e2e/support/every-request.ts';
import { HiddenPage } from '#tests/e2e/support/hidden-page.ts';
import { expect, orderFor } from '#tests/e2e/support/test.ts';

/** What the offscreen document cannot do, and what nobody can do by it. */

test('the secret is neither in the rule nor in the document; the document has nothing of the key', async ({
  extension,
  open,
  page,
  popup,
  sandbox,
}) => {
  // The worker has the account, and so the secret.
  await popup.page.close();
  const { faults } = sandbox.venues['habit-trade'];
  const [{ key, secret } = { key: '', secret: '' }] = sandbox.venues['habit-trade'].keys.list;
  const hold = faults.hold('connect');
  const stream = await open();
  await hold.arrived;
  const rule = JSON.stringify(await rules(page));
  expect(rule).toContain(key);
  expect(rule).not.toContain(secret);
  const hidden = await attach(extension);
  const during = await hidden.memory();
  hold.release();
  await expect.poll(stream.heard).toEqual(['open']);

  await hidden.run(() => void Object.assign(globalThis, { known: ['mar', 'ker'].join('') }));
  const after = await hidden.memory();
  // The proof that the search can find anything.
  expect(after).toContain('marker');
  for (const memory of [during, after]) {
    for (const text of [secret, ...Object.values(stream.proof)]) {
      expect(memory.includes(text)).toBe(false);
    }
  }
  const everywhere = await hidden.run(async () => ({
    html: document.documentElement.outerHTML,
    stored: [localStorage, sessionStorage].map((storage) => Object.entries(storage)),
    databases: (await indexedDB.databases()).map(({ name }) => name),
    apis: Object.keys(chrome).toSorted(),
  }));
  expect(JSON.stringify(everywhere)).not.toContain(secret);
  expect(everywhere.apis).not.toContain('storage');
  expect(everywhere.apis).not.toContain('declarativeNetRequest');
});

test('the document is answered nothing that pages may ask, and no other page has its line', async ({
  extension,
  listed,
  open,
  page,
  popup,
  sandbox,
}) => {
  const { book, requests } = sandbox.venues['habit-trade'];
  const { id } = await listed('habit-trade');
  const accounts = await popup.page.evaluate(() => chrome.storage.session.get('view.accounts'));
  const accountId = /"id":"([^"]+)"/.exec(JSON.stringify(accounts).replaceAll('\\', ''))?.[1];
  const messages = everyRequest(accountId ?? '', id);
  const stream = await open();
  await expect.poll(stream.heard).toEqual(['open']);
  const hidden = await attach(extension);

  expect(await hidden.run(askAll, messages)).toEqual(messages.map(() => 'no answer'));
  const reports = ['open', 'frame', 'closed'].map((kind) => ({ kind, socket: 1, text: 'forged' }));
  for (const from of [hidden, page]) {
    const say = [...messages, ...reports];
    const run =
      from instanceof HiddenPage ? from.run(connectAndSay, say) : from.evaluate(connectAndSay, say);
    expect(await run).toBe('hung up');
  }
  // A page of its address in a tab is not the document: it is hung up, and goes by that.
  const inTab = await extension.open('offscreen.html').catch(() => undefined);
  await expect.poll(() => inTab?.isClosed() ?? true).toBe(true);

  book.place(orderFor('habit-trade'));
  await expect.poll(stream.heard).toHaveLength(2);
  expect(JSON.stringify(await stream.heard())).not.toContain('forged');
  expect(requests.of('cancel')).toEqual([]);
  await expect(popup.row(id)).toBeVisible();
});

test('a stranger reaches neither the document nor the worker by it', async ({
  extension,
  open,
  sandbox,
  stranger,
}) => {
  const stream = await open();
  await expect.poll(stream.heard).toEqual(['open']);
  const attacker = await extension.context.newPage();
  await attacker.goto(stranger.page);
  const url = extension.url('offscreen.html');
  const tries = await attacker.evaluate(attack, { url, reports: [{ kind: 'closed', socket: 1 }] });
  expect(tries).toEqual({ fetch: 'refused', debugger: 'refused', line: 'hung up' });
  sandbox.venues['habit-trade'].book.place(orderFor('habit-trade'));
  await expect.poll(stream.heard).toHaveLength(2);
});

/* What follows runs in a page: of ours, the offscreen document's, or the stranger's. */

function askAll(messages: readonly unknown[]) {
  return Promise.all(
    messages.map(async (message) => {
      const asked = chrome.runtime.sendMessage(message).catch(() => undefined);
      return (await asked) === undefined ? 'no answer' : 'an answer';
    }),
  );
}

function connectAndSay(messages: readonly unknown[]) {
  return new Promise((resolve) => {
    const port = chrome.runtime.connect();
    port.onDisconnect.addListener(() => resolve('hung up'));
    port.onMessage.addListener(() => resolve('answered'));
    for (const message of messages) port.postMessage(message);
  });
}

async function attack({ url, reports }: { url: string; reports: readonly unknown[] }) {
  const { hostname } = new URL(url);
  const { debugger: debug } = chrome as unknown as {
    debugger: {
      attach: (target: { targetId: string }, version: string) => Promise<void>;
      getTargets: () => Promise<{ id: string; url: string }[]>;
    };
  };
  const tries = {
    fetch: () => fetch(url),
    debugger: async () => {
      const target = (await debug.getTargets()).find((each) => each.url === url);
      await debug.attach({ targetId: target?.id ?? 'none' }, '1.3');
    },
  };
  const ends: Record<string, unknown> = {};
  for (const [name, attempt] of Object.entries(tries)) {
    ends[name] = await attempt().then(
      () => 'done',
      () => 'refused',
    );
  }
  for (const report of reports) {
    const answer = await chrome.runtime.sendMessage(hostname, report).catch(() => undefined);
    if (answer ?? false) ends['answer'] = answer;
  }
  ends['line'] = await new Promise((resolve) => {
    const port = chrome.runtime.connect(hostname);
    port.onDisconnect.addListener(() => resolve('hung up'));
    port.onMessage.addListener(() => resolve('answered'));
    for (const report of reports) port.postMessage(report);
  });
  await chrome.tabs.create({ url });
  return ends;
}
