import { setTimeout as wait } from 'node:timers/promises';
import type { Cancellation, CancellationId } from '#lib/domain/cancellation.ts';
import { viewIn } from '#lib/protocol/stored-view.ts';
import type { View } from '#lib/protocol/view.ts';
import { addAccount } from '#tests/faults/account.ts';
import type { Place } from '#tests/faults/machine.ts';
import { passphrase } from '#tests/faults/user.ts';
import { forTests, startSandbox } from '#tests/sandbox/sandbox.ts';
import type { Faults } from '#tests/sandbox/shared/faults.ts';
import type { Browser } from './browser.ts';
import type { Told } from './eyes.ts';
import { openGateway } from './gateway.ts';
import { happen } from './happen.ts';
import { bookAt, type BrowserRecords } from './records.ts';
import { isOfTheWorld, type BrowserFault, type BrowserSchedule } from './schedule.ts';
import { createTabs, type Answer } from './tabs.ts';
import { createUser, meantBy } from './user.ts';

/** By then every wish has ended, or it never will: no fault here keeps anything for longer. */
const longest = 120_000;
/** What may still come of it is waited for, and must change nothing. */
const aftermath = 700;

/** One run: a user, a real browser, a venue, and what goes wrong between them. Time is real. */
export async function runInBrowser(
  schedule: BrowserSchedule,
  browser: Browser,
): Promise<BrowserRecords> {
  const began = Date.now();
  const now = () => Date.now() - began;
  const sandbox = await startSandbox({ [schedule.venue]: { seed: false } });
  const venue = { ...sandbox.venues[schedule.venue], name: schedule.venue };
  const records = emptyRecords(schedule);
  const { accounts, books, requests, shown, texts, wishes } = records;
  const pending = [...schedule.faults];
  const counts = new Map<Place, number>();
  /** Wishes by the page and its count of them. */
  const asked = new Map<string, BrowserRecords['wishes'][number]>();
  let isArmed = false;
  let life = 1;
  /** What the user, or what goes wrong, is still doing. */
  let busy = 0;
  const during = async (task: Promise<unknown>) => {
    busy += 1;
    await task.catch((error: unknown) => void records.breaks.push(String(error)));
    busy -= 1;
  };

  venue.book.onChange((order) => void books.push({ at: now(), order }));
  const gateway = await openGateway({
    venue: { url: venue.url, reach: venue.reach, faults: venue.faults as Faults<never> },
    pushes: schedule.pushes,
    account: () => accounts[0],
    requests,
    now,
    lifeNumber: () => life,
    arrive,
  });
  const tabs = createTabs({
    browser,
    hasSecond: schedule.faults.some(
      ({ kind }) => kind === 'everybody at once' || kind === 'Cancel all over it',
    ),
    hear,
    said: (text) => void texts.push(text),
    broke: (text) => void records.breaks.push(text),
  });

  /** Counts it; what is due here comes to pass. */
  function arrive(place: Place): BrowserFault[] {
    if (!isArmed) return [];
    const time = (counts.get(place) ?? 0) + 1;
    counts.set(place, time);
    const due = pending.filter((fault) => fault.place === place && fault.time === time);
    for (const fault of due) {
      pending.splice(pending.indexOf(fault), 1);
      records.injected.push({ ...fault, at: now() });
      if (isOfTheWorld(fault.kind)) void during(act(fault));
    }
    return due.filter(({ kind }) => !isOfTheWorld(kind));
  }

  async function act(fault: BrowserFault): Promise<void> {
    const [account] = accounts;
    if (!account) return;
    const { book } = venue;
    await happen(fault, {
      account,
      book,
      browser,
      gateway,
      tabs,
      user: userOf(),
      records,
      now,
      lifeEnds,
      unlock,
    });
  }

  const userOf = () => {
    const [account] = accounts;
    if (!account) throw new Error('There is no account');
    return createUser({ account, browser, tabs, records, now });
  };

  async function lifeEnds(by: () => Promise<void>): Promise<void> {
    // What the dying one still does is neither the last's nor the next's.
    life += 0.5;
    await by();
    life += 0.5;
  }

  function hear(from: string, told: Told): void {
    const at = told.at - began;
    switch (told.kind) {
      case 'view':
        if (from === 'control') note(told.changes, at);
        return;
      case 'screen':
        texts.push(told.text);
        records.screens.push({ at, rows: told.rows.filter(([, status]) => status !== '') });
        return;
      case 'asked': {
        const [account] = accounts;
        if (!account) return;
        const orders = meantBy(told.message, account);
        const wish = { at, account, orders, answer: 'none', ids: [] };
        wishes.push(wish);
        asked.set(`${from} ${told.number}`, wish);
        arrive('write');
        return;
      }
      case 'answered':
        settle(`${from} ${told.number}`, told.answer);
        arrive('written');
    }
  }

  function settle(ask: string, given: unknown): void {
    const wish = asked.get(ask);
    const answer = given as
      | Answer<{ cancellationId?: CancellationId; cancellationIds?: CancellationId[] } | undefined>
      | undefined;
    texts.push(JSON.stringify(given) ?? '');
    if (!wish || !answer) return;
    wish.answer = answer.ok ? 'taken' : answer.error.code;
    if (!answer.ok) return;
    const { cancellationId, cancellationIds = [] } = answer.value ?? {};
    wish.ids = [...cancellationIds, ...(cancellationId ? [cancellationId] : [])];
  }

  /** Pages were told this at that moment. */
  function note(changes: Readonly<Record<string, string | undefined>>, at: number): void {
    const [account] = accounts;
    for (const [key, text] of Object.entries(changes)) {
      texts.push(text ?? '');
      const id = /^view\.cancellation\.(.+)$/.exec(key)?.[1];
      if (id === undefined || text === undefined) continue;
      const cancellation = { id, ...(JSON.parse(text) as object) } as Cancellation;
      const { orderId, clientOrderId } = cancellation.ref;
      const placed = account?.orders.find(
        (each) =>
          each.id.toLowerCase() === orderId?.toLowerCase() ||
          (clientOrderId !== undefined && each.clientOrderId === clientOrderId),
      );
      const endedAt = placed && records.endedElsewhere.get(placed.id);
      shown.push({
        at,
        life,
        cancellation,
        order: placed && bookAt(books, placed.id, at),
        endedElsewhereAt: endedAt !== undefined && endedAt <= at ? endedAt : undefined,
      });
      arrive('shown');
    }
  }

  /** Once at a time, and as often as it takes. */
  let unlocking: Promise<void> | undefined;
  function unlock(): Promise<void> {
    unlocking ??= tabs
      .unlock()
      .catch(() => undefined)
      .finally(() => (unlocking = undefined));
    return unlocking;
  }

  const readView = async (): Promise<View | undefined> => viewIn(await tabs.readView());

  async function isSettled(): Promise<boolean> {
    if (busy > 0) return false;
    const view = await readView();
    if (view?.vault.state === 'locked') await unlock();
    if (view?.vault.state !== 'unlocked') return false;
    const isSweeping = view.sweeps.some(({ accounts: parts }) =>
      parts.some(({ phase }) => phase === 'cancelling' || phase === 'sweeping'),
    );
    return !isSweeping && (await tabs.countUnfinished()) === 0 && busy === 0;
  }

  async function prepare(): Promise<void> {
    const { ask } = tabs;
    await tabs.open();
    await ask({ kind: 'create-vault', passphrase });
    const account = await addAccount(tabs, { ...venue, url: gateway.url }, 0, schedule.hasStop);
    accounts.push(account);
    for (const popup of new Set([tabs.popup(), tabs.second()])) {
      for (const { id } of account.orders) await popup.row(id).waitFor();
      await popup.page.waitForFunction(() => !document.querySelector('[data-fresh]'));
    }
    if (!schedule.pushes || !hasStream(schedule)) return;
    for (let tries = 0; tries < 50; tries++) {
      if ((await readView())?.streams[account.id] === 'live') return;
      await wait(100);
    }
    throw new Error('The stream of orders was never live');
  }

  /** The history as it stands on the screen. */
  async function readPast(): Promise<void> {
    const list = await tabs.popup().showHistory();
    if (records.history?.length) await list.getByRole('listitem').first().waitFor();
    for (const item of await list.getByRole('listitem').all()) {
      const id = (await item.getAttribute('data-id')) ?? '';
      records.past.set(id, await item.getByRole('strong').first().innerText());
    }
  }

  try {
    await prepare();
    records.readyAfter = now();
    isArmed = true;
    await during(userOf().wishFor(schedule.wish));
    while (records.settledAt === undefined && now() < records.readyAfter + longest) {
      await wait(150);
      if (!(await isSettled())) continue;
      const at = now();
      await wait(aftermath);
      if (await isSettled()) records.settledAt = at;
    }
    isArmed = false;
    const history = await tabs.ask<{ rows: BrowserRecords['history'] }>({ kind: 'history' });
    records.history = history?.ok ? history.value.rows : undefined;
    records.sweeps = (await readView())?.sweeps ?? [];
    // Without any account the popup has no history to show.
    if (accounts[0]?.removedAt === undefined) await readPast();
    return records;
  } finally {
    isArmed = false;
    tabs.leave();
    await gateway.stop();
    await sandbox.stop();
  }
}

const hasStream = ({ venue }: BrowserSchedule) =>
  (forTests(venue).streams ?? forTests(venue).sockets) !== undefined;

function emptyRecords(browserSchedule: BrowserSchedule): BrowserRecords {
  const { seed, venue, faults } = browserSchedule;
  return {
    schedule: { seed, venues: [venue], faults },
    browserSchedule,
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
    screens: [],
    books: [],
    past: new Map(),
    breaks: [],
    readyAfter: 0,
  };
}
