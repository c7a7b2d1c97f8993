import type { NewOrder } from './order-book.ts';
import type { Operation } from './operation.ts';
import type { OutcomeCase } from './outcome-cases.ts';
import type { RateRule } from './rate-limits.ts';

/**
 * What has to be known of a venue so that tests can run over it as over any other. Written from its documents, as the rest of
 * its folder is.
 */
export interface ForTests<ErrorName extends string> {
  /** What its account is called. */
  readonly label: string;
  /** An order that stands there. */
  readonly order: Pick<NewOrder, 'symbol' | 'side' | 'price' | 'quantity'>;
  /** Some of what is traded there. */
  readonly symbols: readonly [string, string, ...string[]];
  /** All that Pullcord may reach for it: the bases of its REST API, of the WebSocket that takes cancels, and of its stream. */
  readonly hosts: readonly string[];
  readonly sockets?: readonly string[];
  readonly streams?: readonly string[];
  /** The stream is proven by headers of its handshake. */
  readonly provesByHandshake?: true;
  /** There are orders that guard a position. */
  readonly hasStops: boolean;
  /** How one order is read. */
  readonly readsBy: Extract<Operation, 'order' | 'open-orders'>;
  /** Without a call for the time: the header `Date` is all there is. */
  readonly hasCoarseClock: boolean;
  /** False where its limits are in the way of tests that are not about them. */
  readonly limits?: false;
  /** What is documented of limits: of requests, and of messages on a WebSocket. */
  readonly rateRules: readonly RateRule[];
  readonly messageRules?: readonly RateRule[];
  /** The lively set of orders, in every form of ids that there is. */
  readonly seeds: readonly NewOrder[];
  readonly samples: SampleReplies;
  /** What the second of two equal cancels is told, when the first has acted and its answer was lost. */
  readonly repeatedCancel: ErrorName;
  /** What it can do with a cancel, and what the user then reads. */
  readonly outcomes: readonly OutcomeCase<ErrorName>[];
}

/** Bodies in the venue's own shape, to be made odd. */
export interface SampleReplies {
  /** A refusal with this HTTP status. */
  readonly refused: (status: number) => unknown;
  /** Too many requests, in these words. */
  readonly banned: (words: string) => unknown;
  readonly order: SampleOrder;
}

interface SampleOrder {
  /** The element of a list, as documented. */
  readonly good: Readonly<Record<string, unknown>>;
  /** The names of its fields. */
  readonly id: string;
  /** Of two others, where ids have a form. */
  readonly otherIds?: readonly [string, string];
  readonly amounts: readonly string[];
  readonly status: string;
  readonly list: (elements: readonly unknown[]) => unknown;
  readonly single: (element: unknown) => unknown;
  /** In place of the list: none of these is an empty one. */
  readonly noLists: readonly unknown[];
}
