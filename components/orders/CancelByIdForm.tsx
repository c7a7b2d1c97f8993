import './cancel-by-id.css';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { AccountId } from '#lib/domain/account.ts';
import type { Cancellation, CancellationId } from '#lib/domain/cancellation.ts';
import { isListed, typedId } from '#lib/domain/typed-id.ts';
import { venueNames, venueTraits } from '#lib/domain/venue-id.ts';
import type { IdKind } from '#lib/domain/order.ts';
import { secondsToWait, type AllHolds } from '#lib/domain/waiting.ts';
import { cancellationWords } from '#lib/words/cancellation-words.ts';
import type { AccountView, View } from '#lib/protocol/view.ts';
import { Choice } from '#components/shared/Choice.tsx';
import { Field } from '#components/shared/Field.tsx';
import { t } from '#lib/words/text.ts';

const idKinds = () =>
  [
    ['order-id', t('by_id.order_id')],
    ['client-order-id', t('by_id.client_order_id')],
  ] as const;

export interface CancelByIdFormProps {
  accounts: readonly AccountView[];
  orders: View['orders'];
  cancellations: Readonly<Record<CancellationId, Cancellation>>;
  /** What the venues have asked to wait with. */
  holds: AllHolds;
  now: number;
  /** Rejects with the sentence to say under the field. */
  onCancel: (
    accountId: AccountId,
    idKind: IdKind,
    id: string,
    symbol?: string,
  ) => Promise<CancellationId>;
}

interface Asked {
  readonly id: string;
  readonly cancellationId: CancellationId;
  readonly account: AccountView;
}

/** What the disclosure “Cancel by id” holds. */
export function CancelByIdForm({
  accounts,
  orders,
  cancellations,
  holds,
  now,
  onCancel,
}: CancelByIdFormProps) {
  const [id, setId] = useState('');
  const [symbol, setSymbol] = useState('');
  const [idKind, setIdKind] = useState<IdKind>('order-id');
  const [accountId, setAccountId] = useState<AccountId>();
  const [error, setError] = useState<string>();
  const [asked, setAsked] = useState<Asked>();
  const [busy, setBusy] = useState(false);
  const input = useRef<HTMLInputElement>(null);

  const account = accounts.find((each) => each.id === accountId) ?? accounts[0];
  if (!account) return null;

  const venueName = venueNames[account.venue];
  const { needsSymbol, takesClientOrderId } = venueTraits[account.venue];
  const listed = orders[account.id]?.orders ?? [];
  const meant = typedId(listed, idKind, id);
  // Of an open order the symbol is known.
  const asksSymbol = needsSymbol && (meant === '' || !isListed(listed, idKind, meant));

  const submit = async (event: Event) => {
    event.preventDefault();
    if (busy) return;
    if (meant === '') {
      setError(t('by_id.paste_first'));
      input.current?.focus();
      return;
    }
    setBusy(true);
    setError(undefined);
    try {
      const cancellationId = await onCancel(
        account.id,
        idKind,
        id,
        asksSymbol ? symbol.trim() : undefined,
      );
      setAsked({ id: meant, cancellationId, account });
    } catch (problem) {
      setError(problem instanceof Error ? problem.message : String(problem));
      input.current?.focus();
    } finally {
      setBusy(false);
    }
  };

  return (
    <form onSubmit={submit} noValidate>
      <Field
        label={t('by_id.order_id')}
        value={id}
        onInput={(value) => {
          setId(value);
          setError(undefined);
        }}
        monospace
        error={error}
        inputRef={input}
      />
      <div class="by-id-choices">
        <Choice
          label={t('by_id.id_kind')}
          value={idKind}
          options={idKinds()}
          onChange={setIdKind}
        />
        <Choice
          label={t('by_id.account')}
          value={account.id}
          options={accounts.map((each) => [each.id, each.label] as const)}
          onChange={setAccountId}
        />
      </div>
      {asksSymbol && (
        <Field
          label={t('by_id.symbol')}
          value={symbol}
          onInput={setSymbol}
          monospace
          hint={t('by_id.symbol_hint', { venue: venueName })}
        />
      )}
      {idKind === 'client-order-id' && !takesClientOrderId && (
        <p class="field-hint">{t('by_id.order_id_only', { venue: venueName })}</p>
      )}
      <div class="by-id-end">
        <Outcome asked={asked} cancellations={cancellations} holds={holds} now={now} />
        <button type="submit" class="cancel" aria-disabled={busy}>
          {t('by_id.name')}
        </button>
      </div>
    </form>
  );
}

/** What became of the last id asked for; remembered although the view forgets it after a while. */
function Outcome({
  asked,
  cancellations,
  holds,
  now,
}: {
  asked: Asked | undefined;
} & Pick<CancelByIdFormProps, 'cancellations' | 'holds' | 'now'>) {
  const [last, setLast] = useState<Cancellation>();
  const known = asked && cancellations[asked.cancellationId];
  useEffect(() => {
    if (known) setLast(known);
  }, [known]);
  const shown = known ?? (last?.id === asked?.cancellationId ? last : undefined);
  const wait = shown && secondsToWait(shown, holds, now);
  const words = asked && shown && cancellationWords(shown, venueNames[asked.account.venue], wait);
  // Screen readers are told of it by the popup's log, as of any order.
  return (
    <output class="outcome" aria-live="off">
      {asked && (
        <>
          <span class="id">{asked.id}</span>{' '}
          <strong>{words?.status ?? t('state.requested')}</strong>
          {words?.details.map((sentence) => (
            <span key={sentence} class="outcome-detail">
              {sentence}
            </span>
          ))}
        </>
      )}
    </output>
  );
}
