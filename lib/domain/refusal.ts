/** Why a venue said no, told apart as far as its answer allows. */
export type RefusalReason =
  | 'bad-key'
  | 'bad-signature'
  /** The third part of the key is not the one that it was made with. */
  | 'bad-passphrase'
  /** The key is good at another site or environment of the venue. */
  | 'wrong-site'
  | 'clock'
  /** Another program has used the key with higher numbers. */
  | 'nonce'
  | 'address'
  | 'no-right'
  /** The key is known, but a right or the address is missing: the venue does not say which. */
  | 'right-or-address'
  /** Key, rights or address: the venue does not say which. */
  | 'unauthorized'
  /** Key or account are blocked or suspended there. */
  | 'suspended'
  /** Not the venue's own answer: something on the way, or in front of it, refused the request. */
  | 'blocked'
  /** HTTP 451. */
  | 'legal'
  | 'maintenance'
  | 'not-cancellable'
  /** Not cancelled, and the order could not be read to see why. Only in records of earlier versions: it is read until it can be. */
  | 'unread'
  | 'invalid-request'
  /** The venue does not know the symbol. */
  | 'unknown-symbol'
  /** Several open orders bear the client order id: nothing was sent. */
  | 'ambiguous'
  /** The venue finds an order by id and symbol together, and the symbol is not known: nothing was sent. */
  | 'symbol-needed'
  /** The order may be one that the list has in a form that cannot be read: nothing was sent. */
  | 'not-readable'
  | 'unexpected';

/** Why a venue could not be read. */
export type Trouble =
  | RefusalReason
  | 'unreachable'
  /** It answers, but in a form that cannot be used: no connection is to blame. */
  | 'unusable'
  | 'rate-limited'
  | KeyTrouble;

/** Why an account's key cannot be used: its entry does not open any more, or this browser can make nothing of what it holds. */
export type KeyTrouble = 'key-lost' | 'key-unusable';
