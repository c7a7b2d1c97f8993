import type { Environment } from '#lib/domain/account.ts';
import type { IdKind } from '#lib/domain/order.ts';
import type { IdKey, PlainKey } from '#lib/words/text.ts';

/**
 * What pages and worker know of a venue besides how it is spoken to: `lib/venues/NAME/about.ts`. Nothing in it asks for the
 * adapter, so that pages may import it. Name and traits are needed before the rest, and stand in `venue-id.ts`.
 */
export interface About {
  /**
   * Where its REST API stands, by environment: `https://`, without a path. Manifest and content security policy are made
   * from these, so nothing else can be reached.
   */
  readonly hosts: Readonly<Partial<Record<Environment, string>>>;
  /** Cancels go over its WebSocket, which stands on the same hosts. */
  readonly hasSocket?: true;
  /** Where its stream of orders stands, by environment: `wss://`, without a path. Nothing where it has none there. */
  readonly streams?: Readonly<Partial<Record<Environment, string>>>;
  /** Headers of the stream's handshake prove the key. For a rule that sets them, the browser wants a permission for the stream too. */
  readonly provesByHandshake?: true;
  readonly fields: KeyFields;
  readonly guide: AccountGuide;
  /**
   * What its ids look like, the likeliest kind first, so that an id from a text is asked about only where it can be one.
   * Lengths are wider than any sample, since ids grow. A client order id is left out where a venue finds it among the open
   * orders alone: these have been read when the question comes up.
   */
  readonly idForms: readonly (readonly [kind: IdKind, form: RegExp])[];
  /** What names no single order there and is never sent as if it did; `why` tells the user so, with the text as `{id}`. */
  readonly refusedIds?: { readonly form: RegExp; readonly why: IdKey };
  /** How it writes its own ids, where those it is asked by must be in capitals or the like; what is no id of its own stays. */
  readonly orderIdForm?: (text: string) => string;
  /** How it writes a symbol, made from upper-case text: where orders are found by symbol. */
  readonly symbolForm?: (text: string) => string;
  /** The sites on which its users trade, as match patterns; none where none is documented. */
  readonly tradingSites: readonly string[];
}

/** What a key there consists of beside key and secret, and what its parts look like, so that a wrong paste is noticed: names of messages. */
export interface KeyFields {
  readonly secretForm: PlainKey;
  /** The secret may be a private key in PEM, which has lines. */
  readonly takesPem?: true;
  /** A third part, such as a passphrase. */
  readonly extra?: { readonly label: PlainKey; readonly form: PlainKey };
}

/** How a user gets a key, with no more power than Pullcord needs: names of messages. Sources: the venue's own documents. */
export interface AccountGuide {
  readonly keyPage: { readonly url: string; readonly label: PlainKey };
  readonly steps: readonly PlainKey[];
  readonly rightsToTick: readonly PlainKey[];
  readonly rightsNotToTick: readonly PlainKey[];
  readonly warnings: readonly PlainKey[];
}
