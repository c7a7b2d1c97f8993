import { useEffect, useMemo } from 'preact/hooks';
import { CancelAllDialog } from '#components/cancel-all/CancelAllDialog.tsx';
import { createCancelAll } from '#lib/page/cancel-all/cancel-all-model.ts';
import type { PopupModel } from '#lib/page/popup/popup-model.ts';

/** The dialog “Cancel all orders”, while it is open. */
export function CancelAll({ model }: { model: PopupModel }) {
  const dialog = useMemo(() => createCancelAll(model), [model]);
  useEffect(() => dialog.stop, [dialog]);
  return (
    <CancelAllDialog
      summary={dialog.summary.value}
      count={dialog.count.value}
      doubts={dialog.doubts.value}
      filter={dialog.filterWords.value}
      ageless={dialog.ageless.value}
      plan={dialog.planWords.value}
      withProtective={dialog.withProtective.value}
      onProtective={dialog.setProtective}
      busy={dialog.busy.value}
      error={dialog.error.value}
      onStart={dialog.start}
      onKeep={model.closeCancelAll}
    />
  );
}
