import { describe, expect, test } from 'vitest';
import type { AccountId } from '#lib/domain/account.ts';
import {
  requestCancellation,
  type Act,
  type ActId,
  type Cancellation,
  type CancellationId,
  type SweepId,
} from '#lib/domain/cancellation.ts';
import { advance } from '#lib/domain/cancellation-steps.ts';
import type { OrderId } from '#lib/domain/order.ts';

const asked = 1_700_000_000_000;
const ref = { accountId: 'account' as AccountId, orderId: 'one' as OrderId };
const click: Act = { id: 'click' as ActId, inPopup: true };
const otherClick: Act = { id: 'other click' as ActId, inPopup: true };
const lookup: Act = { id: 'lookup' as ActId };
const otherLookup: Act = { id: 'other lookup' as ActId };

function wished(act?: Act, sweep?: SweepId): Cancellation {
  return requestCancellation('wish' as CancellationId, ref, undefined, asked, sweep, act);
}

describe('an order that is being cancelled is wanted again', () => {
  test.each<[before: Act | undefined, again: Act, after: Act]>([
    [undefined, click, click],
    [undefined, lookup, lookup],
    [click, lookup, lookup],
    [click, otherClick, otherClick],
    [lookup, click, lookup],
    [lookup, otherLookup, lookup],
  ])('asked for by %o, then by %o', (before, again, after) => {
    const wish = wished(before);
    expect(advance(wish, { type: 'wanted', act: again }, asked + 5)).toEqual({
      ...wish,
      act: after,
    });
  });

  test('in a sweep it gets the act, and stays in the sweep', () => {
    const swept = wished(undefined, 'sweep' as SweepId);
    expect(advance(swept, { type: 'wanted', act: lookup }, asked)).toEqual({
      ...swept,
      act: lookup,
    });
  });

  test('what has ended does not change, nor does what keeps its act', () => {
    const ended = advance(wished(click), { type: 'replied', reply: { kind: 'cancelled' } }, asked);
    expect(advance(ended, { type: 'wanted', act: lookup }, asked)).toBe(ended);
    const kept = wished(lookup);
    expect(advance(kept, { type: 'wanted', act: click }, asked)).toBe(kept);
  });
});
