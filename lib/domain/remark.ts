/** What is known of an exchange beside its outcome, parted by who says it. */
export interface Remark {
  /**
   * What the venue's reply says, letter for letter: its texts and its code, each by itself. Quoted after the venue's name, and
   * never anything else; absent where the reply says nothing, or there was none.
   */
  readonly said?: readonly string[];
  /** What Pullcord has to add. Worded only where it is shown (`lib/words/note-words.ts`). */
  readonly note?: Note;
}

export type Note =
  /** Over which way the reply came. */
  | { readonly code: 'http'; readonly status: number }
  | { readonly code: 'socket' }
  /** A reply that came and says nothing, or nothing that can be used. */
  | { readonly code: 'no-text'; readonly status: number }
  | { readonly code: 'empty-answer'; readonly status: number }
  | { readonly code: 'not-json'; readonly status: number }
  /** It came from something on the way, or in front of the venue. */
  | { readonly code: 'not-own'; readonly status: number }
  | { readonly code: 'too-large'; readonly status: number }
  | { readonly code: 'without-time'; readonly status: number }
  | { readonly code: 'without-order' }
  | { readonly code: 'without-submitted' }
  | { readonly code: 'left-out' }
  /** Ripio Trade's `success`, which is all that it tells of each of several. */
  | { readonly code: 'success'; readonly is: boolean }
  /** Kraken's: of how many it tells that they are cancelled, or that they will be. */
  | { readonly code: 'count'; readonly count: number }
  | { readonly code: 'count-pending'; readonly count: number }
  /** No reply. */
  | { readonly code: 'no-answer' }
  | { readonly code: 'timed-out' }
  | { readonly code: 'socket-silent' }
  | { readonly code: 'socket-closed' }
  /** The venue was not asked for this. */
  | { readonly code: 'withdrawn' }
  | { readonly code: 'not-read' }
  | { readonly code: 'account-removed' }
  | { readonly code: 'no-such-id' }
  /** Found out from the list of open orders. `unreadable`: how many of it could not be read. */
  | { readonly code: 'endless-list' }
  | { readonly code: 'not-listed' }
  /** No longer listed, and to read what became of it the key lacks the right. */
  | { readonly code: 'end-unread' }
  | { readonly code: 'not-among-readable' }
  | { readonly code: 'symbol-untold' }
  | { readonly code: 'id-not-borne'; readonly unreadable?: number }
  | { readonly code: 'ids-borne'; readonly count: number }
  /** It went with its parent order: with this one, or with one of so many. */
  | { readonly code: 'with-parent'; readonly id: string }
  | { readonly code: 'with-a-parent'; readonly count: number }
  /** Why nothing was sent: the journal could not be written, or something is wrong with Pullcord. */
  | { readonly code: 'not-written' }
  | { readonly code: 'inside' }
  /** Of a record of an earlier version, which did not keep who said it. */
  | { readonly code: 'earlier'; readonly text: string };

/** Those of an answer that came and could not be used: no connection is to blame. */
const ofNoUse: ReadonlySet<Note['code']> = new Set([
  'empty-answer',
  'not-json',
  'not-own',
  'too-large',
  'without-time',
  'endless-list',
  'not-among-readable',
]);

export function isOfNoUse({ note }: Remark): boolean {
  return note !== undefined && ofNoUse.has(note.code);
}

/** Nothing else of what it is taken from. */
export function remarkOf({ said, note }: Remark): Remark {
  return { ...(said && { said }), ...(note && { note }) };
}
