import { venueNames } from '#lib/domain/venue-id.ts';
import type { CancelAllPlan } from '#lib/protocol/messages.ts';
import type { AccountView } from '#lib/protocol/view.ts';

const second = 1000;
const minute = 60 * second;

/** How long “Cancel all” will take and why: `About 4 s: Ripio Trade allows 1 request a second.` */
export function planWords(
  { orders, milliseconds, slowest }: CancelAllPlan,
  accounts: readonly AccountView[],
): string {
  if (orders === 0) return 'Nothing to send.';
  if (milliseconds <= 0) return 'At once.';
  const account = accounts.find(({ id }) => id === slowest?.accountId);
  const length = lengthWords(milliseconds);
  if (!account) return `${length}.`;
  const venueName = venueNames[account.venue];
  return slowest?.limit
    ? `${length}: ${venueName} allows ${limitWords(slowest.limit)}.`
    : `${length}: ${venueName} has asked to wait.`;
}

function lengthWords(milliseconds: number): string {
  if (milliseconds < second) return 'Less than a second';
  return milliseconds < 2 * minute
    ? `About ${Math.ceil(milliseconds / second)} s`
    : `About ${Math.ceil(milliseconds / minute)} min`;
}

/** `1 request a second`, `120 requests a minute`, `10 requests in 10 s`. */
function limitWords({ most, per }: { readonly most: number; readonly per: number }): string {
  const requests = most === 1 ? '1 request' : `${most} requests`;
  if (per === second) return `${requests} a second`;
  if (per === minute) return `${requests} a minute`;
  return `${requests} in ${per / second} s`;
}
