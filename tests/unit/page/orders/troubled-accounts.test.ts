import { expect, test } from 'vitest';
import type { AccountId } from '#lib/domain/account.ts';
import {
  requestCancellation,
  type Cancellation,
  type CancellationId,
} from '#lib/domain/cancellation.ts';
import type { OrderId } from '#lib/domain/order.ts';
import { troubledAccounts } from '#lib/page/orders/troubled-accounts.ts';
import { emptyView } from '#lib/protocol/view.ts';

const of = (account: string, more: Partial<Cancellation>) => ({
  ...requestCancellation(
    account as CancellationId,
    { accountId: account as AccountId, orderId: 'One' as OrderId },
    undefined,
    0,
  ),
  ...more,
});

test('the accounts that could not be asked, and are not told to wait', () => {
  const cancellations = {
    ['a' as CancellationId]: of('silent', { trouble: 'unreachable' }),
    ['b' as CancellationId]: of('silent', { trouble: 'no-right' }),
    ['c' as CancellationId]: of('slow', { trouble: 'rate-limited' }),
    ['d' as CancellationId]: of('well', {}),
    ['e' as CancellationId]: of('over', { trouble: 'unreachable', state: 'cancelled' }),
  };
  expect([...troubledAccounts({ ...emptyView, cancellations })]).toEqual(['silent']);
  expect([...troubledAccounts(undefined)]).toEqual([]);
});
