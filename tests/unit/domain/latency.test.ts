import { expect, test } from 'vitest';
import type { AccountId } from '#lib/domain/account.ts';
import { cancelTimes } from '#lib/domain/latency.ts';
import {
  requestCancellation,
  type Cancellation,
  type CancellationId,
} from '#lib/domain/cancellation.ts';
import type { OrderId } from '#lib/domain/order.ts';

const clicked = 1_700_000_000_000;
const ref = { accountId: 'a' as AccountId, orderId: '1' as OrderId };
const wish = requestCancellation('c' as CancellationId, ref, undefined, clicked);

/** Times in milliseconds after the click. */
function after(
  state: Cancellation['state'],
  at: Partial<Record<'sent' | 'accepted' | 'ended', number>>,
  more: Partial<Cancellation> = {},
): Cancellation {
  const times = Object.entries(at).map(([name, time]) => [name, clicked + time]);
  return { ...wish, ...more, state, at: { requested: clicked, ...Object.fromEntries(times) } };
}

const all = { sent: 2, accepted: 30, ended: 200 };

test.each<[string, Cancellation, object | undefined]>([
  ['written down alone', wish, undefined],
  ['under way', after('sent', { sent: 2 }), {}],
  ['accepted', after('accepted', { sent: 2, accepted: 30 }), { accepted: 30 }],
  ['proven by the reply', after('cancelled', { sent: 2, ended: 40 }), { proven: 40 }],
  ['accepted, then proven', after('cancelled', all), { accepted: 30, proven: 200 }],
  ['filled instead', after('filled', all), { accepted: 30, proven: 200 }],
  ['cancelled before', after('was-cancelled', all), { accepted: 30, proven: 200 }],
  ['not there', after('not-found', all), { accepted: 30, proven: 200 }],
  ['refused', after('refused', { sent: 2, ended: 40 }), {}],
  ['in doubt', after('unknown', { sent: 2, accepted: 30 }), { accepted: 30 }],
  ['lapsed', after('unknown', all, { stopped: true, lapsed: true }), { accepted: 30 }],
  ['of an account that was removed', after('sent', all, { abandoned: true }), { accepted: 30 }],
  [
    'never sent, since it was stopped',
    after('requested', { ended: 9 }, { stopped: true }),
    undefined,
  ],
  ['gone with its parent', after('cancelled', { ended: 40 }), undefined],
  ['a clock set back before the end', after('cancelled', { ...all, ended: -1 }), { accepted: 30 }],
  ['a clock set back before both', after('cancelled', { sent: 2, accepted: -9, ended: -1 }), {}],
  ['within the same millisecond', after('cancelled', { sent: 0, ended: 0 }), { proven: 0 }],
  ['a record without its times', { ...after('cancelled', all), at: {} as never }, undefined],
])('%s', (_, cancellation, times) => {
  expect(cancelTimes(cancellation)).toEqual(times && { clicked, ...times });
});
