import { useState } from 'preact/hooks';
import { SweepPanel } from '#components/cancel-all/SweepPanel.tsx';
import type { SweepId } from '#lib/domain/cancellation.ts';
import type { PopupModel } from '#lib/page/popup/popup-model.ts';

/** Every “Cancel all” under way, and those whose result has not been closed. */
export function Sweeps({
  model,
  onClosed,
}: {
  model: PopupModel;
  /** A panel is going, and the focus may have been in it. */
  onClosed: () => void;
}) {
  const [problem, setProblem] = useState<string>();
  const view = model.page.view.value;
  const ask = (kind: 'stop-cancel-all' | 'close-cancel-all') => async (sweepId: SweepId) => {
    try {
      setProblem(undefined);
      await model.page.ask({ kind, sweepId });
      if (kind === 'close-cancel-all') onClosed();
    } catch (error) {
      setProblem((error as Error).message);
    }
  };
  return (
    <>
      {view?.sweeps.map((sweep) => (
        <SweepPanel
          key={sweep.id}
          sweep={sweep}
          accounts={view.accounts}
          holds={view.holds}
          now={model.moment.value}
          mayGrow={!model.frozen.value}
          problem={problem}
          onStop={ask('stop-cancel-all')}
          onClose={ask('close-cancel-all')}
        />
      ))}
    </>
  );
}
