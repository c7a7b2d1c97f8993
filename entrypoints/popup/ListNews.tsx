import { useMemo } from 'preact/hooks';
import { News } from '#components/shared/News.tsx';
import type { NewsSource } from '#lib/page/orders/news.ts';
import type { PopupModel } from '#lib/page/popup/popup-model.ts';

/** What becomes of the orders in the list. */
export function ListNews({ model }: { model: PopupModel }) {
  const source = useMemo(
    () => (): NewsSource | undefined => {
      const { page, groups, now, isAsked, failureOf } = model;
      const holds = page.view.value?.holds ?? {};
      const source = { groups: groups.value, holds, now: now.value, isAsked, failureOf };
      return groups.value.length === 0 ? undefined : source;
    },
    [model],
  );
  return <News source={source} />;
}
