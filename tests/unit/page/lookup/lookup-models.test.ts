import { signal } from '@preact/signals';
import { expect, test } from 'vitest';
import type { AccountId } from '#lib/domain/account.ts';
import type { Lookup } from '#lib/domain/lookup.ts';
import { UserError } from '#lib/domain/user-error.ts';
import type { RequestInput } from '#lib/protocol/messages.ts';
import { emptyView, type View } from '#lib/protocol/view.ts';
import { createFound } from '#lib/page/lookup/found-model.ts';
import { createVenues } from '#lib/page/lookup/venues-model.ts';
import { accounts, byId, cancellationFor, foundOf, lookupOf } from './lookup-world.ts';
import { now } from '#tests/unit/support/view-world.ts';

/** A window with a worker that answers, or fails with what is thrown. */
function open(lookup: Lookup, answer: (request: RequestInput) => unknown) {
  const asked: RequestInput[] = [];
  const ask = async (request: RequestInput) => {
    asked.push(request);
    return answer(request);
  };
  const view = signal<View | undefined>({ ...emptyView, accounts, vault: { state: 'unlocked' } });
  const cancellations = signal<View['cancellations']>({});
  const page = { view, ask: ask as never };
  return {
    asked,
    cancellations,
    shared: { page, lookup: signal(lookup), cancellations, now: signal(now) },
  };
}

const fail = () => {
  throw new UserError('journal', 'Nothing was sent. Try again.');
};
const orders = [foundOf('a', '1', '1'), foundOf('a', '2', '2'), foundOf('z', '3', '3')];
const a = 'a' as AccountId;
const z = 'z' as AccountId;
const unknown = { id: '77', accountIds: [a, z] };

test('what is chosen is asked for together, and what is not stays', async () => {
  const { asked, cancellations, shared } = open(lookupOf({ orders }), () => ({
    cancellationIds: ['c1', 'c3'],
  }));
  const found = createFound(shared);
  found.choose('a order 2', false);
  const cancelling = found.cancel();
  expect(found.asking.value).toBe(2);
  // A second click while the first is on its way, with another choice.
  found.choose('a order 2', true);
  await found.cancel();
  found.choose('a order 2', false);
  await cancelling;
  expect(asked).toEqual([
    {
      kind: 'cancel-many',
      orders: [
        { accountId: 'a', orderId: '1', symbol: 'BTCTRY' },
        { accountId: 'z', orderId: '3', symbol: 'BTCTRY' },
      ],
      lookupId: 'L',
    },
  ]);
  expect(found.chosen.value).toEqual([]);
  expect(found.rows.value.map(({ chosen }) => chosen)).toEqual([undefined, false, undefined]);

  // Refused, it waits for a new choice.
  cancellations.value = byId(cancellationFor('c1', 'a', '1', { state: 'refused', said: ['No'] }));
  expect(found.rows.value[0]).toMatchObject({ chosen: false, words: { status: 'Refused: No' } });
});

test('where asking fails the choice is as it was, and the reason is told', async () => {
  const { shared } = open(lookupOf({ orders }), fail);
  const found = createFound(shared);
  found.choose('a order 2', false);
  await found.cancel();
  expect(found.problem.value).toBe('Nothing was sent. Try again.');
  expect(found.chosen.value.map(({ key }) => key)).toEqual(['a order 1', 'z order 3']);
});

const settle = () => new Promise((resolve) => setTimeout(resolve));

test('each account is asked once, and only the one that is clicked is told to cancel', async () => {
  const { asked, shared } = open(lookupOf({ unknown: [unknown] }), (request) => {
    if (request.kind === 'cancel') return { cancellationId: 'c' };
    const idKind = 'client-order-id';
    return { kind: 'read', idKind, reading: { status: 'not-found' } };
  });
  const venues = createVenues(shared);
  venues.open(unknown);
  await settle();
  venues.open(unknown);
  await settle();
  expect(asked).toEqual([
    { kind: 'ask-order', accountId: 'a', id: '77' },
    { kind: 'ask-order', accountId: 'z', id: '77' },
  ]);
  venues.cancel(a, '77');
  venues.cancel(a, '77');
  await settle();
  expect(asked.slice(2)).toEqual([
    { kind: 'cancel', accountId: 'a', idKind: 'client-order-id', id: '77', lookupId: 'L' },
  ]);
  expect(venues.of(unknown).map(({ row }) => row.words.status)).toEqual([
    'Cancelling',
    'Not found',
  ]);
});

test('a symbol goes with the question and with the cancel; another one makes the answer void', async () => {
  const { asked, shared } = open(lookupOf({ unknown: [unknown] }), (request) => {
    if (request.kind === 'cancel') return { cancellationId: 'c' };
    return 'symbol' in request
      ? { kind: 'read', idKind: 'order-id', reading: { status: 'not-found' } }
      : { kind: 'symbol-needed', idKind: 'order-id' };
  });
  const venues = createVenues(shared);
  const status = () => venues.of(unknown)[1]?.row.words.status;
  venues.open(unknown);
  await settle();
  venues.setSymbol(z, '77', ' BTCUSDT ');
  venues.ask(z, '77');
  await settle();
  expect(status()).toBe('Not found');
  venues.setSymbol(z, '77', 'ETHUSDT');
  expect(status()).toBe('Symbol needed');
  venues.cancel(z, '77');
  await settle();
  expect(asked.slice(2)).toEqual([
    { kind: 'ask-order', accountId: 'z', id: '77', symbol: 'BTCUSDT' },
    {
      kind: 'cancel',
      accountId: 'z',
      idKind: 'order-id',
      id: '77',
      symbol: 'ETHUSDT',
      lookupId: 'L',
    },
  ]);
});

test('where the cancel does not begin the reason is told, and it can be tried again', async () => {
  const { shared } = open(lookupOf({ unknown: [unknown] }), fail);
  const venues = createVenues(shared);
  venues.cancel(a, '77');
  await settle();
  const [first] = venues.of(unknown);
  expect(first?.problem).toBe('Nothing was sent. Try again.');
});
