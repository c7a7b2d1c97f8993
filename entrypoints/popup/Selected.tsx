import { batch } from '@preact/signals';
import { SelectionBar } from '#components/orders/SelectionBar.tsx';
import { refTo } from '#lib/domain/order.ts';
import type { UserError } from '#lib/domain/user-error.ts';
import type { PopupModel } from '#lib/page/popup/popup-model.ts';
import type { Asked } from '#lib/page/orders/asked-model.ts';

/** What can be done with the selected orders, while there are any. */
export function Selected({ model }: { model: PopupModel }) {
  const { summary, problem, selecting } = model.selection;
  return (
    <SelectionBar
      summary={summary.value}
      problem={problem.value}
      selecting={selecting}
      onCancel={() => cancelSelected(model)}
    />
  );
}

/** Asked for, the rows leave the selection; refused, they come back to it. */
async function cancelSelected({ page, found, selection, asked }: PopupModel): Promise<void> {
  const rows = found
    .peek()
    .flatMap((group) => group.rows)
    .filter((row) => selection.keys.peek().has(row.key));
  const orders = rows.flatMap(({ key, ref, order }) =>
    order ? [{ key, ref: refTo(ref.accountId, order) }] : [],
  );
  // All of them have ended since the button was pressed.
  if (orders.length === 0) return;
  const setAsked = (stateOf: (index: number) => Asked | undefined) =>
    asked.set(orders.map(({ key }, index) => [key, stateOf(index)] as const));
  setAsked(() => ({ kind: 'asked' }));
  try {
    const { cancellationIds } = await page.ask({
      kind: 'cancel-many',
      orders: orders.map(({ ref }) => ref),
    });
    const at = Date.now();
    setAsked((index) => {
      const cancellationId = cancellationIds[index];
      return cancellationId && { kind: 'taken', cancellationId, at };
    });
  } catch (error) {
    batch(() => {
      setAsked(() => undefined);
      selection.restore(
        orders.map(({ key }) => key),
        (error as UserError).message,
      );
    });
  }
}
