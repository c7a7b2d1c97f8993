import { setTimeout as wait } from 'node:timers/promises';
import type { OrderBook } from '#tests/sandbox/shared/order-book.ts';
import type { AccountRecord } from '#tests/faults/records.ts';
import type { Browser } from './browser.ts';
import type { Gateway } from './gateway.ts';
import type { BrowserRecords } from './records.ts';
import type { BrowserFault } from './schedule.ts';
import type { Tabs } from './tabs.ts';
import type { User } from './user.ts';

export interface HappenNeeds {
  readonly account: AccountRecord;
  readonly book: OrderBook;
  readonly browser: Browser;
  readonly gateway: Gateway;
  readonly tabs: Tabs;
  readonly user: User;
  readonly records: BrowserRecords;
  readonly now: () => number;
  readonly unlock: () => Promise<void>;
  /** A life of the worker ends while this is done. */
  readonly lifeEnds: (by: () => Promise<void>) => Promise<void>;
}

/** What happens beside the cancellation, to the account and its first order. */
export async function happen(
  { kind, by, after, acts }: BrowserFault,
  needs: HappenNeeds,
): Promise<void> {
  const { account, book, browser, gateway, tabs, user, records, now, lifeEnds, unlock } = needs;
  const [order] = account.orders;
  if (!order) return;
  await wait(after);
  const isOpen = book.find(order.id)?.status === 'open';
  switch (kind) {
    case 'worker killed':
      return lifeEnds(() => browser.killWorker());
    case 'browser killed':
      await lifeEnds(() => browser.crash(by));
      await tabs.open();
      return unlock();
    case 'extension updated':
      await lifeEnds(() => browser.update());
      await tabs.open();
      return unlock();
    case 'locked':
      await tabs.ask({ kind: 'lock' });
      await wait(by);
      return unlock();
    case 'account removed': {
      const answer = await tabs.ask({ kind: 'remove-account', accountId: account.id });
      if (answer?.ok) account.removedAt ??= now();
      return;
    }
    case 'everybody at once':
      await Promise.all([
        user.click(tabs.second(), order),
        user.enterAddress(acts ? order.id : (order.clientOrderId ?? order.id)),
      ]);
      return;
    case 'Cancel all over it':
      return user.cancelAll(tabs.second());
    case 'filled in the race':
      if (!isOpen) return;
      records.endedElsewhere.set(order.id, now());
      return void book.fill(order.id);
    case 'filled in part in the race':
      if (isOpen) book.fill(order.id, '0.05');
      return;
    case 'cancelled elsewhere in the race':
      if (!isOpen) return;
      records.endedElsewhere.set(order.id, now());
      return void book.cancel(order.id);
    case 'venue out of reach':
      gateway.setDown(true);
      await wait(by);
      return gateway.setDown(false);
    case 'stream cut':
      return gateway.cutStreams();
    default:
      return;
  }
}
