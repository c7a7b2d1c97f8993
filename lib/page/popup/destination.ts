import type { CancellationId } from '#lib/domain/cancellation.ts';
import type { Group } from '#lib/page/orders/row.ts';
import type { Destination } from '#lib/protocol/view.ts';

/** An older wish to go somewhere is no longer what the user has in mind. In milliseconds. */
const patience = 60_000;

export function isFreshDestination({ at }: Destination, now: number): boolean {
  return now - at < patience;
}

/** Where a cancellation stands in the list of orders. */
export interface RowPlace {
  readonly key: string;
  /** It is kept back while the pointer is in the list. */
  readonly isWaiting: boolean;
}

/** The row that tells of a cancellation; undefined where none does, or one tells of a later cancellation. */
export function findRow(groups: readonly Group[], id: CancellationId): RowPlace | undefined {
  for (const { rows, waiting } of groups) {
    const shown = rows.find(({ cancellation }) => cancellation?.id === id);
    if (shown) return { key: shown.key, isWaiting: false };
    const kept = waiting.find(({ cancellation }) => cancellation?.id === id);
    if (kept) return { key: kept.key, isWaiting: true };
  }
  return undefined;
}
