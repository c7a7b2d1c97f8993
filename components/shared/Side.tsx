import type { Side as OrderSide } from '#lib/domain/order.ts';
import { t } from '#lib/words/text.ts';

/** Buy or Sell, in word and tint; nothing where the venue does not tell. */
export function Side({ side }: { side: OrderSide | undefined }) {
  return side && <span class={`side ${side}`}>{t(`order.side_${side}`)}</span>;
}
