import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Order } from '#lib/domain/order.ts';
import type { FeedNews } from '#lib/venues/feed.ts';
import { createBook, type Consequence } from '#lib/worker/orders/book.ts';
import { ended, left, look, open, removed, short, shown } from './book-world.ts';

/** Whatever is heard in whichever order, the book comes to what is so. */

/** A venue with few orders, its pushes on their way, and readings that take their time. */
describe('whatever comes in whichever order', () => {
  const ids = ['A', 'B', 'C'];
  const act = fc.record({
    kind: fc.constantFrom('place', 'fill', 'change', 'end', 'read', 'answer', 'drop', 'wait'),
    id: fc.constantFrom(...ids),
    /** How long until the push of it comes, and whether it comes twice. */
    late: fc.nat(60),
    again: fc.option(fc.nat(400), { nil: undefined }),
  });
  type Act = typeof act extends fc.Arbitrary<infer Value> ? Value : never;

  /** As BtcTurk tells it: no times, a change is a removal and an insertion. Or as the others do. */
  function live(acts: readonly Act[], asBtcTurk: boolean) {
    const venue = new Map<string, number>();
    /** An order that has ended is never open again. */
    const gone = new Set<string>();
    const book = createBook();
    /** Ends that were told while the order was open. */
    const untrue: string[] = [];
    let now = 1000;
    let generation = 0;
    let pushes: { at: number; news: FeedNews; on: number }[] = [];
    let readings: { orders: readonly Order[]; readAt: number }[] = [];

    const snapshot = () => [...venue].map(([id, quantity]) => left(id, `${quantity}`));
    const note = (all: readonly Consequence[]) => {
      for (const each of all) {
        if (each.kind === 'ended' && !gone.has(each.reading.order.id))
          untrue.push(...short([each]));
      }
    };
    const push = ({ late, again }: Act, ...all: FeedNews[]) => {
      // What belongs together comes together.
      for (const at of [late, ...(again === undefined ? [] : [again])]) {
        pushes.push(...all.map((news) => ({ at: now + at, news, on: generation })));
      }
    };
    const openNews = (id: string) =>
      open(left(id, `${venue.get(id)}`), asBtcTurk ? undefined : now);
    const pass = (time: number) => {
      for (const end = now + time; now < end; now++) {
        const due = pushes.filter(({ at }) => at <= now);
        pushes = pushes.filter(({ at }) => at > now);
        for (const { news, on } of due) if (on === generation) note(book.hear(news, now));
        note(book.settle(now));
      }
    };

    for (const each of acts) {
      const { kind, id } = each;
      const quantity = venue.get(id);
      if (kind === 'place' && quantity === undefined && !gone.has(id)) {
        venue.set(id, 9);
        push(each, openNews(id));
      } else if (kind === 'fill' && quantity !== undefined && quantity > 1) {
        venue.set(id, quantity - 1);
        push(each, asBtcTurk ? look(id) : openNews(id));
      } else if (kind === 'change' && quantity !== undefined) {
        venue.set(id, quantity + 1);
        push(each, ...(asBtcTurk ? [removed(id)] : []), openNews(id));
      } else if (kind === 'end' && quantity !== undefined) {
        venue.delete(id);
        gone.add(id);
        push(each, asBtcTurk ? removed(id) : ended(id));
      } else if (kind === 'read') {
        readings.push({ orders: snapshot(), readAt: now });
      } else if (kind === 'answer') {
        const reading = readings.shift();
        if (reading) note(book.takeList(reading) ?? []);
      } else if (kind === 'drop') {
        // In the middle of what belongs together.
        const last = pushes.find(({ on }) => on === generation);
        if (last) note(book.hear(last.news, now));
        generation++;
        note(book.hear(look(), now));
      }
      pass(kind === 'wait' ? 250 : 7);
    }
    pass(1000);
    for (const reading of readings) note(book.takeList(reading) ?? []);
    book.takeList({ orders: snapshot(), readAt: now });
    return { book, venue, untrue };
  }

  test.for([true, false])(
    'the last reading leaves the book as the venue’s (as BtcTurk: %s)',
    (asBtcTurk) => {
      fc.assert(
        fc.property(fc.array(act, { maxLength: 40 }), (acts) => {
          const { book, venue } = live(acts, asBtcTurk);
          expect(new Set(shown(book))).toEqual(
            new Set([...venue].map(([id, quantity]) => `${id} ${quantity}`)),
          );
        }),
      );
    },
  );

  test.for([true, false])('no end is proven that was none (as BtcTurk: %s)', (asBtcTurk) => {
    fc.assert(
      fc.property(fc.array(act, { maxLength: 40 }), (acts) => {
        expect(live(acts, asBtcTurk).untrue).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });
});
