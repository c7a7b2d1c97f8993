import './selection-bar.css';
import type { SelectionSummary } from '#lib/page/orders/selection.ts';
import { focusList, type Selecting } from './list-gestures.ts';
import { t, tCount } from '#lib/words/text.ts';

/** What can be done with the selected orders. Lies over the line "Cancel by id", so that no row moves when it comes. */
export function SelectionBar({
  summary,
  problem,
  selecting,
  onCancel,
}: {
  summary: SelectionSummary;
  /** Why the last try did not begin. */
  problem: string | undefined;
  selecting: Selecting;
  onCancel: () => void;
}) {
  const { count, protective, hasMore, leftOut } = summary;
  const left = tCount('selection.left_out', leftOut);
  return (
    <>
      <output class="unseen">{count > 0 && tCount('selection.orders', count)}</output>
      {count > 0 && (
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- Escape on its buttons
        <section
          class="selection-bar"
          aria-label={t('selection.name')}
          onKeyDown={(event) => {
            if (event.key !== 'Escape') return;
            event.preventDefault();
            act(selecting.clear)();
          }}
        >
          {problem !== undefined && (
            <p class="field-error" role="alert">
              {problem}
            </p>
          )}
          <div class="selection-words">
            <strong>{tCount('selection.count', count)}</strong>
            {protective > 0 && (
              <span class="mark">{tCount('selection.protective', protective)}</span>
            )}
          </div>
          <div class="selection-more">
            {hasMore && (
              <button type="button" class="quiet" onClick={act(selecting.selectAll)}>
                {t('selection.select_all')}
              </button>
            )}
            {leftOut > 0 && (
              <span class="muted" title={left}>
                {left}
              </span>
            )}
            <button type="button" class="quiet" onClick={act(selecting.clear)}>
              {t('selection.clear')}
            </button>
          </div>
          <button type="button" class="cancel-selected primary" onClick={act(onCancel)}>
            {tCount('selection.cancel', count)}
          </button>
        </section>
      )}
    </>
  );
}

/** The bar goes with the selection: the focus stays in the list. */
const act = (action: () => unknown) => () => {
  focusList();
  action();
};
