import type { Cancellation, CancellationId } from '#lib/domain/cancellation.ts';
import type { OrderAnswer } from '#lib/domain/lookup.ts';
import type { IdKind, Order } from '#lib/domain/order.ts';
import type { Trouble } from '#lib/domain/refusal.ts';
import type { UserError } from '#lib/domain/user-error.ts';
import { venueNames, venueTraits, type VenueId } from '#lib/domain/venue-id.ts';
import { withCommas } from '#lib/words/list-words.ts';
import { remarkWords } from '#lib/words/note-words.ts';
import { filledWords, stateWords } from '#lib/words/state-words.ts';
import { advice } from '#lib/words/advice.ts';
import { idKindsOf } from '#lib/venues/id-kinds.ts';
import { toneOf, type Tone } from '#lib/page/tone.ts';
import { canAsk } from './cancellation-of.ts';
import { failureWords, cancellationWords, type RowWords } from '#lib/words/cancellation-words.ts';
import type { AccountView } from '#lib/protocol/view.ts';
import { keyPart, t } from '#lib/words/text.ts';

/** An id that no open order bears, put to one account: what the venue said, and what the user asked. */
export interface Question {
  /** It is under way. */
  readonly asking: boolean;
  readonly answer?: OrderAnswer;
  /** Why asking failed on this side. */
  readonly failure?: UserError;
  /** As the user typed it. */
  readonly symbol: string;
  readonly asked?:
    | { readonly kind: 'asking' }
    | { readonly kind: 'answered'; readonly cancellationId: CancellationId }
    /** It did not reach the journal: the sentence for the user. */
    | { readonly kind: 'failed'; readonly message: string };
}

export const unasked: Question = { asking: false, symbol: '' };

/** What the window shows of a question. */
export interface VenueRow {
  readonly tone: Tone;
  readonly words: RowWords;
  /** What the venue found open. */
  readonly order?: Order;
  readonly canCancel: boolean;
  /** Ask once more: with the symbol, or after a failure. */
  readonly canAskAgain: boolean;
  readonly hasSymbolField: boolean;
}

/** A question to one account, with what the user typed and what is shown of it. */
export interface AskedVenue {
  readonly account: AccountView;
  readonly row: VenueRow;
  readonly symbol: string;
  /** Why the cancel did not begin. */
  readonly problem: string | undefined;
}

export function venueRow(
  question: Question,
  venue: VenueId,
  cancellation: Cancellation | undefined,
  wait?: number,
): VenueRow {
  const isAsked = question.asked?.kind === 'asking' || question.asked?.kind === 'answered';
  // Refused, it can be asked for again.
  const canWish = cancellation ? canAsk(cancellation) : !isAsked;
  const said = saidOf(question, venueNames[venue]);
  const order = said.order && { order: said.order };
  const { needsSymbol } = venueTraits[venue];
  if (cancellation || isAsked) {
    return {
      tone: toneOf(cancellation ?? { state: 'requested' }),
      words: cancellation
        ? cancellationWords(cancellation, venueNames[venue], wait)
        : { status: stateWords({ state: 'requested' }), details: [] },
      ...order,
      canCancel: canWish,
      canAskAgain: false,
      hasSymbolField: needsSymbol && canWish,
    };
  }
  return {
    tone: said.tone,
    words: said.words,
    ...order,
    canCancel: said.canCancel,
    canAskAgain: said.canAskAgain,
    hasSymbolField: needsSymbol,
  };
}

type Said = Pick<VenueRow, 'tone' | 'words' | 'order' | 'canCancel' | 'canAskAgain'>;

function saidOf({ asking, answer, failure }: Question, venueName: string): Said {
  if (failure && !asking) {
    const words = failureWords(failure, t('lookup.not_asked'));
    return { tone: 'bad', words, canCancel: true, canAskAgain: true };
  }
  if (asking || !answer) {
    const words = { status: t('lookup.asking', { venue: venueName }), details: [] };
    // While it is asked again nothing goes away.
    const wasAnswered = answer !== undefined;
    return { tone: 'plain', words, canCancel: wasAnswered, canAskAgain: wasAnswered };
  }
  switch (answer.kind) {
    case 'read':
      return readSaid(answer, venueName);
    case 'symbol-needed':
      return {
        tone: 'plain',
        words: { status: t('lookup.symbol_needed'), details: [symbolWords(venueName)] },
        canCancel: true,
        canAskAgain: true,
      };
    case 'failed':
      return {
        tone: 'bad',
        words: {
          status: t('lookup.no_answer'),
          details: failedWords(answer, venueName),
        },
        canCancel: true,
        canAskAgain: true,
      };
  }
}

function readSaid({ reading }: Extract<OrderAnswer, { kind: 'read' }>, venueName: string): Said {
  switch (reading.status) {
    case 'open':
      return {
        tone: 'busy',
        words: { status: t('lookup.open'), details: [] },
        order: reading.order,
        canCancel: true,
        canAskAgain: false,
      };
    case 'filled':
    case 'cancelled': {
      const state = reading.status === 'filled' ? 'filled' : 'was-cancelled';
      const filled = filledWords(reading.order);
      const status = withCommas([stateWords({ state }), ...(filled === undefined ? [] : [filled])]);
      return {
        tone: toneOf({ state }),
        words: { status, details: [] },
        canCancel: false,
        canAskAgain: false,
      };
    }
    case 'not-found':
      return {
        tone: toneOf({ state: 'not-found' }),
        words: {
          status: stateWords({ state: 'not-found' }),
          details: remarkWords(venueName, reading),
        },
        canCancel: true,
        canAskAgain: false,
      };
  }
}

function symbolWords(venueName: string): string {
  return t('lookup.by_id_and_symbol', { venue: venueName });
}

/** Of a venue that was not asked nothing is said. */
function failedWords(
  answer: Extract<OrderAnswer, { kind: 'failed' }>,
  venueName: string,
): string[] {
  const heard = remarkWords(venueName, answer);
  return answer.note?.code === 'no-such-id'
    ? heard
    : [askAdvice(answer.reason, venueName), ...heard];
}

/** As `advice`, where nothing goes on by itself. */
function askAdvice(reason: Trouble, venueName: string): string {
  switch (reason) {
    case 'unreachable':
    case 'unusable':
    case 'rate-limited':
    case 'invalid-request':
      return t(`lookup.advice.${keyPart(reason)}`, { venue: venueName });
    case 'symbol-needed':
      return symbolWords(venueName);
    default:
      return advice(reason, venueName);
  }
}

/** As which kind of id it is to be cancelled: as the venue took it, else the likeliest by its form. */
export function idKindOf(venue: VenueId, id: string, answer: OrderAnswer | undefined): IdKind {
  if (answer && answer.kind !== 'failed') return answer.idKind;
  return idKindsOf(venue, id)[0] ?? 'order-id';
}
