import type { Act, ActId } from '#lib/domain/cancellation.ts';
import type { LookupId } from '#lib/domain/lookup.ts';
import type { ClientOrderId, OrderId, OrderRef } from '#lib/domain/order.ts';
import type { Handlers } from './serve.ts';
import type { RequestOf } from '#lib/protocol/messages.ts';
import { readAccountForm } from '#lib/worker/accounts/account-form.ts';
import { readHistory } from './history.ts';
import { readLatencies } from './latency.ts';
import { openPopupWindow } from '#lib/worker/browser/open-pages.ts';
import { switchOff, switchOn } from '#lib/worker/browser/sites.ts';
import { noId } from '#lib/worker/orders/typed-order.ts';
import type { FirstClicks } from './first-clicks.ts';
import type { Worker } from './worker.ts';

/** What each request of a page does. `clicks`: of the start that is under way, or was the last. */
export function createHandlers(
  started: () => Promise<Worker>,
  clicks: () => FirstClicks,
): Handlers {
  const unlocked = async () => (await started()).vault.expectUnlocked();
  /** As `unlocked`, for what the user does with their own hand: it puts the auto-lock off. */
  const unlockedByUser = async () => {
    const { vault } = await started();
    const open = await vault.expectUnlocked();
    void vault.renew();
    return open;
  };

  return {
    hello: async () => (await started()).used(),
    'create-vault': async ({ passphrase }) => (await started()).vault.create(passphrase),
    unlock: async ({ passphrase }) => (await started()).vault.unlock(passphrase),
    lock: async () => {
      clicks().close();
      await (await started()).vault.lock();
    },
    'change-settings': async ({ autoLock, notifications, readEvery, keepLive, compactRows }) =>
      (await started()).vault.changeSettings({
        ...(autoLock && { autoLock }),
        ...(notifications && { notifications }),
        ...(readEvery && { readEvery }),
        ...(keepLive !== undefined && { keepLive }),
        ...(compactRows !== undefined && { compactRows }),
      }),

    'save-account': async (form) => {
      const open = await unlockedByUser();
      const { account, credentials } = readAccountForm(form);
      await open.addAccount(account, credentials);
      return { accountId: account.id };
    },
    'set-key': async ({ accountId, apiKey, apiSecret, extra }) => {
      const open = await unlockedByUser();
      await open.setKey(accountId, {
        apiKey,
        apiSecret,
        ...(extra !== undefined && { extra }),
      });
    },
    'accept-damage': async () => (await started()).vault.acceptDamage(),
    'test-account': async ({ accountId }) => (await unlockedByUser()).testAccount(accountId),
    'remove-account': async ({ accountId }) => {
      clicks().close();
      await (await unlockedByUser()).removeAccount(accountId);
    },

    refresh: async ({ byUser, accountId }) => {
      const open = await (byUser ? unlockedByUser() : unlocked());
      open.streams.use();
      await open.refresh(accountId);
    },

    'read-due': async () => (await unlocked()).readDue(),

    cancel: async (request) => {
      const { accountId, order } = request;
      const act = actOf(request);
      const cancellationId = order && (await clicks().take(accountId, order, act));
      if (cancellationId) {
        void started().then(({ vault }) => vault.renew(), ignore);
        return { cancellationId };
      }
      const open = await unlockedByUser();
      return { cancellationId: await open.cancel(readOrderRef(request), act) };
    },

    'cancel-many': async ({ orders, lookupId }) => {
      const open = await unlockedByUser();
      const refs = orders.map(({ orderId, ...ref }) => ({ ...ref, orderId: orderId as OrderId }));
      return { cancellationIds: await open.cancelMany(refs, actOf({ lookupId })) };
    },

    'plan-cancel-all': async ({ filter, withProtective }) =>
      (await unlocked()).planCancelAll(filter, withProtective),
    'cancel-all': async ({ filter, withProtective }) => {
      const open = await unlockedByUser();
      return { sweepId: await open.cancelAll(filter, withProtective) };
    },
    'leave-lapsed': async ({ cancellationIds }) =>
      (await unlockedByUser()).leaveLapsed(cancellationIds),
    'send-now': async ({ cancellationId }) => (await unlockedByUser()).sendNow(cancellationId),
    'stop-cancel-all': async ({ sweepId }) => (await unlockedByUser()).stopCancelAll(sweepId),
    'close-cancel-all': async ({ sweepId }) => (await unlockedByUser()).closeCancelAll(sweepId),

    'ask-order': async ({ accountId, id, symbol }) =>
      (await unlockedByUser()).askOrder(accountId, id.trim(), symbol?.trim() || undefined),

    'switch-site': async ({ site, on }) => {
      await (on ? switchOn(site) : switchOff(site));
      await (await started()).showSites();
    },
    'open-window': openPopupWindow,
    arrived: async ({ at }) => (await started()).arrived(at),

    history: async (request) => readHistory(await unlocked(), request),
    latencies: async ({ from }) => readLatencies(await unlocked(), from, Date.now()),
  };
}

/** Of a start that fails the page is told by the view. */
function ignore(): void {}

/** What is chosen in the window of a lookup goes on with that; everything else is asked for in the popup. */
function actOf({ lookupId }: { readonly lookupId?: LookupId | undefined }): Act {
  return lookupId
    ? { id: lookupId as string as ActId }
    : { id: crypto.randomUUID() as ActId, inPopup: true };
}

/** As it was typed: what that means, only the open orders tell. */
function readOrderRef({ accountId, idKind, id, symbol }: RequestOf<'cancel'>): OrderRef {
  const name = id.trim();
  const known = symbol?.trim() ? { symbol: symbol.trim() } : {};
  if (name === '') throw noId();
  return idKind === 'order-id'
    ? { accountId, orderId: name as OrderId, ...known }
    : { accountId, clientOrderId: name as ClientOrderId, ...known };
}
