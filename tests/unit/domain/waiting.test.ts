import { expect, test } from 'vitest';
import type { AccountId } from '#lib/domain/account.ts';
import {
  requestCancellation,
  type Cancellation,
  type CancellationId,
} from '#lib/domain/cancellation.ts';
import type { OrderId } from '#lib/domain/order.ts';
import { secondsToWait, type AllHolds } from '#lib/domain/waiting.ts';

const ref = { accountId: 'mine' as AccountId, orderId: 'One' as OrderId };
const wish = requestCancellation('wish' as CancellationId, ref, undefined, 0);
const holds = (cancels: number, reads: number): AllHolds => ({
  [ref.accountId]: { cancels, reads },
});
const read: Partial<Cancellation> = { state: 'accepted', next: { step: 'read', at: 0 } };
const { next: _, ...underWay } = wish;

test.each<[string, Cancellation, AllHolds, number | undefined]>([
  ['nobody asks to wait', wish, {}, undefined],
  [
    'another account is asked to',
    wish,
    { ['other' as AccountId]: { cancels: 9000, reads: 9000 } },
    undefined,
  ],
  ['with cancels', wish, holds(8000, 0), 8],
  ['with cancels, a moment longer', wish, holds(8001, 0), 9],
  ['with cancels, until now', wish, holds(0, 0), undefined],
  ['with readings, when it is to be sent', wish, holds(0, 8000), undefined],
  ['with readings, when it is to be read', { ...wish, ...read }, holds(9000, 8000), 8],
  ['with cancels, when it is to be read', { ...wish, ...read }, holds(8000, 0), undefined],
  ['while its request is under way', underWay, holds(8000, 8000), undefined],
  ['after the end', { ...wish, state: 'cancelled' }, holds(8000, 8000), undefined],
  ['after it was stopped', { ...wish, stopped: true }, holds(8000, 8000), undefined],
])('asked to wait: %s', (__, cancellation, held, expected) => {
  expect(secondsToWait(cancellation, held, 0)).toBe(expected);
});
