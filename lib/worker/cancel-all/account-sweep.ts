import type { AccountId } from '#lib/domain/account.ts';
import { refTo, type Order, type OrderId } from '#lib/domain/order.ts';
import { orderKey } from '#lib/domain/order-key.ts';
import type { AccountSweep } from '#lib/domain/sweep.ts';
import type { CancelWish } from '#lib/worker/cancel/canceller-contract.ts';
import type { CancelRequest } from '#lib/worker/lanes/batches.ts';
import type { EveryGroup } from '#lib/worker/lanes/sender.ts';
import {
  accountOf,
  changeAccount,
  isMoving,
  pause,
  retired,
  settlingTime,
  untilSettled,
  type Running,
} from './running-sweep.ts';
import { fitting, meantOf, planFor } from './sweep-plan.ts';
import type { KnownOrders, SweepNeeds } from './sweep-needs.ts';

/** How long an account is swept after its cancels, in milliseconds. */
const sweepingTime = 10_000;
/** How often one order's cancellation may end while it is still listed as open. */
const mostAttempts = 3;
/** Between two readings that showed orders still, or failed. */
const readingPause = 400;
/** A reading by which every order may be cancelled at once must not be older when it is planned. */
const freshEnough = 1500;

interface Told {
  /** The sweep has changed. */
  readonly onChange: () => void;
  /** The account's cancellations are written down. */
  readonly onBegun: () => void;
  /** Before anything is cancelled: it must not come too late. */
  readonly look: () => void;
}

/** Carries a sweep to its end on one account: cancels what is known, then reads until nothing that is meant is left. */
export async function sweepAccount(
  needs: SweepNeeds,
  running: Running,
  id: AccountId,
  { onChange, onBegun, look }: Told,
): Promise<void> {
  const { canceller } = needs;

  function change(part: Partial<AccountSweep>): void {
    changeAccount(running, id, (account) => ({ ...account, ...part }));
    onChange();
  }

  /** As last read; read anew where that saves more than it costs. */
  async function knownOrders(): Promise<KnownOrders> {
    const known = needs.known(id);
    const isFresh = Date.now() - (known.readAt ?? 0) < freshEnough;
    const wouldTakeEvery = planFor(needs, id, running.sweep, known).some(
      ({ kind }) => kind === 'every',
    );
    if (isFresh || !wouldTakeEvery) return known;
    const reading = await needs.read(id, true);
    return 'trouble' in reading ? known : reading;
  }

  /**
   * Writes down a cancellation for every order that is meant, unless so many of it have ended already. Returns how many.
   */
  async function cancelMeant(known: KnownOrders, attempts: number): Promise<number> {
    look();
    if (accountOf(running, id).sweepingSince === retired) return 0;
    const isWanted = (order: Order) =>
      (running.ends.get(orderKey({ accountId: id, orderId: order.id })) ?? 0) < attempts;
    const requests = planFor(needs, id, running.sweep, known, isWanted);
    const wishes = requests.flatMap((request): CancelWish[] => {
      const group = request.kind === 'every' && groupOf(request, known);
      return request.orders.map((order) => ({
        ref: refTo(id, order),
        order,
        ...(group && { group }),
      }));
    });
    if (wishes.length > 0 && isMoving(running)) {
      await canceller.requestAll(wishes, running.sweep.id);
    }
    return wishes.length;
  }

  function groupOf(
    { symbol, orders }: CancelRequest & { readonly kind: 'every' },
    { readAt = 0 }: KnownOrders,
  ): EveryGroup {
    return {
      ...(symbol !== undefined && { symbol }),
      size: orders.length,
      readAt,
      // Placed since the reading, and taken along: they too get a row, and their end is found out.
      onOthers(ids) {
        const wishes = ids.map((orderId) => ({
          ref: {
            accountId: id,
            orderId: orderId as OrderId,
            ...(symbol !== undefined && { symbol }),
          },
          order: undefined,
        }));
        canceller.requestAll(wishes, running.sweep.id).catch(() => undefined);
      },
    };
  }

  async function sweepUntilEmpty(): Promise<void> {
    const since = accountOf(running, id).sweepingSince ?? Date.now();
    change({ phase: 'sweeping', sweepingSince: since });
    while (isMoving(running)) {
      const askedAt = Date.now();
      const reading = await needs.read(id, false);
      if (running.halted.signal.aborted) return;
      const isLate = Date.now() - since >= sweepingTime;
      if ('trouble' in reading) {
        change({ trouble: reading.trouble, ...(isLate && { phase: 'left' }) });
      } else {
        const meant = showReading({ readAt: askedAt, ...reading });
        if (meant === 0 && !reading.unreadable) return change({ phase: 'empty' });
        const wished = isLate ? 0 : await cancelMeant(reading, mostAttempts);
        if (wished === 0) return change({ phase: 'left' });
        await Promise.race([untilSettled(running, id), pause(settlingTime, running)]);
      }
      if (isLate) return;
      await pause(readingPause, running);
    }
  }

  /** Returns how many of the open orders are meant. */
  function showReading({
    orders,
    readAt,
    unreadable,
  }: KnownOrders & { readonly readAt: number }): number {
    const owner = needs.accounts().find((each) => each.id === id);
    const meant = owner ? meantOf(running.sweep, owner, orders).length : 0;
    const kept = owner ? fitting(running.sweep, owner, orders).length - meant : 0;
    changeAccount(running, id, (account) => {
      const { trouble: _, ...others } = account;
      const odd = unreadable === undefined ? {} : { unreadable };
      return { ...others, reading: { readAt, open: orders.length, meant, kept, ...odd } };
    });
    onChange();
    return meant;
  }

  const { phase, tally, sweepingSince } = accountOf(running, id);
  if (phase !== 'cancelling' && phase !== 'sweeping') return;
  const isNew = !running.begun.has(id);
  // What the last life left unsent may go together again.
  if (isNew || ((tally.requested ?? 0) > 0 && sweepingSince !== retired)) {
    await cancelMeant(await knownOrders(), 1);
  }
  if (isNew) {
    running.begun.add(id);
    onBegun();
  }
  await untilSettled(running, id);
  if (isMoving(running)) await sweepUntilEmpty();
  if (running.halted.signal.aborted) return;
  // What a last reading has shown stays said.
  const isOver = ['empty', 'left'].includes(accountOf(running, id).phase);
  if (!isOver) change({ phase: 'stopped' });
}
