import type { Order } from '#lib/domain/order.ts';
import { amountWords, priceWords } from '#lib/words/order-words.ts';
import { t } from '#lib/words/text.ts';

/** An order's prices, and how much of it is left. */
export function Numbers({ order }: { order: Order }) {
  const amount = amountWords(order);
  return (
    <>
      <span class="price">{priceWords(order)}</span>
      {order.stopPrice !== undefined && (
        <span class="stop">{t('order.stop', { price: order.stopPrice })}</span>
      )}
      <span class="quantity" title={amount.long}>
        {amount.short}
      </span>
    </>
  );
}
