import type { Cancellation } from '#lib/domain/cancellation.ts';
import { clientIdBeside } from '#lib/domain/order.ts';
import type { HistoryRow } from '#lib/protocol/messages.ts';
import { pastWords } from '#lib/words/cancellation-words.ts';
import { dateTimeWords, laterWords } from '#lib/words/moment-words.ts';
import { toneOf } from '#lib/page/tone.ts';
import { Numbers } from '#components/shared/Numbers.tsx';
import { Side } from '#components/shared/Side.tsx';
import { t } from '#lib/words/text.ts';

/** One past cancellation: what was asked, what came of it, and when. */
export function HistoryItem({ row }: { row: HistoryRow }) {
  return row.cancellation ? (
    <Readable {...row} cancellation={row.cancellation} />
  ) : (
    <li class="history-item">
      <strong class="history-state">{t('history.unreadable')}</strong>
      <p class="history-words">{t('history.damaged')}</p>
    </li>
  );
}

function Readable({
  cancellation,
  accountLabel,
  venueName,
}: HistoryRow & { cancellation: Cancellation }) {
  const { order, ref, at } = cancellation;
  const words = pastWords(cancellation, venueName);
  const id = ref.orderId ?? order?.id;
  const clientOrderId = clientIdBeside(id, ref.clientOrderId ?? order?.clientOrderId);
  return (
    <li class="history-item" data-id={cancellation.id} data-tone={toneOf(cancellation)}>
      <div class="history-head">
        <strong class="history-state">{words.status}</strong>
        <span class="history-account">
          {accountLabel}
          {accountLabel !== venueName && ` · ${venueName}`}
        </span>
      </div>
      {order && (
        <div class="history-order">
          <Side side={order.side} />
          <strong>{order.symbol || t('order.symbol_unknown')}</strong>
          <Numbers order={order} />
        </div>
      )}
      <div class="history-ids">
        {id !== undefined && <span class="id">{id}</span>}
        {clientOrderId !== undefined && <span class="id client-id">{clientOrderId}</span>}
      </div>
      <div class="history-times">
        <time dateTime={new Date(at.requested).toISOString()}>{dateTimeWords(at.requested)}</time>
        {at.sent !== undefined && (
          <span>{t('history.sent', { later: laterWords(at.requested, at.sent) })}</span>
        )}
        {at.accepted !== undefined && (
          <span>{t('history.accepted', { later: laterWords(at.requested, at.accepted) })}</span>
        )}
        {at.ended !== undefined && (
          <span>{t('history.ended', { later: laterWords(at.requested, at.ended) })}</span>
        )}
      </div>
      {words.details.map((sentence) => (
        <p key={sentence} class="history-words">
          {sentence}
        </p>
      ))}
    </li>
  );
}
