import type { AccountId } from '#lib/domain/account.ts';
import type { Cancellation, CancellationId } from '#lib/domain/cancellation.ts';
import type { View } from '#lib/protocol/view.ts';
import { viewIn } from '#lib/protocol/stored-view.ts';
import { forTests, type Sandbox, type SandboxVenueName } from '#tests/sandbox/sandbox.ts';
import type { Faults } from '#tests/sandbox/shared/faults.ts';
import type { KeyRing } from '#tests/sandbox/shared/key-ring.ts';
import type { BookOrder } from '#tests/sandbox/shared/order-book.ts';
import type { StartCode } from './code.ts';
import { beginLife, type Life } from './life.ts';
import { createMachine, type Place } from './machine.ts';
import type { AccountRecord, Records } from './records.ts';
import { isOfTheWire, isOfTheWorld, type Fault, type Schedule } from './schedule.ts';
import { pass, resetTime, sleepFor, startTimer, steadyNow } from './time.ts';
import { createWire } from './wire.ts';

/** What stays up from one run to the next. */
export interface Stage {
  readonly start: StartCode;
  readonly sandbox: Sandbox;
}

const passphrase = 'a few words that only I put together';

/** By then every wish has ended, or it never will: no venue here asks to wait for longer. */
const longest = 1_200_000;
/** What may still come of it is waited for, and must change nothing. */
const aftermath = 15_000;

