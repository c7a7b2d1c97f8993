import * as v from 'valibot';
import type { AccountId, KeyTest } from '#lib/domain/account.ts';
import type { Cancellation, CancellationId, SweepId } from '#lib/domain/cancellation.ts';
import type { Latencies } from '#lib/domain/latency.ts';
import type { LookupId, OrderAnswer } from '#lib/domain/lookup.ts';
import type { Decimal } from '#lib/domain/decimal.ts';
import type { ClientOrderId, Order, OrderId } from '#lib/domain/order.ts';
import { once } from '#lib/domain/once.ts';
import { venueIds } from '#lib/domain/venue-id.ts';

/** The one protocol between pages and worker: what a page may ask for, and what it is answered. */

const accountId = v.pipe(
  v.string(),
  v.uuid(),
  v.transform((id) => id as AccountId),
);
const passphrase = v.pipe(v.string(), v.maxLength(1024));
const text = v.pipe(v.string(), v.maxLength(4096));
const lookupId = v.pipe(
  v.string(),
  v.uuid(),
  v.transform((id) => id as LookupId),
);
const cancellationId = v.pipe(
  v.string(),
  v.uuid(),
  v.transform((id) => id as CancellationId),
);
const sweepId = v.pipe(
  v.string(),
  v.uuid(),
  v.transform((id) => id as SweepId),
);
const filter = v.object({
  text: v.exactOptional(text),
  accountId: v.exactOptional(accountId),
  symbol: v.exactOptional(text),
  side: v.exactOptional(v.picklist(['buy', 'sell'])),
  placedBefore: v.exactOptional(v.number()),
});

const decimal = v.pipe(
  text,
  v.transform((each) => each as Decimal),
);
/** One that does not fit is as if it had not been named: the worker's own list has it. */
const order = v.object({
  id: v.pipe(
    text,
    v.transform((id) => id as OrderId),
  ),
  clientOrderId: v.exactOptional(
    v.pipe(
      text,
      v.transform((id) => id as ClientOrderId),
    ),
  ),
  symbol: text,
  side: v.exactOptional(v.picklist(['buy', 'sell'])),
  type: text,
  price: v.exactOptional(decimal),
  stopPrice: v.exactOptional(decimal),
  quantity: v.exactOptional(decimal),
  remaining: v.exactOptional(decimal),
  createdAt: v.exactOptional(v.number()),
  unknownStatus: v.exactOptional(text),
  list: v.exactOptional(text),
  protective: v.boolean(),
}) satisfies v.GenericSchema<unknown, Order>;

