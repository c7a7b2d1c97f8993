import type { Venue } from './account.ts';
import type { Computer } from './computer.ts';
import { hold, takeOver } from './another-page.ts';
import { randomFrom } from './random.ts';
import type { Records } from './records.ts';
import type { Fault } from './schedule.ts';
import type { Trouble } from './sockets.ts';
import { sleepFor, steadyNow } from './time.ts';
import type { User } from './user.ts';

interface HappenNeeds {
  readonly computer: Computer;
  readonly user: User;
  readonly venue: Venue;
  readonly trouble: Trouble;
  readonly records: Records;
}

/** What happens beside the cancellation, to the first account and its first order. */
export function happen(
  { kind, by, acts }: Fault,
  { computer, user, venue, trouble, records }: HappenNeeds,
): void {
  const { ask, awake, kill, later, machine, tell, update } = computer;
  const { accounts, endedElsewhere } = records;
  const [account] = accounts;
  const order = account?.orders[0];
  if (!account || !order) return;
  const { book } = venue;
  const now = book.find(order.id);
  const isOpen = now?.status === 'open';
  switch (kind) {
    case 'browser killed':
      machine.session.clear();
      machine.alarms.clearAll();
      machine.rules.clear();
      kill();
      return later(awake, by);
    case 'worker killed':
      kill();
      return later(awake, by);
    case 'locked':
      user.leaveLocked(by);
      return later(() => ask({ kind: 'lock' }));
    case 'screen locked':
      user.leaveLocked(by);
      return later(() => tell('idle.onStateChanged', 'locked'));
    case 'extension updated':
      return update(by, acts);
    case 'database of a later version':
      later(() => takeOver(machine));
      return later(() => update(0, acts), by);
    case 'database held':
      later(() => hold(machine, by));
      return later(() => update(0, acts), 10);
    case 'account removed':
      return later(async () => {
        const answer = await ask({ kind: 'remove-account', accountId: account.id });
        if (answer?.ok) account.removedAt ??= steadyNow();
      });
    case 'wished for twice':
      return later(() => user.wishFor(acts ? 'by client order id' : 'one', account));
    case 'Cancel all over it':
      return later(() => user.wishFor('all', account));
    case 'everybody at once': {
      const random = randomFrom(by);
      const pauses = [0, 0, 1, 20, 150, 1000] as const;
      later(() => user.wishFor('one', account), random.pick(pauses));
      later(() => user.wishFor(acts ? 'by client order id' : 'one', account), random.pick(pauses));
      later(() => user.rightClick(account, order), random.pick(pauses));
      if (random.chance(0.5)) later(() => user.wishFor('all', account), random.pick(pauses));
      return;
    }
    case 'stream cut':
      return trouble.cut();
    case 'stream silent':
      return trouble.silence();
    case 'stream refused':
      trouble.refuse(by);
      return trouble.cut();
    case 'push after the reply':
      return trouble.holdBack(by);
    case 'edited elsewhere':
      if (!isOpen) return;
      return trouble.spread(by, () => {
        book.amend(order.id, { quantity: String(Number(now.quantity) + 1) });
      });
    case 'filled in the race':
      if (!isOpen) return;
      book.fill(order.id);
      return void endedElsewhere.set(order.id, steadyNow());
    case 'filled in part in the race':
      if (isOpen) book.fill(order.id, '0.05');
      return;
    case 'cancelled elsewhere in the race':
      if (!isOpen) return;
      book.cancel(order.id);
      return void endedElsewhere.set(order.id, steadyNow());
    case 'clock set':
      return machine.setClock(by);
    case "venue's clock set":
      return venue.clock.driftBy(by);
    case 'slept for an hour':
      return sleepFor(3_600_000);
    default:
      return;
  }
}
