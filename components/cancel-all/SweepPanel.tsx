import './sweep-panel.css';
import { useEffect, useRef, useState } from 'preact/hooks';
import { hasSweepEnded, type Sweep } from '#lib/domain/sweep.ts';
import type { SweepId } from '#lib/domain/cancellation.ts';
import type { AllHolds } from '#lib/domain/waiting.ts';
import { accountName } from '#lib/words/account-name.ts';
import {
  accountSweepWords,
  canStop,
  countSweep,
  sweepAnnouncement,
  sweepHeadline,
} from '#lib/words/sweep-words.ts';
import type { AccountView } from '#lib/protocol/view.ts';
import { t } from '#lib/words/text.ts';

/** How far a “Cancel all” has got, account by account, and at the end what is true of each. */
export function SweepPanel({
  sweep,
  accounts,
  holds,
  now,
  mayGrow,
  problem,
  onStop,
  onClose,
}: {
  sweep: Sweep;
  accounts: readonly AccountView[];
  holds: AllHolds;
  now: number;
  /** The pointer is not in the list: it may move. */
  mayGrow: boolean;
  /** Why it could not be stopped or closed. */
  problem: string | undefined;
  onStop: (id: SweepId) => void;
  onClose: (id: SweepId) => void;
}) {
  const { total, done } = countSweep(sweep.accounts);
  const hasEnded = hasSweepEnded(sweep);
  const headline = sweepHeadline(sweep);
  const panel = useRef<HTMLElement>(null);
  // What is true at the end is shown in full, but not at the price of a row that moves under the pointer.
  const [isFull, setFull] = useState(false);
  useEffect(() => {
    if (hasEnded && mayGrow) setFull(true);
  }, [hasEnded, mayGrow]);
  return (
    <section
      ref={panel}
      class={isFull ? 'sweep full' : 'sweep'}
      aria-label={t('cancel_all.name')}
      tabIndex={-1}
    >
      <output class="unseen">{sweepAnnouncement(sweep)}</output>
      <div class="sweep-head">
        <strong class="sweep-headline" title={headline}>
          {headline}
        </strong>
        {canStop(sweep) && (
          <button
            type="button"
            onClick={() => {
              // The button goes; the keyboard stays here.
              panel.current?.focus();
              onStop(sweep.id);
            }}
          >
            {t('cancel_all.stop')}
          </button>
        )}
        {hasEnded && (
          <button type="button" onClick={() => onClose(sweep.id)}>
            {t('cancel_all.close')}
          </button>
        )}
      </div>
      <progress
        aria-label={t('cancel_all.ended', { done, total })}
        max={Math.max(total, 1)}
        value={hasEnded && total === 0 ? 1 : done}
      />
      {problem !== undefined && (
        <p class="field-error" role="alert">
          {problem}
        </p>
      )}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls where there are many */}
      <ul class="sweep-accounts" tabIndex={sweep.accounts.length > 5 ? 0 : undefined}>
        {sweep.accounts.map((part) => {
          const account = accounts.find(({ id }) => id === part.accountId);
          const name = accountName(part.accountId, accounts);
          const words = accountSweepWords(part, name, now, holds);
          return (
            <li key={part.accountId} data-phase={part.phase}>
              <span class="sweep-label" title={account?.label}>
                {account?.label ?? name}
              </span>
              <span class="sweep-words" title={words}>
                {words}
              </span>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
