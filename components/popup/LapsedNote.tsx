import { useState } from 'preact/hooks';
import { lapsedSentence, lapsedWishes, type LapsedWish } from '#lib/page/orders/lapsed.ts';
import type { View } from '#lib/protocol/view.ts';
import { tCount } from '#lib/words/text.ts';

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
  const count = wishes.length;
  return (
    <div class="banner asking" role="alert">
      <div>
        <p>{lapsedSentence(wishes, now)}</p>
        <p>{tCount('lapsed.still_open', count)}</p>
        {problem !== undefined && <p class="field-error">{problem}</p>}
      </div>
      <button type="button" onClick={attempt(onLeave)}>
        {tCount('lapsed.leave', count)}
      </button>
      <button type="button" class="acts" onClick={attempt(onCancel)}>
        {tCount('lapsed.cancel', count)}
      </button>
    </div>
  );
}
