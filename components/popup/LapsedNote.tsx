import { useState } from 'preact/hooks';
import { ordersWords } from '#lib/words/counts.ts';
import { lapsedSentence, lapsedWishes, type LapsedWish } from '#lib/page/orders/lapsed.ts';
import type { View } from '#lib/protocol/view.ts';

/** What was asked for too long ago to be sent: the user says whether it is still meant. */
export function LapsedNote({
  view,
  now,
  onCancel,
  onLeave,
}: {
  view: View;
  now: number;
  /** Rejects with the sentence why it could not be begun. */
  onCancel: (wishes: readonly LapsedWish[]) => Promise<unknown>;
  onLeave: (wishes: readonly LapsedWish[]) => Promise<unknown>;
}) {
  const [problem, setProblem] = useState<string>();
  const wishes = lapsedWishes(view);
  if (wishes.length === 0) return null;
  const attempt = (act: typeof onCancel) => async () => {
    try {
      setProblem(undefined);
      await act(wishes);
    } catch (error) {
      setProblem((error as Error).message);
    }
  };
  const isOne = wishes.length === 1;
  return (
    <div class="banner asking" role="alert">
      <div>
        <p>{lapsedSentence(wishes, now)}</p>
        <p>{isOne ? 'The order is still open.' : 'The orders are still open.'}</p>
        {problem !== undefined && <p class="field-error">{problem}</p>}
      </div>
      <button type="button" onClick={attempt(onLeave)}>
        {isOne ? 'Leave it open' : 'Leave them open'}
      </button>
      <button type="button" class="acts" onClick={attempt(onCancel)}>
        Cancel {isOne ? 'it' : `these ${ordersWords(wishes.length)}`}
      </button>
    </div>
  );
}
