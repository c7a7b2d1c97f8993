import type { NewsSource } from '#lib/page/orders/news.ts';
import type { FoundRow } from './found-rows.ts';

/** What a screen reader is told in the window: of its orders as of those in the popup's list. */
export function foundNews(
  found: readonly FoundRow[],
  { holds, now }: Pick<NewsSource, 'holds' | 'now'>,
): NewsSource {
  const asking = new Set(found.filter(({ isAsking }) => isAsking).map(({ key }) => key));
  const groups = found.flatMap(({ key, account, order, cancellation }) => {
    if (!account) return [];
    const ref = { accountId: account.id, orderId: order.id };
    const row = { key, ref, order, kind: 'open', ...(cancellation && { cancellation }) } as const;
    return [{ account, openOrders: 0, rows: [row], waiting: [] }];
  });
  return { groups, holds, now, isAsked: ({ key }) => asking.has(key), failureOf: () => undefined };
}
