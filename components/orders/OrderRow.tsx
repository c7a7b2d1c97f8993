/* oxlint-disable jsx-a11y/prefer-tag-over-role, jsx-a11y/no-noninteractive-tabindex --
   a row is no <li>, since its parent is no <ul> (see OrderList), and it is focusable for the arrow keys */

import type { Order } from '#lib/domain/order.ts';
import { type VenueId, venueNames } from '#lib/domain/venue-id.ts';
import { rowWords } from '#lib/page/orders/row-words.ts';
import type { RowWords } from '#lib/words/cancellation-words.ts';
import type { Row } from '#lib/page/orders/row.ts';
import { toneOf } from '#lib/page/tone.ts';
import { ShieldIcon } from '#components/shared/Icons.tsx';
import { memo } from '#components/shared/memo.ts';
import { Numbers } from '#components/shared/Numbers.tsx';
import { Side } from '#components/shared/Side.tsx';

export interface OrderRowProps {
  row: Row;
  venue: VenueId;
  /** Trigger orders may be attached to it and go with it. */
  takesAlong: boolean;
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
  const clientOrderId = order?.clientOrderId ?? ref.clientOrderId;
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
          aria-label={`Select order ${id ?? clientOrderId}`}
          checked={selected}
          // The list selects (by ranges too): what the browser made of the click does not count.
          onChange={({ currentTarget }) => (currentTarget.checked = selected)}
        />
      )}
      <div class="row-what">
        {order ? <What order={order} takesAlong={takesAlong} age={age} /> : <strong>Order</strong>}
      </div>
      <div class="row-numbers">
        {order ? <Numbers order={order} /> : 'not among the open orders'}
      </div>
      <button
        type="button"
        class="cancel"
        tabIndex={current ? 0 : -1}
        aria-label={`${canSendNow ? 'Send now: cancel' : 'Cancel'} order ${id ?? clientOrderId}`}
        aria-disabled={!canCancel && !canSendNow}
        title={titleOf(props)}
        onClick={pressOf(props)}
      >
        {canSendNow ? 'Send now' : 'Cancel'}
      </button>
      <div class="row-ids">
        {id !== undefined && (
          <span class="id" title={id}>
            {id}
          </span>
        )}
        {clientOrderId !== undefined && (
          <span class="id client-id" title={`Client order id ${clientOrderId}`}>
            {clientOrderId}
          </span>
        )}
      </div>
      <output class="row-status" aria-live="polite" title={words.status || undefined}>
        {words.status}
      </output>
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
    return `Sends it although ${venueNames[venue]} asks to wait; it may then ask to wait longer`;
  }
  return canCancel && row.kind === 'cancelling' ? 'Sends it before the others' : undefined;
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
  takesAlong: boolean;
  age: string | undefined;
}) {
  return (
    <>
      <Side side={order.side} />
      <strong class="symbol" title={order.symbol}>
        {order.symbol || 'symbol not known'}
      </strong>
      {order.protective && (
        <span class="mark" title={`Guards a position (${order.type})`}>
          <ShieldIcon /> protective
        </span>
      )}
      {takesAlong && (
        <span
          class="mark"
          title="Take-profit and stop-loss orders that are attached to this order are cancelled with it"
        >
          with its TP/SL
        </span>
      )}
      {order.unknownStatus !== undefined && (
        <span class="mark" title="A status that Pullcord does not know; the order counts as open">
          status {order.unknownStatus}
        </span>
      )}
      {age !== undefined && <span class="age">{age}</span>}
    </>
  );
}
