import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { advance, type CancellationEvent } from '#lib/domain/cancellation-steps.ts';
import type { Cancellation } from '#lib/domain/cancellation.ts';
import { hasEnded } from '#lib/domain/standing.ts';
import type { Decimal } from '#lib/domain/decimal.ts';
import type { OrderReading } from '#lib/domain/order.ts';
import type { CancelReply, Claim, Failure } from '#lib/domain/reply.ts';
import {
  asked,
  id,
  order,
  sending,
  woken,
  abandoned,
  resolved,
  swept,
  hurried,
  stopped,
  unlisted,
  after,
} from './cancellation-events.ts';

/** Each event with the cancellation before and after it. */
function course(happened: readonly CancellationEvent[]) {
  let before = after();
  return happened.map((event, index) => {
    const step = { event, before, after: advance(before, event, asked + index) };
    before = step.after;
    return step;
  });
}

describe('laws', () => {
  const said = fc.array(fc.string({ maxLength: 5 }), { maxLength: 2 });
  const decimal = fc.constantFrom('0', '0.5', '1').map((text) => text as Decimal);
  const failure: fc.Arbitrary<Failure> = fc.oneof(
    fc.record({
      kind: fc.constant('refused' as const),
      reason: fc.constantFrom('no-right' as const, 'invalid-request' as const),
      said,
    }),
    fc.record({ kind: fc.constant('invalid-time' as const), said }),
    fc.record({ kind: fc.constant('rate-limited' as const), retryAfter: fc.nat(60_000), said }),
    fc.record({ kind: fc.constant('unknown' as const), said }),
  );
  const claim = fc.constantFrom<Claim>('filled', 'was-cancelled', 'not-found', 'not-cancellable');
  const cancelReply: fc.Arbitrary<CancelReply> = fc.oneof(
    fc.record({ kind: fc.constant('cancelled' as const), filled: decimal, said }),
    fc.record({ kind: fc.constant('accepted' as const), said }),
    fc.record({ kind: fc.constant('claimed' as const), claim, said }),
    failure,
  );
  const closedOrder = fc.record(
    {
      id: fc.constant(id),
      filled: decimal,
      updatedAt: fc.integer({ min: asked - 9000, max: asked + 9000 }),
    },
    { requiredKeys: ['id'] },
  );
  const reading: fc.Arbitrary<OrderReading | Failure> = fc.oneof(
    fc.constant({ status: 'open' as const, order }),
    fc.record({
      status: fc.constantFrom('filled' as const, 'cancelled' as const),
      order: closedOrder,
    }),
    fc.record({ status: fc.constant('not-found' as const), said }),
    failure,
  );
  const event: fc.Arbitrary<CancellationEvent> = fc.oneof(
    { weight: 4, arbitrary: fc.constant(sending) },
    {
      weight: 4,
      arbitrary: fc.record({ type: fc.constant('replied' as const), reply: cancelReply }),
    },
    { weight: 6, arbitrary: fc.record({ type: fc.constant('read' as const), reading }) },
    { weight: 1, arbitrary: fc.record({ type: fc.constant('unresolved' as const), failure }) },
    { weight: 1, arbitrary: fc.constantFrom(woken, resolved, unlisted, abandoned) },
    { weight: 1, arbitrary: fc.constantFrom(swept, hurried, stopped) },
  );
  const events = fc.array(event, { maxLength: 30 });

  const aside = new Set<CancellationEvent['type']>(['resolved', 'swept', 'hurried', 'stopped']);

  test('what has ended never changes', () => {
    fc.assert(
      fc.property(events, (happened) => {
        for (const step of course(happened)) {
          if (hasEnded(step.before)) expect(step.after).toBe(step.before);
        }
      }),
    );
  });

  test('what has not ended has a next step, unless a request is under way', () => {
    fc.assert(
      fc.property(events, (happened) => {
        let underWay = false;
        for (const step of course(happened)) {
          // Finding the id neither begins nor ends a request, nor does a wish or a stop.
          if (!aside.has(step.event.type)) underWay = step.event.type === 'sending';
          if (hasEnded(step.after)) expect(step.after.next).toBeUndefined();
          else expect(step.after.next === undefined).toBe(underWay);
        }
      }),
    );
  });

  test('nothing is cancelled, filled or already cancelled without the venue having said so', () => {
    fc.assert(
      fc.property(events, (happened) => {
        const said = new Set<string>();
        for (const step of course(happened)) {
          if (!hasEnded(step.before)) said.add(saidBy(step.event));
          const { state } = step.after;
          if (state === 'cancelled' || state === 'was-cancelled') {
            expect(said.has('cancelled') || said.has('was-cancelled')).toBe(true);
          }
          if (state === 'filled') expect(said).toContain('filled');
        }
      }),
    );
  });

  test('each sending is counted, and the journal keeps the wish as it was', () => {
    fc.assert(
      fc.property(events, (happened) => {
        for (const step of course(happened)) {
          const counted = step.event.type === 'sending' && !hasEnded(step.before) ? 1 : 0;
          expect(step.after.sendings).toBe(step.before.sendings + counted);
          expect(step.after.at.requested).toBe(asked);
          expect(step.after.id).toBe('wish');
        }
      }),
    );
  });

  test('a next step is never in the past', () => {
    fc.assert(
      fc.property(events, (happened) => {
        for (const [index, step] of course(happened).entries()) {
          const { next } = step.after;
          if (next && next !== step.before.next)
            expect(next.at).toBeGreaterThanOrEqual(asked + index);
        }
      }),
    );
  });

  test('it survives the journal: the same JSON goes on the same way', () => {
    fc.assert(
      fc.property(events, event, (happened, last) => {
        const cancellation = after(...happened);
        const restored = JSON.parse(JSON.stringify(cancellation)) as Cancellation;
        expect(advance(restored, last, asked)).toEqual(advance(cancellation, last, asked));
      }),
    );
  });
});

function saidBy(event: CancellationEvent): string {
  if (event.type === 'replied') {
    return event.reply.kind === 'claimed' ? event.reply.claim : event.reply.kind;
  }
  return event.type === 'read' && 'status' in event.reading ? event.reading.status : event.type;
}
