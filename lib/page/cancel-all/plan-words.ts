import { venueNames } from '#lib/domain/venue-id.ts';
import type { CancelAllPlan } from '#lib/protocol/messages.ts';
import type { AccountView } from '#lib/protocol/view.ts';
import { t, tCount } from '#lib/words/text.ts';

const second = 1000;
const minute = 60 * second;

/** How long “Cancel all” will take and why: `About 4 s: Ripio Trade allows 1 request a second.` */
export function planWords(
  { orders, milliseconds, slowest }: CancelAllPlan,
  accounts: readonly AccountView[],
): string {
  if (orders === 0) return t('plan.nothing');
  if (milliseconds <= 0) return t('plan.at_once');
  const account = accounts.find(({ id }) => id === slowest?.accountId);
  const length = lengthWords(milliseconds);
  if (!account) return t('plan.takes', { length });
  const values = { length, venue: venueNames[account.venue] };
  return slowest?.limit ? limitWords(slowest.limit, values) : t('plan.asked_to_wait', values);
}

function lengthWords(milliseconds: number): string {
  if (milliseconds < second) return t('plan.under_second');
  return t('plan.about', {
    length:
      milliseconds < 2 * minute
        ? t('time.s', { n: Math.ceil(milliseconds / second) })
        : t('time.min', { n: Math.ceil(milliseconds / minute) }),
  });
}

/** `1 request a second`, `120 requests a minute`, `10 requests in 10 s`. */
function limitWords(
  { most, per }: { readonly most: number; readonly per: number },
  values: { readonly length: string; readonly venue: string },
): string {
  if (per === second) return tCount('plan.allows_second', most, values);
  if (per === minute) return tCount('plan.allows_minute', most, values);
  return tCount('plan.allows_in', most, { ...values, per: per / second });
}
