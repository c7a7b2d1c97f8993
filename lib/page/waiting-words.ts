import type { VaultView } from '#lib/protocol/view.ts';

/** What the lock screen says of cancels that have not ended; undefined where there are none. */
export function waitingWords({ waiting }: VaultView): string | undefined {
  if (!waiting) return undefined;
  const { count, isChecking } = waiting;
  const cancels = count === 1 ? '1 cancel' : `${count} cancels`;
  if (isChecking) return `${cancels} ${count === 1 ? 'is' : 'are'} still being checked.`;
  return `${cancels} ${count === 1 ? 'waits' : 'wait'} until you unlock.`;
}
