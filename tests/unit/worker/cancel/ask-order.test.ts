import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { askOrder } from '#lib/worker/cancel/ask-order.ts';
import type { OrderAnswer } from '#lib/domain/lookup.ts';
import type { ClientOrderId, IdKind, OrderId, OrderReading } from '#lib/domain/order.ts';
import type { Failure, ReadReply } from '#lib/domain/reply.ts';
import type { Venue } from '#lib/venues/venue.ts';
import { venues } from '#lib/venues/venues.ts';
import { account, badTime, order, silence, slowDown, start, type Script } from './cancel-world.ts';

const filled: OrderReading = { status: 'filled', order: { id: 'One' as OrderId } };
const missing: OrderReading = { status: 'not-found', said: ['no such order'] };
const openOne: OrderReading = { status: 'open', order: order('One') };
const refused: Failure = { kind: 'refused', reason: 'no-right', said: ['FORBIDDEN'] };
const read = (reading: OrderReading): ReadReply => ({ kind: 'read', reading });
const answered = (idKind: IdKind, reading: OrderReading): OrderAnswer => ({
  kind: 'read',
  idKind,
  reading,
});
const both: readonly IdKind[] = ['order-id', 'client-order-id'];
const clientFirst: readonly IdKind[] = ['client-order-id', 'order-id'];
const noForm: OrderAnswer = {
  kind: 'failed',
  reason: 'invalid-request',
  note: { code: 'no-such-id' },
};

/** Venues without limits that need, or do not take, what the test is about. */
const plain: Venue = { ...venues.ripio, limits: [] };
const needy: Venue = { ...plain, needsSymbol: true };
const byOrderIdOnly: Venue = { ...plain, takesClientOrderId: false };

beforeEach(() => void vi.useFakeTimers({ now: start }));
afterEach(() => void vi.useRealTimers());

/** The answer and the calls that it took. A cancel would throw: the script knows none. */
async function ask(
  script: Script,
  kinds: readonly IdKind[],
  venue: Venue = plain,
  symbol?: string,
) {
  const log: string[] = [];
  const answer = askOrder(account(script, log, venue), 'One', kinds, symbol);
  await vi.advanceTimersByTimeAsync(1000);
  return { answer: await answer, log: log.map((line) => line.replace(/ \d+$/, '')) };
}

/** What the venue says to each name; it knows no other. */
function knowing(replies: Record<string, ReadReply>): Script {
  return { read: (name) => replies[name] ?? read(missing) };
}

describe('which kinds of id are asked about, until one is known', () => {
  test.each<
    [
      what: string,
      kinds: readonly IdKind[],
      venue: Venue,
      replies: Record<string, ReadReply>,
      answer: OrderAnswer,
      log: readonly string[],
    ]
  >([
    [
      'known by the first kind',
      both,
      plain,
      { One: read(openOne) },
      answered('order-id', openOne),
      ['read One'],
    ],
    [
      'ended by the first kind',
      both,
      plain,
      { One: read(filled) },
      answered('order-id', filled),
      ['read One'],
    ],
    [
      'known by the second kind',
      both,
      plain,
      { 'client One': read(filled) },
      answered('client-order-id', filled),
      ['read One', 'read client One'],
    ],
    [
      'known by neither',
      both,
      plain,
      {},
      answered('client-order-id', missing),
      ['read One', 'read client One'],
    ],
    [
      'the likeliest kind comes first',
      clientFirst,
      plain,
      { One: read(openOne), 'client One': read(filled) },
      answered('client-order-id', filled),
      ['read client One'],
    ],
    // A failure is no “not found”: the other kind would answer another question.
    [
      'the first kind fails',
      both,
      plain,
      { One: refused },
      { kind: 'failed', reason: 'no-right', said: ['FORBIDDEN'] },
      ['read One'],
    ],
    [
      'no answer',
      both,
      plain,
      { One: silence },
      { kind: 'failed', reason: 'unreachable', note: { code: 'no-answer' } },
      ['read One'],
    ],
    [
      'the second kind fails',
      both,
      plain,
      { 'client One': refused },
      { kind: 'failed', reason: 'no-right', said: ['FORBIDDEN'] },
      ['read One', 'read client One'],
    ],
    ['no client ids taken', both, byOrderIdOnly, {}, answered('order-id', missing), ['read One']],
    ['only a client id, and none taken', ['client-order-id'], byOrderIdOnly, {}, noForm, []],
    ['of no form', [], plain, {}, noForm, []],
    ['of no form, symbol needed', [], needy, {}, noForm, []],
    ['a symbol needed', both, needy, {}, { kind: 'symbol-needed', idKind: 'order-id' }, []],
    [
      'a symbol needed, client id',
      clientFirst,
      needy,
      {},
      { kind: 'symbol-needed', idKind: 'client-order-id' },
      [],
    ],
    [
      'a symbol needed, client ids not taken',
      clientFirst,
      { ...needy, takesClientOrderId: false },
      {},
      { kind: 'symbol-needed', idKind: 'order-id' },
      [],
    ],
  ])('%s', async (_, kinds, venue, replies, answer, log) => {
    expect(await ask(knowing(replies), kinds, venue)).toEqual({ answer, log });
  });
});

test('with the symbol both kinds are asked about, and it is sent with each', async () => {
  const mine = account(knowing({}), [], needy);
  const call = vi.spyOn(mine.client, 'call');
  const answer = askOrder(mine, 'One', both, 'BTC_BRL');
  await vi.advanceTimersByTimeAsync(1000);
  expect(await answer).toEqual(answered('client-order-id', missing));
  expect(call.mock.calls.map(([, name]) => name)).toEqual([
    { orderId: 'One' as OrderId, symbol: 'BTC_BRL' },
    { clientOrderId: 'One' as ClientOrderId, symbol: 'BTC_BRL' },
  ]);
});

test('a clock that is off is set right, and the order is asked about again', async () => {
  let isSet = false;
  const { answer, log } = await ask(
    {
      read: () => (isSet ? read(openOne) : badTime),
      measure: () => {
        isSet = true;
        return { offset: 90_000, uncertainty: 10 };
      },
    },
    both,
  );
  expect(answer).toEqual(answered('order-id', openOne));
  expect(log).toEqual(['read One', 'measure clock', 'read One']);
});

test('while the venue has asked to wait it is not asked', async () => {
  const log: string[] = [];
  const mine = account({ read: () => slowDown }, log);
  const first = askOrder(mine, 'One', both);
  await vi.advanceTimersByTimeAsync(100);
  const words = { kind: 'failed', reason: 'rate-limited' };
  expect(await first).toMatchObject({ ...words, said: ['TOO_MANY'] });
  expect(await askOrder(mine, 'One', both)).toMatchObject(words);
  expect(log).toHaveLength(1);
});
