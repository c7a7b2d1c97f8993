import type { EndedOrder } from '#lib/protocol/view.ts';
import { filledWords, stateWords } from '#lib/words/state-words.ts';
import { withCommas } from '#lib/words/list-words.ts';
import { standingOf } from '#lib/domain/standing.ts';
import { venueNames } from '#lib/domain/venue-id.ts';
import type { Group, Row } from './row.ts';
import { cancellationWords, type RowWords } from '#lib/words/cancellation-words.ts';
import { t, tCount } from '#lib/words/text.ts';

/**
 * `asked`: the user has just asked for it and the worker has not yet answered. `wait`: for how many seconds more the venue
 * asks to wait with the next step.
 */
export function rowWords(row: Row, venueName: string, asked: boolean, wait?: number): RowWords {
  if (asked) return { status: stateWords({ state: 'requested' }), details: [] };
  if (row.cancellation) return cancellationWords(row.cancellation, venueName, wait);
  if (row.ended) return { status: endedWords(row.ended), details: [] };
  if (row.kind !== 'left') return { status: '', details: [] };
  return { status: t(row.mayBeOpen ? 'row.no_longer_listed' : 'row.no_longer_open'), details: [] };
}

/** What became of it elsewhere. */
function endedWords({ status, ...amounts }: EndedOrder): string {
  if (status === 'filled') return t('row.filled');
  const filled = filledWords(amounts);
  return withCommas([t('row.cancelled_elsewhere'), ...(filled === undefined ? [] : [filled])]);
}

/** What a frozen list has no room to say: rows that wait, and why the latest refusal was. */
export function frozenNotes(groups: readonly Group[], now: number): string[] {
  const waiting = groups.reduce((sum, group) => sum + group.waiting.length, 0);
  const refused = groups
    .flatMap(({ account, rows }) =>
      rows.map(({ cancellation }) => ({ cancellation, venueName: venueNames[account.venue] })),
    )
    .filter(({ cancellation }) => cancellation && standingOf(cancellation) === 'refused')
    .toSorted((a, b) => (b.cancellation?.at.ended ?? 0) - (a.cancellation?.at.ended ?? 0))[0];
  const isRecent = now - (refused?.cancellation?.at.ended ?? 0) < 60_000;
  return [
    ...(refused?.cancellation && isRecent
      ? [cancellationWords(refused.cancellation, refused.venueName).details.join(' ')]
      : []),
    ...(waiting > 0 ? [tCount('row.new_orders', waiting)] : []),
  ];
}
