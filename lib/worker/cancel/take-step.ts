import type { AccountId } from '#lib/domain/account.ts';
import type { Cancellation, Step } from '#lib/domain/cancellation.ts';
import type { CancellationEvent } from '#lib/domain/cancellation-steps.ts';
import type { OpenAccount } from '#lib/worker/accounts/open-accounts.ts';
import type { CancelAccount } from '#lib/worker/lanes/connected-account.ts';
import { cancelOnce, findOrder, nameOf, readOnce } from './steps.ts';
import { isRepeat, isUrgent, needsFinding, type Underway } from './under-way.ts';

interface StepNeeds {
  readonly expectAccount: (id: AccountId) => CancelAccount | undefined;
  readonly happen: (item: Underway, event: CancellationEvent) => void;
  /** Whether another cancellation of the same order was in flight under its own name; its end is then this one's too. */
  readonly joined: (item: Underway) => Promise<boolean>;
  /** Before anything is done that must not come too late. */
  readonly look: () => void;
  /** Until then no reply is heard. */
  readonly canHear: Promise<unknown> | undefined;
}

/** Signs its cancel while its row is being written. */
export function prepareCancel(account: OpenAccount, cancellation: Cancellation): void {
  const { client } = account;
  if (client.socket || needsFinding(cancellation, account)) return;
  client.prepare(client.venue.cancel, nameOf(cancellation.ref));
}

/** Takes the step that is due: finds the order where that is needed, then reads it or sends its cancel. */
export async function takeStep(
  step: Step['step'],
  item: Underway,
  { expectAccount, happen, joined, look, canHear }: StepNeeds,
): Promise<void> {
  const account = expectAccount(item.cancellation.ref.accountId);
  if (account === undefined) return happen(item, { type: 'abandoned' });
  if (needsFinding(item.cancellation, account)) {
    const found = await findOrder(account, item.cancellation);
    if (found) {
      happen(item, found);
      if (found.type !== 'resolved') return;
      // By its client order id alone the next life could not find it again once it is cancelled.
      await item.written;
    }
  }
  if (step === 'read') return happen(item, await readOnce(account, item.cancellation));
  if (await joined(item)) return;
  // It may have lapsed, or been stopped, while it was looked for.
  if (item.cancellation.next?.step !== 'send') return;
  const attempt = new AbortController();
  item.attempt = attempt;
  const signal = AbortSignal.any([item.stopped.signal, attempt.signal]);
  if (signal.aborted) return;
  const replied = await cancelOnce(account, item.cancellation, {
    isUrgent: () => isUrgent(item.cancellation),
    isRepeat: () => isRepeat(item.cancellation),
    isForced: () => item.isForced,
    gather: item.gather || item.cancellation.sendings > 0,
    rank: item.row,
    signal,
    group: () =>
      item.cancellation.sendings === 0 || !item.cancellation.inDoubt ? item.group : undefined,
    onTurn: look,
    onSend() {
      item.isForced = false;
      happen(item, { type: 'sending' });
    },
  });
  await canHear;
  // Taken back before it was sent: another step has been decided on.
  if (!attempt.signal.aborted || item.cancellation.next === undefined) happen(item, replied);
}
