import type { VaultView } from '#lib/protocol/view.ts';
import { tCount } from '#lib/words/text.ts';

/** What the lock screen says of cancels that have not ended; undefined where there are none. */
export function waitingWords({ waiting }: VaultView): string | undefined {
  if (!waiting) return undefined;
  const { count, isChecking } = waiting;
  return tCount(isChecking ? 'waiting.checking' : 'waiting.until_unlock', count);
}
