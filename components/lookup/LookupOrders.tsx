import '#components/orders/order-list.css';
import '#components/orders/order-row.css';
import './lookup-orders.css';
import type { RefObject } from 'preact';
import { environmentName } from '#lib/words/account-name.ts';
import { venueNames } from '#lib/domain/venue-id.ts';
import { clientIdBeside } from '#lib/domain/order.ts';
import type { FoundRow } from '#lib/page/lookup/found-rows.ts';
import type { AccountView } from '#lib/protocol/view.ts';
import { Numbers } from '#components/shared/Numbers.tsx';
import { What } from '#components/orders/OrderRow.tsx';
import { t } from '#lib/words/text.ts';

export interface LookupOrdersProps {
  rows: readonly FoundRow[];
  /** There was never anything to choose: no room is kept for checkboxes. */
  settled: boolean;
  onChoose: (key: string, isChosen: boolean) => void;
  /** The first checkbox. */
  firstRef: RefObject<HTMLInputElement | null>;
}

/** The list "Orders found". */
export function LookupOrders({ rows, settled, onChoose, firstRef }: LookupOrdersProps) {
  const first = rows.find(({ chosen }) => chosen !== undefined);
  const look = ['found', rows.length === 1 && 'alone', settled && 'settled'];
  return (
    <ul class={look.filter(Boolean).join(' ')} aria-label={t('lookup.orders_found')}>
      {rows.map((row) => (
        <Found
          key={row.key}
          row={row}
          onChoose={onChoose}
          inputRef={row === first ? firstRef : undefined}
        />
      ))}
    </ul>
  );
}

function Found({
  row: { key, order, account, takesAlong, tone, words, chosen },
  onChoose,
  inputRef,
}: {
  row: FoundRow;
  onChoose: LookupOrdersProps['onChoose'];
  inputRef: LookupOrdersProps['firstRef'] | undefined;
}) {
  const { id } = order;
  const clientOrderId = clientIdBeside(id, order.clientOrderId);
  return (
    <li class="still" data-tone={tone}>
      {/* All of the row ticks its checkbox. */}
      <label class={chosen ? 'row selected' : 'row'}>
        {chosen !== undefined && (
          <input
            type="checkbox"
            ref={inputRef ?? null}
            class="tick"
            aria-label={
              account
                ? t('lookup.choose', { id, account: account.label })
                : t('lookup.choose_removed', { id })
            }
            checked={chosen}
            onChange={({ currentTarget }) => onChoose(key, currentTarget.checked)}
          />
        )}
        <span class="row-what">
          <What order={order} takesAlong={takesAlong} age={undefined} />
        </span>
        <span class="row-numbers">
          <Numbers order={order} />
        </span>
        <AccountOf account={account} />
        <span class="row-last">
          <span class="row-ids">
            <bdi class="id" title={id}>
              {id}
            </bdi>
            {clientOrderId !== undefined && (
              <bdi class="id client-id" title={t('order.client_order_id', { id: clientOrderId })}>
                {clientOrderId}
              </bdi>
            )}
          </span>
          {/* Told with the order's name, once and in order, by the window's log. */}
          <span class="row-status" title={words.status || undefined}>
            {words.status}
          </span>
        </span>
        {words.details.length > 0 && (
          <span class="row-details">
            {words.details.map((sentence) => (
              <span key={sentence}>{sentence}</span>
            ))}
          </span>
        )}
      </label>
    </li>
  );
}

/** Whose order it is. */
function AccountOf({ account }: { account: AccountView | undefined }) {
  if (!account) return null;
  const { label, venue, environment } = account;
  return (
    <span class="row-account">
      <bdi class="row-label" title={label}>
        {label}
      </bdi>
      <span class="row-venue">
        {environment !== 'live' && (
          <span class={`badge ${environment}`}>{environmentName(environment)}</span>
        )}
        {label !== venueNames[venue] && venueNames[venue]}
      </span>
    </span>
  );
}
