import { useEffect, useMemo, useState } from 'preact/hooks';
import { HistoryList } from '#components/history/HistoryList.tsx';
import { LatencyBar } from '#components/history/LatencyBar.tsx';
import { LatencyPanel } from '#components/history/LatencyPanel.tsx';
import { SearchField } from '#components/shared/SearchField.tsx';
import { createHistory } from '#lib/page/history/history-model.ts';
import { createLatency } from '#lib/page/history/latency-model.ts';
import type { PopupModel } from '#lib/page/popup/popup-model.ts';
import { seekSought } from '#lib/page/history/seek.ts';
import { t } from '#lib/words/text.ts';

/** What the tab “History” shows, for as long as it is chosen: the cancellations, or how long they took. */
export function History({ model }: { model: PopupModel }) {
  const history = useMemo(() => createHistory(model.page), [model]);
  useEffect(() => history.stop, [history]);

  const [isLatency, setLatency] = useState(false);
  useEffect(() => seekSought(model, history, () => setLatency(false)), [model, history]);
  const latency = useMemo(
    () => (isLatency ? createLatency(model.page) : undefined),
    [model, isLatency],
  );
  useEffect(() => latency?.stop, [latency]);

  return (
    <>
      <div class="find-bar">
        {latency ? (
          <LatencyBar days={latency.days.value} onDays={latency.setDays} />
        ) : (
          <SearchField
            label={t('history.find')}
            hint={t('history.find_hint')}
            text={history.text.value}
            onText={history.setText}
          />
        )}
        <button
          type="button"
          class="switch"
          aria-pressed={isLatency}
          onClick={() => setLatency(!isLatency)}
        >
          {t('latency.name')}
        </button>
      </div>
      <section
        class="scroll"
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls, and nothing in it need take the keyboard
        tabIndex={0}
        aria-label={t(latency ? 'latency.name' : 'history.name')}
      >
        {latency ? (
          <LatencyPanel shown={latency.shown.value} error={latency.error.value} />
        ) : (
          <HistoryList
            onText={history.setText}
            rows={history.rows.value}
            found={history.found.value}
            hasMore={history.next.value !== undefined}
            isSearching={history.isSearching.value}
            searchedTo={history.searchedTo.value}
            busy={history.busy.value}
            error={history.error.value}
            onMore={history.readMore}
          />
        )}
      </section>
    </>
  );
}
