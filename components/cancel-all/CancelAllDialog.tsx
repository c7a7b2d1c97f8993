import './cancel-all-dialog.css';
import { useId, useRef } from 'preact/hooks';
import {
  ordersOnWords,
  symbolsWords,
  type CancelAllSummary,
} from '#lib/page/cancel-all/summary.ts';
import { ShieldIcon } from '#components/shared/Icons.tsx';
import { useModal } from '#components/shared/modal.ts';
import { numberText, t, tCount } from '#lib/words/text.ts';

export interface CancelAllDialogProps {
  summary: CancelAllSummary;
  /** How many orders the main button cancels. */
  count: number;
  /** Sentences about accounts whose list may not be what is open now. */
  doubts: readonly string[];
  /** The filter in words; undefined where there is none. */
  filter: string | undefined;
  /** What “older than” leaves out for want of an age. */
  ageless: string | undefined;
  /** How long it takes; undefined until that is known. */
  plan: string | undefined;
  withProtective: boolean;
  onProtective: (isMeant: boolean) => void;
  busy: boolean;
  error: string | undefined;
  onStart: () => void;
  onKeep: () => void;
}

/** Says what will go and what stays, before anything is cancelled. */
export function CancelAllDialog(props: CancelAllDialogProps) {
  const { summary, count, doubts, withProtective, busy } = props;
  const id = useId();
  const main = useRef<HTMLButtonElement>(null);
  const dialog = useModal(main);

  // What could not be read may have orders: it is read again, and they are cancelled too.
  const canStart = count > 0 || doubts.length > 0;
  const { protective } = summary;
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- Escape, wherever the focus is
    <dialog
      ref={dialog}
      role="alertdialog"
      class="modal cancel-all-dialog"
      aria-labelledby={`${id}-title`}
      aria-describedby={`${id}-what`}
      onCancel={(event) => event.preventDefault()}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        // Left to the browser it would close the popup as well.
        event.preventDefault();
        props.onKeep();
      }}
    >
      <h2 id={`${id}-title`}>{t('cancel_all.title')}</h2>
      <div class="dialog-body" id={`${id}-what`}>
        <What {...props} />
      </div>
      <div class="dialog-foot">
        {protective > 0 && (
          <label class="also">
            <input
              type="checkbox"
              checked={withProtective}
              onChange={({ currentTarget }) => props.onProtective(currentTarget.checked)}
            />
            {tCount('cancel_all.also_protective', protective)}
          </label>
        )}
        <p class="plan" aria-live="polite">
          {props.plan ?? <span class="plan-waits" aria-hidden="true" />}
        </p>
        {props.error !== undefined && (
          <p class="field-error" role="alert">
            {props.error}
          </p>
        )}
        <div class="dialog-buttons">
          <button type="button" onClick={props.onKeep}>
            {t('cancel_all.keep')}
          </button>
          <button
            ref={main}
            type="button"
            class="primary"
            aria-disabled={!canStart || busy}
            // The key that opened the dialog may still be held down.
            onKeyDown={(event) => event.repeat && event.preventDefault()}
            onClick={canStart && !busy ? props.onStart : undefined}
          >
            {busy && <span class="spinner" aria-hidden="true" />}
            {count === 0 && canStart
              ? t('cancel_all.what_is_found')
              : tCount('cancel.orders', count)}
          </button>
        </div>
      </div>
    </dialog>
  );
}

function What({ summary, count, doubts, filter, ageless, withProtective }: CancelAllDialogProps) {
  const { accounts, protective, symbols, cascading } = summary;
  const countOf = (account: (typeof accounts)[number]) =>
    account.orders + (withProtective ? account.protective : 0);
  const meant = accounts.filter((account) => countOf(account) > 0);
  return (
    <>
      <p class="dialog-lead">{ordersOnWords(count, meant.length)}</p>
      {filter !== undefined && <p class="dialog-filter">{filter}</p>}
      {ageless !== undefined && <p class="muted">{ageless}</p>}
      {meant.length > 0 && (
        <ul class="dialog-accounts">
          {meant.map((each) => (
            <li key={each.account.id}>
              <span class="dialog-label">{each.account.label}</span>
              <span>{numberText(countOf(each))}</span>
            </li>
          ))}
        </ul>
      )}
      {symbols.length > 0 && <p class="muted">{symbolsWords(symbols)}</p>}
      {protective > 0 && !withProtective && (
        <p class="dialog-kept">
          <ShieldIcon /> {tCount('cancel_all.protective_kept', protective)}
        </p>
      )}
      {cascading.map(([venue, what]) => (
        <p key={venue} class="dialog-note">
          {t(what === 'lists' ? 'cancel_all.cascades_lists' : 'cancel_all.cascades', { venue })}
        </p>
      ))}
      {doubts.map((sentence) => (
        <p key={sentence} class="dialog-note">
          {sentence}
        </p>
      ))}
    </>
  );
}
