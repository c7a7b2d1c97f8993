/* oxlint-disable jsx-a11y/prefer-tag-over-role, jsx-a11y/no-noninteractive-tabindex --
   a row is no <li>, since its parent is no <ul> (see OrderList), and it is focusable for the arrow keys */

import { clientIdBeside, type Order } from '#lib/domain/order.ts';
import { type VenueId, venueNames, type Cascades } from '#lib/domain/venue-id.ts';
import { rowWords } from '#lib/page/orders/row-words.ts';
import type { RowWords } from '#lib/words/cancellation-words.ts';
import type { Row } from '#lib/page/orders/row.ts';
import { toneOf } from '#lib/page/tone.ts';
import { ShieldIcon } from '#components/shared/Icons.tsx';
import { memo } from '#components/shared/memo.ts';
import { Numbers } from '#components/shared/Numbers.tsx';
import { Side } from '#components/shared/Side.tsx';
import { t } from '#lib/words/text.ts';

export interface OrderRowProps {
  row: Row;
  venue: VenueId;
  /** Trigger orders may be attached to it and go with it. */
  takesAlong: Cascades | undefined;
  /** How old the order is; undefined where the venue does not tell. */
  age: string | undefined;
  /** The user has asked to cancel it and the worker has not yet answered. */
  asked: boolean;
  /** For how many seconds more the venue asks to wait with it. */
  wait: number | undefined;
  /** The button sends it in spite of that. */
  canSendNow: boolean;
  /** Its button does something. */
  canCancel: boolean;
  /** Why asking failed. */
  failure: RowWords | undefined;
  /** Undefined where it cannot be selected. */
  selected: boolean | undefined;
  /** The one row that the Tab key reaches. */
  current: boolean;
  /** Its place among so many rows, where not all of them are in the document. */
  place: number | undefined;
  of: number | undefined;
  onCancel: (row: Row) => void;
  onSendNow: (row: Row) => void;
}

/** Rendered again only when one of these changes: there may be hundreds. */
export const OrderRow = memo<OrderRowProps>((props) => {
  const { row, venue, takesAlong, age, asked, canCancel, canSendNow } = props;
  const { failure, selected, current } = props;
  const { order, ref, kind, cancellation } = row;
  const words = (!asked && failure) || rowWords(row, venueNames[venue], asked, props.wait);
  const id = order?.id ?? ref.orderId;
  const clientOrderId = clientIdBeside(id, order?.clientOrderId ?? ref.clientOrderId);
  const shownId = id ?? clientOrderId ?? '';
  const tone = cancellation ? toneOf(cancellation) : 'plain';
  return (
    <div
      role="listitem"
      class={`row ${kind} ${selected ? 'selected' : ''}`}
      data-key={row.key}
      data-tone={asked ? 'busy' : tone}
      tabIndex={current ? 0 : -1}
      aria-posinset={props.place}
      aria-setsize={props.of}
    >
      {selected !== undefined && (
        <input
          type="checkbox"
          class="tick"
          tabIndex={-1}
          aria-label={t('row.select', { id: shownId })}
          checked={selected}
          // The list selects (by ranges too): what the browser made of the click does not count.
          onChange={({ currentTarget }) => (currentTarget.checked = selected)}
        />
      )}
      <div class="row-what">
        {order ? (
          <What order={order} takesAlong={takesAlong} age={age} />
        ) : (
          <strong>{t('row.order')}</strong>
        )}
      </div>
      <div class="row-numbers">{order ? <Numbers order={order} /> : t('row.not_among')}</div>
      <button
        type="button"
        class="cancel"
        tabIndex={current ? 0 : -1}
        aria-label={t(canSendNow ? 'row.send_now_order' : 'row.cancel_order', { id: shownId })}
        aria-disabled={!canCancel && !canSendNow}
        title={titleOf(props)}
        onClick={pressOf(props)}
      >
        {t(canSendNow ? 'row.send_now' : 'row.cancel')}
      </button>
      <div class="row-last">
        <div class="row-ids">
          {id !== undefined && (
            <span class="id" title={id}>
              {id}
            </span>
          )}
          {clientOrderId !== undefined && (
            <span class="id client-id" title={t('order.client_order_id', { id: clientOrderId })}>
              {clientOrderId}
            </span>
          )}
        </div>
        {/* What changes here is told to screen readers by the popup's log. */}
        <span class="row-status" title={words.status || undefined}>
          {words.status}
        </span>
      </div>
      {words.details.length > 0 && (
        <div class="row-details">
          {words.details.map((sentence) => (
            <p key={sentence}>{sentence}</p>
          ))}
        </div>
      )}
    </div>
  );
});

function titleOf({ row, venue, canCancel, canSendNow }: OrderRowProps): string | undefined {
  if (canSendNow) {
    return t('row.sends_although', { venue: venueNames[venue] });
  }
  return canCancel && row.kind === 'cancelling' ? t('row.sends_before') : undefined;
}

function pressOf(props: OrderRowProps): (() => void) | undefined {
  const { row, canCancel, canSendNow, onCancel, onSendNow } = props;
  if (canSendNow) return () => onSendNow(row);
  return canCancel ? () => onCancel(row) : undefined;
}

/** What the order is, on one line. */
export function What({
  order,
  takesAlong,
  age,
}: {
  order: Order;
  takesAlong: Cascades | undefined;
  age: string | undefined;
}) {
  return (
    <>
      <Side side={order.side} />
      <strong class="symbol" title={order.symbol}>
        {order.symbol || t('order.symbol_unknown')}
      </strong>
      {order.protective && (
        <span class="mark" title={t('order.guards', { type: order.type })}>
          <ShieldIcon /> {t('order.protective')}
        </span>
      )}
      {takesAlong && (
        <span
          class="mark along"
          title={t(takesAlong === 'lists' ? 'order.takes_list_what' : 'order.takes_along_what')}
        >
          {t(takesAlong === 'lists' ? 'order.takes_list' : 'order.takes_along')}
        </span>
      )}
      {order.unknownStatus !== undefined && (
        <span class="mark odd" title={t('order.unknown_status_what')}>
          {t('order.unknown_status', { status: order.unknownStatus })}
        </span>
      )}
      {age !== undefined && <span class="age">{age}</span>}
    </>
  );
}
