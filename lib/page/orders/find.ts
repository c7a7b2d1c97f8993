import { createMatcher, isEmptyFilter, type OrderFilter } from '#lib/domain/order-filter.ts';
import type { Group, Row } from './row.ts';
import { keepList } from '#lib/domain/same.ts';
import type { AccountView } from '#lib/protocol/view.ts';
import { sideWords } from '#lib/words/order-words.ts';

/**
 * The groups with only the rows that the filter means. Rows keep their order. A group in trouble, or
 * of which not all could be read, stays: the order sought may be one it cannot show.
 */
export function findRows(groups: readonly Group[], filter: OrderFilter): readonly Group[] {
  if (isEmptyFilter(filter)) return groups;
  const matches = createMatcher(filter, sideWords());
  return groups
    .map((group) => ({
      ...group,
      rows: fitting(group.rows, group.account, filter, matches),
      waiting: fitting(group.waiting, group.account, filter, matches),
    }))
    .filter(
      ({ rows, waiting, reading }) =>
        rows.length + waiting.length > 0 || reading?.trouble || reading?.unreadable,
    );
}

/** What was last found among the same rows. */
const found = new WeakMap<
  readonly Row[],
  { readonly filter: OrderFilter; readonly rows: readonly Row[] }
>();

/** The very list that was found before, where it still holds the same rows. */
function fitting(
  all: readonly Row[],
  account: AccountView,
  filter: OrderFilter,
  matches: ReturnType<typeof createMatcher>,
): readonly Row[] {
  const known = found.get(all);
  if (known?.filter === filter) return known.rows;
  const rows = keepList(
    known?.rows,
    all.filter(({ order, ref }) =>
      matches(order ?? { id: ref.orderId, clientOrderId: ref.clientOrderId }, account),
    ),
  );
  found.set(all, { filter, rows });
  return rows;
}
