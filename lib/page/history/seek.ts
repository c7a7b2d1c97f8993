import { effect } from '@preact/signals';
import { arriveAt } from '#lib/page/arrive.ts';
import type { CancellationId } from '#lib/domain/cancellation.ts';
import { seekInHistory } from './history-seek.ts';
import type { createHistory } from './history-model.ts';
import type { PopupModel } from '#lib/page/popup/popup-model.ts';
import { renderPatience, until } from '#lib/page/until.ts';

/**
 * Brings the cancellation that the history is to show before the user's eyes, as far as it can be found; until the
 * returned function is called. `showList` is to have the list there, whatever is shown in its place.
 */
export function seekSought(
  { page, sought }: Pick<PopupModel, 'page' | 'sought'>,
  history: ReturnType<typeof createHistory>,
  showList: () => void,
): () => void {
  const stop = effect(() => {
    const id = sought.value;
    if (id !== undefined) showList();
    const shown = {
      rows: history.rows.value,
      found: history.found.value,
      text: history.text.value,
      hasMore: history.next.value !== undefined,
      failed: history.error.value !== undefined,
    };
    if (history.busy.value || id === undefined) return;
    const known = page.view.peek()?.cancellations[id];
    const orderId = known && (known.ref.orderId ?? known.order?.id ?? known.ref.clientOrderId);
    const seek = seekInHistory(shown, id, orderId);
    switch (seek.kind) {
      case 'here':
        sought.value = undefined;
        void arriveAtItem(id);
        break;
      case 'search':
        history.setText(seek.text);
        break;
      case 'more':
        history.readMore();
        break;
      case 'nowhere':
        sought.value = undefined;
        break;
      case 'wait':
        break;
    }
  });
  return () => {
    stop();
    sought.value = undefined;
  };
}

async function arriveAtItem(id: CancellationId): Promise<void> {
  const find = () =>
    document.querySelector<HTMLElement>(`.history-item[data-id="${CSS.escape(id)}"]`);
  await until(() => find() !== null && !document.querySelector('dialog[open]'), renderPatience);
  const item = find();
  if (!item) return;
  // From here the keyboard goes on.
  item.tabIndex = -1;
  arriveAt(item);
}
