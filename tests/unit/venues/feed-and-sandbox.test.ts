import { afterEach, expect, test } from 'vitest';
import type { Feed, FeedNews } from '#lib/venues/feed.ts';
import type { Venue } from '#lib/venues/venue.ts';
import { venues } from '#lib/venues/venues.ts';
import { startSandbox, type Sandbox, type SandboxOptions } from '#tests/sandbox/sandbox.ts';
import { orderPushes } from '#tests/sandbox/ztdx/order-push.ts';
import { PlainSocket } from '#tests/unit/sandbox/plain-socket.ts';
import { send } from '#tests/unit/sandbox/signed-requests.ts';
import { signerOf } from '#tests/unit/support/fixtures.ts';

/** The reader of a stream against its venue's sandbox, which was written without a look at it: from the same documents. */

type Name = 'binance' | 'btcturk' | 'habit-trade' | 'kraken' | 'ox-fun' | 'ripio' | 'ztdx';
type Options<Of extends Name> = NonNullable<SandboxOptions[Of]>;

const running: Sandbox[] = [];
const open: PlainSocket[] = [];

afterEach(async () => {
  for (const socket of open.splice(0)) socket.cut();
  await Promise.all(running.splice(0).map((sandbox) => sandbox.stop()));
});

/** Opens the stream as the contract says, with the first greeting that is taken. */
async function listen(name: Name, options: Options<Name>) {
  const sandbox = await startSandbox({ [name]: { seed: false, ...options } });
  running.push(sandbox);
  const venue: Venue = venues[name];
  const { feed } = venue;
  const { book, keys, url } = sandbox.venues[name];
  const [key] = keys.list;
  if (!feed || !key) throw new Error(`${name} has no stream`);
  // Each with a stamp of its own: a venue takes none that a busy machine has made old.
  const signNow = () =>
    signerOf(venue, { apiKey: key.key, apiSecret: key.secret, timestamp: Date.now() });

  const fetchPass = async (): Promise<string | undefined> => {
    if (!feed.pass) return undefined;
    const signer = await signNow();
    const written = feed.pass.fetch.request(undefined, signer.timestamp);
    const { path, query, ...request } = await venue.signatures[0](written, signer);
    const address = url + path + (query === undefined ? '' : `?${query}`);
    const reply = feed.pass.fetch.read(await send(address, request), undefined);
    return reply.kind === 'pass' ? reply.pass : undefined;
  };

  const headers = await feed.handshake?.(await signNow());
  if (headers) {
    const socket = await new PlainSocket(url, feed.path, headers).opened();
    open.push(socket);
    return { book, feed, socket, tried: [] };
  }
  const tried: string[] = [];
  for (const greeting of feed.greetings) {
    const socket = await new PlainSocket(url, feed.path).opened();
    open.push(socket);
    const pass = await fetchPass();
    const answers: string[] = [];
    for (const write of greeting) {
      if (answers.includes('refused')) break;
      socket.send(await write(await signNow(), pass));
      answers.push(await answerTo(answers.length, socket, feed));
    }
    tried.push(...answers);
    if (!answers.includes('refused')) return { book, feed, socket, tried };
  }
  throw new Error(`${name} takes no greeting: ${tried.join(' ')}`);
}

/** To the text before which so many have been answered. */
function answerTo(before: number, socket: PlainSocket, feed: Feed): Promise<string> {
  return socket.first(() => {
    const kinds = socket.told.map((text) => feed.read(text).kind);
    return kinds.filter((kind) => kind === 'step' || kind === 'refused')[before];
  }, 'an answer to the greeting');
}

type Talk = Awaited<ReturnType<typeof listen>>;

test.each<[Name, Options<Name>, string]>([
  ['binance', {}, 'step'],
  ['btcturk', {}, 'step'],
  ['btcturk', { greets: false }, 'step'],
  ['btcturk', { loginNonce: '15000' }, 'refused step'],
  ['btcturk', { loginNonce: 'tolerance' }, 'step'],
  ['ripio', {}, 'step'],
  ['ripio', { acknowledges: 'status', welcome: 'none' }, 'step'],
  ['ripio', { welcome: 'last-order', ticketSingleUse: false }, 'step'],
  ['kraken', {}, 'step'],
  ['ox-fun', {}, 'step step'],
  ['ox-fun', { greets: false }, 'step step'],
  ['ztdx', {}, 'step step'],
  ['habit-trade', { signatureEncoding: 'hex' }, ''],
])('%s, with %o: its greeting is answered by %s', async (name, options, answers) => {
  expect((await listen(name, options)).tried.join(' ')).toBe(answers);
});

test.each<Name>(['btcturk', 'kraken', 'ox-fun', 'ripio'])(
  '%s takes no key without rights',
  async (name) => {
    await expect(listen(name, { rights: [] })).rejects.toThrow(/takes no greeting: refused/);
  },
);

const order = { symbol: 'BTCTRY', side: 'sell', price: '5.5', quantity: '174.84' } as const;

const acts = {
  placed: () => undefined,
  'executed in part and cancelled': ({ book }: Talk, id: string) => {
    book.fill(id, '34.94');
    book.cancel(id);
  },
  changed: ({ book }: Talk, id: string) => book.amend(id, { quantity: '100' }),
  executed: ({ book }: Talk, id: string) => book.fill(id),
};

