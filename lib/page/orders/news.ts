import type { CancellationId } from '#lib/domain/cancellation.ts';
import type { Order } from '#lib/domain/order.ts';
import { hasEnded, standingOf } from '#lib/domain/standing.ts';
import { secondsToWait, type AllHolds } from '#lib/domain/waiting.ts';
import { venueNames } from '#lib/domain/venue-id.ts';
import type { RowWords } from '#lib/words/cancellation-words.ts';
import { t, tCount } from '#lib/words/text.ts';
import { rowWords } from './row-words.ts';
import type { Group, Row } from './row.ts';

/**
 * What a screen reader is told of the orders without being asked: that a cancel has begun, that its order waits or is in doubt, and its
 * end; each once, with the order's name, in the order in which it happened. What belongs to a “Cancel all” is told as one by its panel.
 */

type Kind = 'begun' | 'waiting' | 'doubt' | 'failed' | 'end';

/** What was told of a row last, and of which cancellation. */
interface Told {
  readonly kind: Kind;
  readonly cancellation: CancellationId | undefined;
  /** Of that cancellation, at any time. */
  readonly kinds: ReadonlySet<Kind>;
}

/** By the keys of rows. */
export type AllTold = ReadonlyMap<string, Told>;

export interface NewsSource {
  readonly groups: readonly Group[];
  readonly holds: AllHolds;
  readonly now: number;
  readonly isAsked: (row: Row) => boolean;
  readonly failureOf: (row: Row) => RowWords | undefined;
}

interface State {
  readonly kind: Kind;
  readonly cancellation: CancellationId | undefined;
  readonly words: RowWords;
}

interface News extends State {
  readonly row: Row;
}

/** `before`: undefined at the first look, which nothing is told of: it stands there to be read. */
export function newsOf(
  source: NewsSource,
  before: AllTold | undefined,
): { readonly told: AllTold; readonly sentences: readonly string[] } {
  const told = new Map<string, Told>();
  const news: News[] = [];
  for (const { account, rows, waiting } of source.groups) {
    for (const row of [...rows, ...waiting]) {
      const state = stateOf(row, source, venueNames[account.venue]);
      if (!state) continue;
      const last = before?.get(row.key);
      const kinds = last && isSameWish(last, state) ? last.kinds : new Set<Kind>();
      const { kind, cancellation } = state;
      told.set(row.key, { kind, cancellation, kinds: new Set([...kinds, kind]) });
      if (before && !kinds.has(state.kind)) news.push({ row, ...state });
    }
  }
  return { told, sentences: sentencesOf(news) };
}

/** A wish is first only asked for; then it is a cancellation. What begins after an end is another one. */
function isSameWish(last: Told, { kind, cancellation }: State): boolean {
  const isAnew = kind === 'begun' && (last.kind === 'failed' || last.kind === 'end');
  const isTaken = last.kind === 'begun' && last.cancellation === undefined;
  return !isAnew && (isTaken || last.cancellation === cancellation);
}

function stateOf(
  row: Row,
  { holds, now, isAsked, failureOf }: NewsSource,
  venue: string,
): State | undefined {
  const { cancellation } = row;
  const id = cancellation?.id;
  if (isAsked(row)) {
    // The view may know of it before the page has shown that it was asked for.
    const known = cancellation && !hasEnded(cancellation) ? id : undefined;
    return { kind: 'begun', cancellation: known, words: rowWords(row, venue, true) };
  }
  const failure = failureOf(row);
  if (failure) return { kind: 'failed', cancellation: id, words: failure };
  if (!cancellation) {
    if (row.kind !== 'left') return undefined;
    return { kind: 'end', cancellation: id, words: rowWords(row, venue, false) };
  }
  if (cancellation.sweep && !cancellation.first) return undefined;
  const wait = secondsToWait(cancellation, holds, now);
  const words = rowWords(row, venue, false, wait);
  if (hasEnded(cancellation)) return { kind: 'end', cancellation: id, words };
  if (standingOf(cancellation) === 'unknown') return { kind: 'doubt', cancellation: id, words };
  return { kind: wait === undefined ? 'begun' : 'waiting', cancellation: id, words };
}

function sentencesOf(news: readonly News[]): string[] {
  const begun = news.filter(({ kind }) => kind === 'begun');
  const others = news.filter(({ kind }) => kind !== 'begun').toSorted(byTime);
  return [
    ...(begun.length > 1 ? [tCount('sweep.cancelling', begun.length)] : begun.map(headline)),
    ...others.map(headline),
    // Of many it would be too much to hear.
    ...(news.length === 1 ? others.flatMap(({ words }) => words.details) : []),
  ];
}

function byTime(a: News, b: News): number {
  return timeOf(a) - timeOf(b);
}

/** What has not ended is told of before what has. */
function timeOf({ row: { cancellation, leftAt = 0 } }: News): number {
  return cancellation ? (cancellation.at.ended ?? 0) : leftAt;
}

function headline({ row: { order, ref }, words: { status } }: News): string {
  const name = order ? orderWords(order) : (ref.orderId ?? ref.clientOrderId ?? '');
  return t('row.news', { order: name, state: status });
}

/** As people tell orders apart; an id is long to listen to. */
function orderWords({ side, symbol, price, stopPrice, id }: Order): string {
  const words = [side && t(`order.side_${side}`), symbol, price ?? stopPrice].filter(Boolean);
  return words.length > 1 ? words.join(' ') : id;
}
