import type { Records } from '#tests/faults/records.ts';
import type { BookOrder } from '#tests/sandbox/shared/order-book.ts';
import type { BrowserSchedule } from './schedule.ts';

/** What a run in a browser leaves: all that one in Node does, and what stood on the screen. */
export interface BrowserRecords extends Records {
  readonly browserSchedule: BrowserSchedule;
  /** Rows of the list as they stood in a page's document, whenever that changed. */
  readonly screens: {
    readonly at: number;
    readonly rows: readonly (readonly [key: string, status: string])[];
  }[];
  /** Every order as the venue's book had it, from when on. */
  readonly books: { readonly at: number; readonly order: BookOrder }[];
  /** What stands in the history on the screen in the end, by the cancellation. */
  readonly past: Map<string, string>;
  /** Errors that nobody caught, in a page or in the worker. */
  readonly breaks: string[];
  /** When all was ready for the wish. */
  readyAfter: number;
}

/** As the book had it at that moment. */
export function bookAt(
  books: BrowserRecords['books'],
  id: string,
  at: number,
): BookOrder | undefined {
  return books.findLast(({ at: since, order }) => order.id === id && since <= at)?.order;
}
