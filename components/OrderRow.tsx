// A row is no <li>, since its parent is no <ul> (see OrderList), and it is focusable for the arrow keys.
/* oxlint-disable jsx-a11y/prefer-tag-over-role, jsx-a11y/no-noninteractive-tabindex */

import type { Order } from '#lib/domain/order.ts';
import type { VenueId } from '#lib/domain/venue-id.ts';
import { venueNames } from '#lib/domain/venue-id.ts';
import { rowWords, type RowWords } from '#lib/view/row-words.ts';
import type { Row } from '#lib/view/rows.ts';
import { durationWords } from '#lib/view/time-words.ts';
import { ShieldIcon } from './Icons.tsx';
import { Side } from './Side.tsx';

export interface OrderRowProps {
  row: Row;
  venue: VenueId;
  now: number;
  /** The user has asked to cancel it and the worker has not yet answered. */
  asked: boolean;
  /** Why asking failed. */
  failure: RowWords | undefined;
  /** The one row that the Tab key reaches. */
  current: boolean;
  onCancel: () => void;
}

export function OrderRow({ row, venue, now, asked, failure, current, onCancel }: OrderRowProps) {
  const { order, ref, standing, cancellation } = row;
  const words = (!asked && failure) || rowWords(row, venueNames[venue], asked);
  const id = order?.id ?? ref.orderId;
  const clientOrderId = order?.clientOrderId ?? ref.clientOrderId;
  const disabled = asked || standing !== 'open';
  const state = asked ? 'requested' : (cancellation?.state ?? standing);
  return (
    <div
      role="listitem"
      class={`row ${standing}`}
      data-key={row.key}
      data-state={state}
      tabIndex={current ? 0 : -1}
    >
      <div class="row-what">
        {order ? <What order={order} now={now} /> : <strong>Order</strong>}
      </div>
      <div class="row-numbers">
        {order ? <Numbers order={order} /> : 'not among the open orders'}
      </div>
      <button
        type="button"
        class="cancel"
        tabIndex={current ? 0 : -1}
        aria-label={`Cancel order ${id ?? clientOrderId}`}
        aria-disabled={disabled}
        onClick={disabled ? undefined : onCancel}
      >
        Cancel
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
}

function What({ order, now }: { order: Order; now: number }) {
  return (
    <>
      <Side side={order.side} />
      <strong class="symbol" title={order.symbol}>
        {order.symbol}
      </strong>
      {order.protective && (
        <span class="mark" title={`Guards a position (${order.type})`}>
          <ShieldIcon /> protective
        </span>
      )}
      {order.createdAt !== undefined && (
        <span class="age">{durationWords(now - order.createdAt)}</span>
      )}
    </>
  );
}

function Numbers({ order }: { order: Order }) {
  return (
    <>
      <span class="price">{order.price ?? 'market'}</span>
      {order.stopPrice !== undefined && <span class="stop">stop {order.stopPrice}</span>}
      <span class="quantity" title={`${order.remaining} remaining of ${order.quantity}`}>
        {order.remaining} / {order.quantity}
      </span>
    </>
  );
}
