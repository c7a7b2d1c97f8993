import { useEffect, useMemo } from 'preact/hooks';
import { HistoryList } from '#components/history/HistoryList.tsx';
import { createHistory } from '#lib/page/history/history-model.ts';
import type { PopupModel } from '#lib/page/popup/popup-model.ts';
import { seekSought } from '#lib/page/history/seek.ts';

/** What the tab “History” shows, for as long as it is chosen. */
export function History({ model }: { model: PopupModel }) {
  const history = useMemo(() => createHistory(model.page), [model]);
  useEffect(() => history.stop, [history]);
  useEffect(() => seekSought(model, history), [model, history]);
  return (
    <HistoryList
      text={history.text.value}
      onText={history.setText}
      rows={history.rows.value}
      found={history.found.value}
      hasMore={history.next.value !== undefined}
      busy={history.busy.value}
      error={history.error.value}
      onMore={history.readMore}
    />
  );
}