/** Each made when the first of its kind comes: a click may be waiting for the first of all. */
export const requestSchemas = {
  /** Publish the view; wakes the worker. */
  hello: once(() => v.object({ kind: v.literal('hello') })),
  'create-vault': once(() => v.object({ kind: v.literal('create-vault'), passphrase })),
  unlock: once(() => v.object({ kind: v.literal('unlock'), passphrase })),
  lock: once(() => v.object({ kind: v.literal('lock') })),
  'change-settings': once(() =>
    v.object({
      kind: v.literal('change-settings'),
      autoLock: v.exactOptional(v.picklist([1, 5, 15, 60, 'browser-close'])),
      notifications: v.exactOptional(v.picklist(['off', 'trouble', 'all'])),
      readEvery: v.exactOptional(v.picklist(['off', 1, 5, 15])),
      keepLive: v.exactOptional(v.boolean()),
      compactRows: v.exactOptional(v.boolean()),
    }),
  ),
  'save-account': once(() =>
    v.object({
      kind: v.literal('save-account'),
      venue: v.picklist(venueIds),
      label: text,
      environment: v.picklist(['live', 'test', 'demo', 'sandbox']),
      sandboxUrl: v.optional(text),
      apiKey: text,
      apiSecret: text,
      extra: v.exactOptional(text),
    }),
  ),
  /** A key and secret in the place of those that do not open any more. */
  'set-key': once(() =>
    v.object({
      kind: v.literal('set-key'),
      accountId,
      apiKey: text,
      apiSecret: text,
      extra: v.exactOptional(text),
    }),
  ),
  /** What does not open has been told: settings are the defaults, and what cannot go on is let go. */
  'accept-damage': once(() => v.object({ kind: v.literal('accept-damage') })),
  'test-account': once(() => v.object({ kind: v.literal('test-account'), accountId })),
  'remove-account': once(() => v.object({ kind: v.literal('remove-account'), accountId })),
  /** Read the open orders of one account, or of all. `byUser`: an act of the user, which puts the auto-lock off. */
  refresh: once(() =>
    v.object({
      kind: v.literal('refresh'),
      byUser: v.boolean(),
      accountId: v.exactOptional(accountId),
    }),
  ),
  /** Somebody looks on: reads the accounts whose turn it is. Answered at once. */
  'read-due': once(() => v.object({ kind: v.literal('read-due') })),
  /** Cancel one order, named by the venue's id or by the client's. */
  cancel: once(() =>
    v.object({
      kind: v.literal('cancel'),
      accountId,
      idKind: v.picklist(['order-id', 'client-order-id']),
      id: text,
      /** For a venue that finds an order only by id and symbol together. */
      symbol: v.optional(text),
      /** As it is listed, where it is: a worker that is only starting needs no list then. */
      order: v.optional(v.fallback(v.optional(order), undefined)),
      /** It was chosen in the window of this lookup. */
      lookupId: v.exactOptional(lookupId),
    }),
  ),
  /** Cancel several listed orders, with as few requests as the venues allow. */
  'cancel-many': once(() =>
    v.object({
      kind: v.literal('cancel-many'),
      orders: v.pipe(
        v.array(v.object({ accountId, orderId: text, symbol: v.exactOptional(text) })),
        v.maxLength(10_000),
      ),
      lookupId: v.exactOptional(lookupId),
    }),
  ),
  /** Ask a venue for one order, named by an id of either kind. */
  'ask-order': once(() =>
    v.object({
      kind: v.literal('ask-order'),
      accountId,
      id: text,
      symbol: v.exactOptional(text),
    }),
  ),
  /** What “Cancel all” would do. */
  'plan-cancel-all': once(() =>
    v.object({ kind: v.literal('plan-cancel-all'), filter, withProtective: v.boolean() }),
  ),
  /** Cancel every open order that the filter means, until the venues' lists show none. */
  'cancel-all': once(() =>
    v.object({ kind: v.literal('cancel-all'), filter, withProtective: v.boolean() }),
  ),
  /** Ask no more whether these, which lapsed, are still meant. */
  'leave-lapsed': once(() =>
    v.object({
      kind: v.literal('leave-lapsed'),
      cancellationIds: v.pipe(v.array(cancellationId), v.maxLength(10_000)),
    }),
  ),
  /** Send a cancel that waits at its venue's word. */
  'send-now': once(() => v.object({ kind: v.literal('send-now'), cancellationId })),
  /** Do not send what has not been sent. */
  'stop-cancel-all': once(() => v.object({ kind: v.literal('stop-cancel-all'), sweepId })),
  /** The result of one that has ended has been seen. */
  'close-cancel-all': once(() => v.object({ kind: v.literal('close-cancel-all'), sweepId })),
  /** Find the order id under a right-click on these pages from now on, or no longer; the browser's permission is there. */
  'switch-site': once(() =>
    v.object({ kind: v.literal('switch-site'), site: text, on: v.boolean() }),
  ),
  /** The popup's page in a window of its own; where one is open it comes to the front. */
  'open-window': once(() => v.object({ kind: v.literal('open-window') })),
  /** The popup is where it was to go; `at`: that of the destination. */
  arrived: once(() => v.object({ kind: v.literal('arrived'), at: v.number() })),
  /**
   * 50 cancellations, newest first, older than row `before`; with `text` only those of which each word is found in the
   * ids, the symbol, the side, the account's label or the words of the state, and of so many rows as are soon looked through.
   */
  history: once(() =>
    v.object({
      kind: v.literal('history'),
      before: v.optional(v.number()),
      text: v.optional(text),
    }),
  ),
  /** How long the cancels took that were clicked from then on. */
  latencies: once(() => v.object({ kind: v.literal('latencies'), from: v.number() })),
};

