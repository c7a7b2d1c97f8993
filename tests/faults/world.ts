import type { Sandbox } from '#tests/sandbox/sandbox.ts';
import type { Faults } from '#tests/sandbox/shared/faults.ts';
import { addAccount } from './account.ts';
import type { RunCode } from './code.ts';
import { createComputer } from './computer.ts';
import { happen } from './happen.ts';
import type { Place } from './machine.ts';
import type { Records } from './records.ts';
import { isOfTheWire, type Fault, type Schedule } from './schedule.ts';
import { createSockets } from './sockets.ts';
import { driven, pass, resetTime, steadyNow } from './time.ts';
import { createUser, passphrase } from './user.ts';
import { createWire } from './wire.ts';

/** What stays up from one run to the next. */
export interface Stage {
  readonly start: RunCode;
  readonly runDocument: RunCode;
  readonly sandbox: Sandbox;
}

/** By then every wish has ended, or it never will: no venue here asks to wait for longer. */
const longest = 1_200_000;
/** What may still come of it is waited for, and must change nothing. */
const aftermath = 15_000;

/** One run: a user, a computer, venues, and what goes wrong between them. */
export async function runSchedule(schedule: Schedule, stage: Stage): Promise<Records> {
  resetTime();
  const venues = schedule.venues.map((name) => ({ ...stage.sandbox.venues[name], name }));
  const [venue] = venues;
  if (!venue) throw new Error('There is no venue');
  const records: Records = {
    schedule,
    accounts: [],
    wishes: [],
    shown: [],
    requests: [],
    history: undefined,
    sweeps: [],
    injected: [],
    endedElsewhere: new Map(),
    texts: [],
    settledAt: undefined,
  };
  const { accounts } = records;
  const pending = [...schedule.faults];
  const counts = new Map<Place, number>();
  let isArmed = false;

  const send = createWire({
    venues: venues.map(({ url, reach, faults }) => ({
      url,
      reach,
      faults: faults as Faults<never>,
    })),
    accounts,
    requests: records.requests,
    roundTrip: schedule.roundTrip,
    lifeNumber: () => computer.lifeNumber(),
    arrive,
  });
  const sockets = createSockets({ ...schedule, venues, records, arrive });
  const { trouble } = sockets;
  const computer = createComputer({
    ...stage,
    records,
    sockets,
    send,
    arrive: (place) => void arrive(place),
  });
  const user = createUser(computer, records);

  /** Counts it; what is due here comes to pass. */
  function arrive(place: Place): Fault[] {
    if (!isArmed || !venue) return [];
    const time = (counts.get(place) ?? 0) + 1;
    counts.set(place, time);
    const due = pending.filter((fault) => fault.place === place && fault.time === time);
    for (const fault of due) {
      pending.splice(pending.indexOf(fault), 1);
      records.injected.push({ ...fault, at: steadyNow() });
      if (fault.kind === 'write failed') computer.loseWrites(fault.by);
      happen(fault, { computer, user, venue, trouble, records });
    }
    return due.filter(({ kind }) => isOfTheWire(kind));
  }

  try {
    await driven(computer.ask({ kind: 'create-vault', passphrase }));
    for (const [index, each] of venues.entries()) {
      accounts.push(await driven(addAccount(computer, each, index, schedule.hasStop)));
    }
    if (schedule.faults.some(({ kind }) => kind === 'locked by its time')) {
      await driven(computer.ask({ kind: 'change-settings', autoLock: 1 }));
    }
    user.openPopups(schedule.popups);
    await pass(1000 + 4 * schedule.roundTrip);
    const [account] = accounts;
    const order = account?.orders[0];
    if (!account || !order) throw new Error('There is nothing to cancel');
    if (schedule.before === 'filled') venue.book.fill(order.id);
    if (schedule.before === 'cancelled') venue.book.cancel(order.id);
    if (schedule.before !== 'open') records.endedElsewhere.set(order.id, steadyNow());
    // A venue that tells whole seconds shall not put it into the same one as the wish.
    await pass(2000);

    isArmed = true;
    if (schedule.isCold) computer.kill();
    void user.wishFor(schedule.wish, account);
    for (let step = 100; steadyNow() < longest; step = Math.min(step * 1.3, 5000)) {
      await pass(step);
      const met = records.injected.length;
      // What has gone wrong while it was found out is not in it.
      if (!(await driven(user.isSettled())) || records.injected.length > met) continue;
      records.settledAt = steadyNow();
      break;
    }
    isArmed = false;
    await pass(aftermath);
    user.closePopups();
    records.history = await driven(user.readHistory());
    records.sweeps = user.view()?.sweeps ?? [];
    return records;
  } finally {
    isArmed = false;
    computer.kill();
    for (const each of venues) {
      each.sockets.cut();
      each.sockets.faults.clear();
    }
    await pass(0);
    for (const [index, { key }] of accounts.entries()) venues[index]?.keys.remove(key);
  }
}
