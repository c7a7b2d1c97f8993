import type { AccountId } from '#lib/domain/account.ts';
import type { CancellationId } from '#lib/domain/cancellation.ts';
import type { View } from '#lib/protocol/view.ts';
import { viewIn } from '#lib/protocol/stored-view.ts';
import type { BookOrder } from '#tests/sandbox/shared/order-book.ts';
import type { Computer } from './computer.ts';
import { countUnfinished } from './journal.ts';
import type { AccountRecord, Records } from './records.ts';
import type { Schedule } from './schedule.ts';
import { startTimer, steadyNow } from './time.ts';

/** How often a popup asks whether something is to be read. */
const lookPause = 2000;
const isShut: ReadonlySet<string> = new Set(['blocked', 'newer', 'unreadable']);

export const passphrase = 'a few words that only I put together';

/** Who wishes, sees, and unlocks what has locked. */
export interface User {
  readonly wishFor: (kind: Schedule['wish'], account: AccountRecord) => Promise<void>;
  /** On the order's id, on some page; what the menu's item then does is told by no answer. */
  readonly rightClick: (account: AccountRecord, order: BookOrder) => void;
  /** Opens so many popups, which ask as popups do until they are closed. */
  readonly openPopups: (count: number) => void;
  readonly closePopups: () => void;
  readonly view: () => View | undefined;
  /** Does not unlock it before so long has passed. */
  readonly leaveLocked: (milliseconds: number) => void;
  /** Whether nothing is under way any more; opens what has locked. */
  readonly isSettled: () => Promise<boolean>;
  readonly readHistory: () => Promise<Records['history']>;
}

export function createUser(
  { ask, isAsleep, isBusy, machine, tell }: Computer,
  records: Records,
): User {
  const { wishes } = records;
  let unlockAt = 0;
  let isUnlocking = false;
  let helloAt = 0;

  const view = (): View | undefined => viewIn(machine.session.get(null));

  return {
    view,
    leaveLocked: (milliseconds) => void (unlockAt = steadyNow() + milliseconds),

    rightClick(account, order) {
      wishes.push({ at: steadyNow(), account, orders: [order], answer: 'none', ids: [] });
      tell('contextMenus.onClicked', {
        menuItemId: 'selection',
        selectionText: order.id,
        pageUrl: 'https://example.org/orders',
      });
    },

    openPopups(count) {
      machine.popups = count;
      for (let popup = 0; popup < count; popup++) {
        void ask({ kind: 'hello' });
        const look = () => {
          if (machine.popups === 0) return;
          void ask({ kind: 'read-due' });
          startTimer(look, lookPause);
        };
        startTimer(look, lookPause);
      }
    },
    closePopups: () => void (machine.popups = 0),

    async wishFor(kind, account) {
      const { id: accountId, orders } = account;
      const meant = meantBy(kind, orders);
      const wish: Records['wishes'][number] = {
        at: steadyNow(),
        account,
        orders: meant,
        answer: 'none',
        ids: [],
      };
      wishes.push(wish);
      const answer = await ask<{
        cancellationId?: CancellationId;
        cancellationIds?: CancellationId[];
      }>(messageFor(kind, accountId, meant, view()));
      if (!answer) return;
      wish.answer = answer.ok ? 'taken' : answer.error.code;
      if (!answer.ok) return;
      const { cancellationId, cancellationIds = [] } = answer.value ?? {};
      wish.ids = [...cancellationIds, ...(cancellationId ? [cancellationId] : [])];
    },

    async isSettled() {
      const seen = view();
      if (seen?.vault.state === 'locked' && steadyNow() >= unlockAt && !isUnlocking) {
        isUnlocking = true;
        records.unlockedAt = steadyNow();
        void ask({ kind: 'unlock', passphrase }).finally(() => (isUnlocking = false));
      }
      // As every page does while it cannot have what it shows.
      if (isShut.has(seen?.vault.state ?? '') && steadyNow() >= helloAt) {
        helloAt = steadyNow() + 5000;
        void ask({ kind: 'hello' });
      }
      if (isBusy() || seen?.vault.state !== 'unlocked' || isAsleep()) return false;
      const isSweeping = seen.sweeps.some(({ accounts: parts }) =>
        parts.some(({ phase }) => phase === 'cancelling' || phase === 'sweeping'),
      );
      return !isSweeping && (await countUnfinished(machine.factory)) === 0;
    },

    /** As a user does who finds it locked: its time has run out, or the clock was set back. */
    async readHistory() {
      const first = await ask<{ rows: Records['history'] }>({ kind: 'history' });
      if (first?.ok) return first.value.rows;
      await ask({ kind: 'unlock', passphrase });
      const second = await ask<{ rows: Records['history'] }>({ kind: 'history' });
      return second?.ok ? second.value.rows : undefined;
    },
  };
}

function messageFor(
  kind: Schedule['wish'],
  accountId: AccountId,
  orders: readonly BookOrder[],
  view: View | undefined,
) {
  const { id = '', clientOrderId = '', symbol } = orders[0] ?? {};
  switch (kind) {
    case 'one': {
      const order = view?.orders[accountId]?.orders.find((listed) => listed.id === id);
      return { kind: 'cancel', accountId, idKind: 'order-id', id, ...(order && { order }) };
    }
    case 'by client order id':
      return { kind: 'cancel', accountId, idKind: 'client-order-id', id: clientOrderId, symbol };
    case 'several':
      return {
        kind: 'cancel-many',
        orders: orders.map((order) => ({ accountId, orderId: order.id })),
      };
    case 'all':
      return { kind: 'cancel-all', filter: { accountId }, withProtective: false };
    case 'all of a symbol':
      return { kind: 'cancel-all', filter: { accountId, symbol }, withProtective: false };
  }
}

function meantBy(kind: Schedule['wish'], orders: readonly BookOrder[]): readonly BookOrder[] {
  const plain = orders.filter(({ method }) => method === 'limit');
  switch (kind) {
    case 'one':
    case 'by client order id':
      return plain.slice(0, 1);
    case 'several':
      return plain.slice(0, 3);
    case 'all':
      return plain;
    case 'all of a symbol':
      return plain.filter(({ symbol }) => symbol === plain[0]?.symbol);
  }
}