type Kind = keyof typeof requestSchemas;

/** How a request of its kind is parsed; undefined where it is none. */
export function schemaFor(message: unknown) {
  const kind = typeof message === 'object' && message !== null && 'kind' in message && message.kind;
  return isKind(kind) ? requestSchemas[kind]() : undefined;
}

function isKind(kind: unknown): kind is Kind {
  return typeof kind === 'string' && Object.hasOwn(requestSchemas, kind);
}

/** The one thing that a script in a page can tell: these ids stood under a right-click. Nobody answers it. */
export const rightClickSchema = v.object({
  kind: v.literal('right-clicked'),
  ids: v.pipe(v.array(v.pipe(v.string(), v.maxLength(100))), v.maxLength(50)),
  /** Whether they could be read there, or only a link's address holds them. */
  place: v.picklist(['text', 'link']),
});
export type RightClick = v.InferOutput<typeof rightClickSchema>;

type RequestSchema = ReturnType<(typeof requestSchemas)[Kind]>;
export type Request = v.InferOutput<RequestSchema>;
/** A request as a page writes it, before the worker parses it. */
export type RequestInput = v.InferInput<RequestSchema>;
export type RequestOf<Kind extends Request['kind']> = Extract<Request, { kind: Kind }>;

/** By which a page's line to the worker is known; on it a page may ask what it may ask by a message. */
export const lineName = 'page';
export const lineRequestSchema = v.object({ tag: v.number(), request: v.unknown() });
export type LineRequest = v.InferOutput<typeof lineRequestSchema>;
export interface LineAnswer {
  readonly tag: number;
  readonly reply: Reply<Request['kind']>;
}

/** What each request is answered when all goes well. */
export interface Answers {
  hello: void;
  'create-vault': void;
  unlock: void;
  lock: void;
  'change-settings': void;
  'save-account': { readonly accountId: AccountId };
  'set-key': void;
  'accept-damage': void;
  'test-account': KeyTest;
  'remove-account': void;
  /** Answered when every account has been read or has failed; the orders come by the view. */
  refresh: void;
  'read-due': void;
  /** Answered once the wish stands in the journal; what becomes of it comes by the view. */
  cancel: { readonly cancellationId: CancellationId };
  /** As `cancel`, in the order in which they were named. */
  'cancel-many': { readonly cancellationIds: readonly CancellationId[] };
  'ask-order': OrderAnswer;
  'plan-cancel-all': CancelAllPlan;
  /** Answered once it is written down; how it gets on comes by the view. */
  'cancel-all': { readonly sweepId: SweepId };
  'leave-lapsed': void;
  'send-now': void;
  'stop-cancel-all': void;
  'close-cancel-all': void;
  'switch-site': void;
  'open-window': void;
  arrived: void;
  history: HistoryPage;
  latencies: Latencies;
}

/** What “Cancel all” would do now. */
export interface CancelAllPlan {
  readonly orders: number;
  /** How long the sending will take at the venues' limits, and with what they have asked to wait; 0: at once. */
  readonly milliseconds: number;
  /** The account that takes longest, and the limit that it waits for: so many requests in so many milliseconds. */
  readonly slowest?: {
    readonly accountId: AccountId;
    readonly limit?: { readonly most: number; readonly per: number };
  };
}

interface HistoryPage {
  readonly rows: readonly HistoryRow[];
  /** The first row that was looked at. */
  readonly newest: number;
  /** Ask with this `before` for the next page; absent where nothing is left to look at. */
  readonly next?: number;
  /** When the last that was looked through in a search was asked for, Unix milliseconds. */
  readonly searchedTo?: number;
}

export interface HistoryRow {
  readonly row: number;
  readonly accountLabel: string;
  readonly venueName: string;
  /** Absent where the row does not open. */
  readonly cancellation?: Cancellation;
}

export type Reply<Kind extends Request['kind']> =
  | { readonly ok: true; readonly value: Answers[Kind] }
  | { readonly ok: false; readonly error: ReplyError };

/** A sentence for the user, saying what to do. `field` names the input it is about. */
export interface ReplyError {
  readonly code: string;
  readonly message: string;
  readonly field?: string;
}