test.each<[Name, Options<Name>, keyof typeof acts, string]>([
  ['binance', {}, 'placed', ''],
  ['binance', {}, 'executed in part and cancelled', 'open 139.9, ended cancelled 34.94'],
  ['binance', {}, 'changed', 'open 100'],
  ['binance', {}, 'executed', 'ended filled 174.84'],
  ['btcturk', {}, 'placed', ''],
  ['btcturk', {}, 'executed in part and cancelled', 'look, look, removed 34.94'],
  ['btcturk', {}, 'changed', 'removed 0, open 100'],
  ['btcturk', { amendSends: 'update' }, 'changed', 'open 100'],
  ['btcturk', {}, 'executed', 'look, look'],
  ['btcturk', { matchModel: '2019' }, 'executed', 'look, look'],
  ['btcturk', { fullFill: 'match-and-delete' }, 'executed', 'look, look, look'],
  ['ripio', {}, 'placed', ''],
  ['ripio', { openStatus: 'waiting' }, 'placed', ''],
  ['ripio', {}, 'executed in part and cancelled', 'open 139.9, ended cancelled 34.94'],
  ['ripio', {}, 'changed', 'open 100'],
  ['ripio', {}, 'executed', 'ended filled 174.84'],
  ['ox-fun', {}, 'placed', ''],
  ['ox-fun', {}, 'executed in part and cancelled', 'open 139.9, ended cancelled 34.94'],
  ['ox-fun', {}, 'changed', 'open 100'],
  ['ox-fun', { amending: 'closed-and-opened' }, 'changed', 'look, open 100'],
  ['ox-fun', {}, 'executed', 'ended filled 174.84'],
  ['habit-trade', {}, 'placed', ''],
  ['habit-trade', {}, 'executed in part and cancelled', 'look, ended cancelled 34.94'],
  ['habit-trade', {}, 'changed', 'open 100'],
  ['habit-trade', {}, 'executed', 'look'],
  ['habit-trade', { pushFields: 'table' }, 'changed', 'open 100'],
  [
    'habit-trade',
    { pushFields: 'table' },
    'executed in part and cancelled',
    'look, ended cancelled undefined',
  ],
])('%s, with %o: an order that is %s is told by: %s', async (name, options, act, told) => {
  const talk = await listen(name, options);
  const { id } = talk.book.place({ ...order, method: 'stop-limit', stopPrice: '6' });
  acts[act](talk, id);
  const last = talk.book.place({ ...order, clientOrderId: 'last' });
  await talk.socket.hears('"last"');
  const frames = talk.socket.told.map((text) => talk.feed.read(text));
  const news = frames.flatMap((frame) => (frame.kind === 'news' ? frame.news : []));
  expect(news.map(idIn)).toEqual([...news.slice(1).map(() => id), last.id]);
  const [first, ...rest] = news.slice(0, -1);
  expect(first).toMatchObject({ kind: 'open', order: { remaining: '174.84', protective: true } });
  expect(rest.map(inShort).join(', ')).toBe(told);
  const numbers = frames.flatMap((frame) => (frame.kind === 'news' ? (frame.number ?? []) : []));
  expect(numbers).toEqual(name === 'ripio' ? news.map((_, index) => index + 1) : []);
});

test('kraken: each change is a reason to read, an end is one, and all are numbered', async () => {
  const talk = await listen('kraken', {});
  const { id } = talk.book.place({ ...order, symbol: 'XBTUSD' });
  acts.changed(talk, id);
  acts['executed in part and cancelled'](talk, id);
  const filled = talk.book.place({ ...order, symbol: 'XBTUSD' });
  acts.executed(talk, filled.id);
  talk.book.place({ ...order, clientOrderId: 'last' });
  await talk.socket.hears('"last"');
  const frames = talk.socket.told.map((text) => talk.feed.read(text));
  const news = frames.flatMap((frame) => (frame.kind === 'news' ? frame.news : []));
  const told = (of: string) =>
    news
      .filter((one) => idIn(one) === of)
      .map(inShort)
      .join(', ');
  expect(told(id)).toBe('look, look, look, look, ended cancelled 34.94');
  expect(told(filled.id)).toBe('look, look, look, ended filled 174.84');
  const numbers = frames.flatMap((frame) => (frame.kind === 'news' ? (frame.number ?? []) : []));
  expect(numbers).toEqual(numbers.map((_, index) => index + 1));
  expect(numbers.length).toBeGreaterThan(9);
});

test.each(orderPushes)('ztdx, with pushes as %s: each is a reason to read', async (orderPush) => {
  const talk = await listen('ztdx', { orderPush });
  const { id } = talk.book.place(order);
  for (const act of [acts.changed, acts['executed in part and cancelled']]) act(talk, id);
  talk.socket.send({ type: 'ping' });
  await talk.socket.hears('pong');
  const news = talk.socket.told
    .map((text) => talk.feed.read(text))
    .flatMap((frame) => (frame.kind === 'news' ? frame.news : []));
  const look = {
    kind: 'look',
    ...(['flat', 'data', 'list'].includes(orderPush) && { orderId: id }),
  };
  expect(news).toEqual([look, look, look, look]);
});

function idIn(news: FeedNews): string | undefined {
  switch (news.kind) {
    case 'open':
      return news.order.id;
    case 'look':
      return news.orderId;
    case 'ended':
    case 'removed':
      return news.reading.order.id;
  }
}

function inShort(news: FeedNews): string {
  switch (news.kind) {
    case 'open':
      return `open ${news.order.remaining}`;
    case 'look':
      return 'look';
    case 'removed':
      return `removed ${news.reading.order.filled}`;
    case 'ended':
      return `ended ${news.reading.status} ${news.reading.order.filled}`;
  }
}