/** One run: a user, a computer, venues, and what goes wrong between them. */
export async function runSchedule(schedule: Schedule, stage: Stage): Promise<Records> {
  resetTime();
  const venues = schedule.venues.map((name) => ({ ...stage.sandbox.venues[name], name }));
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
  const { accounts, wishes, texts } = records;
  const pending = [...schedule.faults];
  const counts = new Map<Place, number>();
  let isArmed = false;
  let writesToLose = 0;
  let lives = 0;
  let life: Life | undefined;
  /** What the user, or what goes wrong, is still to do. */
  let planned = 0;
  let unlockAt = 0;
  let isUnlocking = false;

  const machine = createMachine((alarm) => awake().ring(alarm));
  const send = createWire({
    venues: venues.map(({ url, reach, faults }) => ({
      url,
      reach,
      faults: faults as Faults<never>,
    })),
    accounts,
    requests: records.requests,
    roundTrip: schedule.roundTrip,
    lifeNumber: () => lives,
    arrive,
  });

  function awake(): Life {
    if (life && !life.isDead()) return life;
    lives += 1;
    life = beginLife(stage.start, {
      machine,
      at: (place) => void arrive(place),
      isWriteLost: () => writesToLose > 0 && writesToLose-- > 0,
      send,
      shown: note,
      logged: (words) => void texts.push(words.map(String).join(' ')),
    });
    return life;
  }

  async function ask<T>(message: object): Promise<Answer<T> | undefined> {
    planned += 1;
    const answer = (await awake().ask(message)) as Answer<T> | undefined;
    planned -= 1;
    texts.push(JSON.stringify(answer) ?? '');
    return answer;
  }

  function later(act: () => unknown, after = 0): void {
    planned += 1;
    startTimer(() => {
      planned -= 1;
      void act();
    }, after);
  }

  /** Counts it; what is due here comes to pass. */
  function arrive(place: Place): Fault[] {
    if (!isArmed) return [];
    const time = (counts.get(place) ?? 0) + 1;
    counts.set(place, time);
    const due = pending.filter((fault) => fault.place === place && fault.time === time);
    for (const fault of due) {
      pending.splice(pending.indexOf(fault), 1);
      records.injected.push({ ...fault, at: steadyNow() });
      if (fault.kind === 'write failed') writesToLose = fault.by;
      if (isOfTheWorld(fault.kind)) happen(fault);
    }
    return due.filter(({ kind }) => isOfTheWire(kind));
  }

  function happen({ kind, by, acts }: Fault): void {
    const [account] = accounts;
    const order = account?.orders[0];
    const venue = venues[0];
    if (!account || !order || !venue) return;
    const { book } = venue;
    const isOpen = book.find(order.id)?.status === 'open';
    switch (kind) {
      case 'browser killed':
        machine.session.clear();
        machine.alarms.clearAll();
        life?.kill();
        return later(awake, by);
      case 'worker killed':
        life?.kill();
        return later(awake, by);
      case 'locked':
        unlockAt = steadyNow() + by;
        return later(() => ask({ kind: 'lock' }));
      case 'account removed':
        return later(async () => {
          const answer = await ask({ kind: 'remove-account', accountId: account.id });
          if (answer?.ok) account.removedAt ??= steadyNow();
        });
      case 'wished for twice':
        return later(() => wishFor(acts ? 'by client order id' : 'one', account));
      case 'Cancel all over it':
        return later(() => wishFor('all', account));
      case 'filled in the race':
        if (!isOpen) return;
        book.fill(order.id);
        return void records.endedElsewhere.set(order.id, steadyNow());
      case 'filled in part in the race':
        if (isOpen) book.fill(order.id, '0.05');
        return;
      case 'cancelled elsewhere in the race':
        if (!isOpen) return;
        book.cancel(order.id);
        return void records.endedElsewhere.set(order.id, steadyNow());
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

  /** Pages see this now. */
  function note(values: Readonly<Record<string, unknown>>): void {
    for (const [key, text] of Object.entries(values)) {
      if (key !== 'vault.unlocked') texts.push(String(text));
      const id = /^view\.cancellation\.(.+)$/.exec(key)?.[1];
      if (id === undefined || typeof text !== 'string') continue;
      const cancellation = { id, ...(JSON.parse(text) as object) } as Cancellation;
      const { ref } = cancellation;
      const account = accounts.find((each) => each.id === ref.accountId);
      const placed = account?.orders.find(
        (each) =>
          each.id.toLowerCase() === ref.orderId?.toLowerCase() ||
          (ref.clientOrderId !== undefined && each.clientOrderId === ref.clientOrderId),
      );
      records.shown.push({
        at: steadyNow(),
        life: lives,
        cancellation,
        order: placed && account?.bookOf(placed.id),
        endedElsewhereAt: placed && records.endedElsewhere.get(placed.id),
      });
    }
  }

  async function addAccount(name: SandboxVenueName, index: number): Promise<void> {
    const venue = venues[index];
    if (!venue) return;
    const { book, keys, url } = venue;
    venue.faults.clear();
    venue.limits.reset();
    venue.limits.enabled = forTests(name).limits !== false;
    venue.requests.clear();
    venue.clock.skewMs = 0;
    book.clear();
    const { key, secret } = (keys as KeyRing<never>).add();
    const { order, symbols } = forTests(name);
    const stop = { method: 'stop-limit', stopPrice: order.price } as const;
    const orders = [0, 1, 2, 3, 4].flatMap((number) => {
      const isStop = number === 4;
      if (isStop && !(schedule.hasStop && forTests(name).hasStops)) return [];
      return book.place({
        ...order,
        ...(isStop && stop),
        symbol: number < 3 ? symbols[0] : symbols[1],
        // Some venues have numbers alone for it.
        clientOrderId: `7700${index}${number}`,
        ageMs: 60_000 + number,
      });
    });
    const answer = await ask<{ accountId: AccountId }>({
      kind: 'save-account',
      venue: name,
      label: name,
      environment: 'sandbox',
      sandboxUrl: url,
      apiKey: key,
      apiSecret: secret,
    });
    if (!answer?.ok) throw new Error(`The account was not saved: ${JSON.stringify(answer)}`);
    const { accountId: id } = answer.value;
    const bookOf = (orderId: string) => book.find(orderId);
    accounts.push({ id, venue: name, key, secret, orders, bookOf, removedAt: undefined });
  }

  async function wishFor(kind: Schedule['wish'], account: AccountRecord): Promise<void> {
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
    }>(messageFor(kind, accountId, meant));
    if (!answer) return;
    wish.answer = answer.ok ? 'taken' : answer.error.code;
    if (!answer.ok) return;
    const { cancellationId, cancellationIds = [] } = answer.value ?? {};
    wish.ids = [...cancellationIds, ...(cancellationId ? [cancellationId] : [])];
  }

  const view = (): View | undefined => viewIn(machine.session.get(null));

  /** Whether nothing is under way any more; the user opens what has locked. */
  async function isSettled(): Promise<boolean> {
    const seen = view();
    if (seen?.vault.state === 'locked' && steadyNow() >= unlockAt && !isUnlocking) {
      isUnlocking = true;
      void ask({ kind: 'unlock', passphrase }).finally(() => (isUnlocking = false));
    }
    if (planned > 0 || seen?.vault.state !== 'unlocked' || (life?.isDead() ?? true)) return false;
    const isSweeping = seen.sweeps.some(({ accounts: parts }) =>
      parts.some(({ phase }) => phase === 'cancelling' || phase === 'sweeping'),
    );
    return !isSweeping && (await countUnfinished(machine.factory)) === 0;
  }

  /** As a user does who finds it locked: its time has run out, or the clock was set back. */
  async function readHistory(): Promise<Records['history']> {
    const first = await ask<{ rows: Records['history'] }>({ kind: 'history' });
    if (first?.ok) return first.value.rows;
    await ask({ kind: 'unlock', passphrase });
    const second = await ask<{ rows: Records['history'] }>({ kind: 'history' });
    return second?.ok ? second.value.rows : undefined;
  }

  try {
    await driven(ask({ kind: 'create-vault', passphrase }));
    for (const [index, name] of schedule.venues.entries()) await driven(addAccount(name, index));
    await pass(1000 + 4 * schedule.roundTrip);
    const [account] = accounts;
    const order = account?.orders[0];
    if (!account || !order) throw new Error('There is nothing to cancel');
    if (schedule.before === 'filled') venues[0]?.book.fill(order.id);
    if (schedule.before === 'cancelled') venues[0]?.book.cancel(order.id);
    if (schedule.before !== 'open') records.endedElsewhere.set(order.id, steadyNow());
    // A venue that tells whole seconds shall not put it into the same one as the wish.
    await pass(2000);

    isArmed = true;
    void wishFor(schedule.wish, account);
    for (let step = 100; steadyNow() < longest; step = Math.min(step * 1.3, 5000)) {
      await pass(step);
      if (!(await driven(isSettled()))) continue;
      records.settledAt = steadyNow();
      break;
    }
    isArmed = false;
    await pass(aftermath);
    records.history = await driven(readHistory());
    records.sweeps = view()?.sweeps ?? [];
    return records;
  } finally {
    isArmed = false;
    life?.kill();
    await pass(0);
    for (const [index, { key }] of accounts.entries()) venues[index]?.keys.remove(key);
  }
}

type Answer<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: { readonly code: string } };

function messageFor(kind: Schedule['wish'], accountId: AccountId, orders: readonly BookOrder[]) {
  const { id = '', clientOrderId = '', symbol } = orders[0] ?? {};
  switch (kind) {
    case 'one':
      return { kind: 'cancel', accountId, idKind: 'order-id', id };
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

/** What is waited for, while time passes. */
async function driven<T>(asked: Promise<T>): Promise<T> {
  const state = { isDone: false };
  void asked.then(
    () => void (state.isDone = true),
    () => void (state.isDone = true),
  );
  for (let tries = 0; !state.isDone; tries++) {
    if (tries > 5000) throw new Error('A page was never answered');
    await pass(10);
  }
  return asked;
}

/** By the journal's own mark, which is not sealed. */
function countUnfinished(factory: IDBFactory): Promise<number> {
  return new Promise((resolve, reject) => {
    const opening = factory.open('pullcord');
    opening.addEventListener('error', () => reject(new Error('The database does not open')));
    opening.addEventListener('success', () => {
      const database = opening.result;
      const table = database.transaction('cancellations').objectStore('cancellations');
      const counting = table.index('unfinished').count();
      counting.addEventListener('success', () => {
        database.close();
        resolve(counting.result);
      });
    });
  });
}
