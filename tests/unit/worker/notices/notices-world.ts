import { vi } from 'vitest';
import {
  requestCancellation,
  type Act,
  type ActId,
  type Cancellation,
  type CancellationId,
  type CancellationState,
} from '#lib/domain/cancellation.ts';
import type { Notifications } from '#lib/domain/settings.ts';
import { emptyView, type View } from '#lib/protocol/view.ts';
import { createNotices } from '#lib/worker/notices/notices.ts';
import { accountOf, now, orderOf } from '#tests/unit/support/view-world.ts';

/** Notices as one life of the worker gives them. */

export const account = accountOf('a', 'btcturk', 'Turkish lira');
export const act: Act = { id: 'act' as ActId };
export const click: Act = { id: 'click' as ActId, inPopup: true };

/** A worker’s life: what it shows, in which order. */
export function life(more: Partial<View> = {}, notifications: Notifications = 'all') {
  const view: View = {
    ...emptyView,
    vault: { state: 'unlocked' },
    accounts: [account],
    settings: { ...emptyView.settings, notifications },
    ...more,
  };
  const shown: string[] = [];
  const popup: { isOpen: boolean; ask: () => Promise<boolean> } = {
    isOpen: false,
    ask: () => Promise.resolve(popup.isOpen),
  };
  const notices = createNotices({
    view,
    show: (id, { title, message }) =>
      shown.push(`${id}: ${title} | ${message.split('\n').join(' / ')}`),
    isPopupOpen: () => popup.ask(),
  });
  const note = (...cancellations: readonly Cancellation[]) => {
    for (const each of cancellations) notices.note(each);
    return settle();
  };
  /** What was shown since it was last asked. */
  const news = () => shown.splice(0);
  return { notices, note, news, popup, shown, view };
}

export function settle(): Promise<unknown> {
  return vi.advanceTimersByTimeAsync(0);
}

export function wish(id: string, asked: Act | undefined = act, requested = now): Cancellation {
  const order = orderOf(id);
  const ref = { accountId: account.id, orderId: order.id };
  return requestCancellation(id as CancellationId, ref, order, requested, undefined, asked);
}

export function in_(state: CancellationState, id: string, asked?: Act): Cancellation {
  return { ...wish(id, asked), state };
}

/** The view as a life of the worker finds it. */
export const cancellations = (...all: readonly Cancellation[]) => ({
  cancellations: Object.fromEntries(all.map((each) => [each.id, each])),
});

export const one = (id: string) => `Buy 1 BTCTRY, Turkish lira (BtcTurk), ${id}`;
