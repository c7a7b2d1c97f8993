import { UserError } from '#lib/domain/user-error.ts';
import { createDamage, type Damage } from '#lib/worker/store/damage.ts';
import { database } from '#lib/worker/store/database.ts';
import { findKey } from '#lib/worker/vault/kept-key.ts';
import type { Transport } from '#lib/worker/network/transport.ts';
import { readLeftBehind, readLeftItems } from '#lib/worker/browser/session-item.ts';
import { restorePulse } from '#lib/worker/cancel/pulse.ts';
import { restoreClocks } from '#lib/worker/network/kept-clocks.ts';
import { restoreLanes } from '#lib/worker/lanes/kept-lanes.ts';
import { isTrouble } from '#lib/domain/standing.ts';
import { createPublisher, type Publisher } from '#lib/worker/publish/publisher.ts';
import type { AccountId } from '#lib/domain/account.ts';
import type { DamageView, Destination, Unreadable, View } from '#lib/protocol/view.ts';
import { setKeepLiveAlarm, setUnfinishedAlarm } from '#lib/worker/browser/alarms.ts';
import { createBadge } from '#lib/worker/browser/badge.ts';
import { createLookups, type Lookups } from '#lib/worker/lookups/lookups.ts';
import { showMenuOn } from '#lib/worker/browser/menus.ts';
import { createNotices } from '#lib/worker/notices/notices.ts';
import { setOriginRule } from '#lib/worker/browser/origin-rule.ts';
import { isPopupOpen, openLookupWindow, openPopup } from '#lib/worker/browser/open-pages.ts';
import { readSites } from '#lib/worker/browser/sites.ts';
import { showNotice } from '#lib/worker/browser/system-notices.ts';
import { createSealer, type Sealer } from '#lib/worker/vault/sealing.ts';
import { importVaultKey } from '#lib/worker/vault/vault-key.ts';
import { createClickPath } from './click-path.ts';
import { createFirstClicks, type FirstClicks } from './first-clicks.ts';
import { afterStart } from './after-sending.ts';
import { openUnlocked } from './unlocked.ts';
import { createVaultSession, type VaultSession } from './vault-session.ts';

/** The worker from its start on. */
export interface Worker {
  readonly vault: VaultSession;
  readonly view: View;
  /** Wishes from outside the popup. */
  readonly lookups: Lookups;
  /** Opens the popup, there. */
  openAt(destination: Destination): Promise<void>;
  /** Opens the popup where what a notification told of is to be seen. */
  openNotice(id: string): Promise<void>;
  /** The popup is where it was to go. */
  arrived(at: number): Promise<void>;
  /** A page of ours has opened: what is told of orders is of use, where the vault is open. */
  used(): Promise<void>;
  /** What the alarm calls that wakes the worker while streams are to be open: its start has opened them, where that still holds. */
  keepLive(): Promise<void>;
  /** Reads what is open, where the vault is. */
  refreshIfUnlocked(): Promise<void>;
  /** Reads the accounts whose turn it is, where the vault is open. */
  readDueIfUnlocked(): Promise<void>;
  /** Shows pages and menu on which sites ids are found. */
  showSites(): Promise<void>;
}

/** A start, and what can be had of it before it is through. */
export interface Start {
  readonly clicks: FirstClicks;
  /** Resolves when the view is written and what was unfinished is taken up. */
  readonly worker: Promise<Worker>;
  /** Somebody waits for the worker. */
  readonly hurry: () => void;
}

/** What a click waits for comes first, and the rest once its request is out. */
export function startWorker(transport: Transport): Start {
  void database().catch(() => undefined);
  const basis = readBasis(transport);
  const clicks = createFirstClicks(basis.then(({ left }) => left));
  const { promise: wanted, resolve: hurry } = Promise.withResolvers<void>();
  // What has woken the worker is told once its script has run; where it is no click, nothing need wait for one.
  afterStart(hurry);
  const worker = startRest(transport, basis, wanted, clicks);
  return { clicks, worker, hurry };
}

/** What has been learnt of the venues, and what is open since the last life. */
async function readBasis(transport: Transport) {
  const items = await readLeftItems();
  void setOriginRule(items);
  const show: { publisher?: Publisher } = {};
  const damage = createDamage(() => show.publisher?.set('damage', damageView(damage)));
  const pulse = restorePulse(items);
  const lanes = restoreLanes(items);
  const openPath = (sealer: Sealer) =>
    createClickPath(sealer, {
      transport,
      clocks,
      lanes,
      pulse,
      damage,
      showAccounts: (accounts) => show.publisher?.set('accounts', accounts),
      showSeen: (seen) => show.publisher?.set('seen', seen),
    });
  const clocks = restoreClocks(items);
  const kept = findKey(items, Date.now());
  const key = kept && (await importVaultKey(kept.bytes));
  kept?.bytes.fill(0);
  const left = kept && key && { kept, path: openPath(createSealer(key)) };
  return { show, damage, pulse, lanes, openPath, left };
}

async function startRest(
  transport: Transport,
  basis: ReturnType<typeof readBasis>,
  wanted: Promise<void>,
  clicks: FirstClicks,
): Promise<Worker> {
  const { show, damage, pulse, lanes, openPath, left } = await basis;
  await wanted;
  await clicks.out();
  const publisher = createPublisher(await readLeftBehind());
  show.publisher = publisher;
  publisher.follow(createBadge(publisher.view));
  const notices = createNotices({ view: publisher.view, show: showNotice, isPopupOpen });

  const vault = createVaultSession({
    publisher,
    damage,
    openPath,
    openUnlocked: (path) =>
      openUnlocked(
        path,
        { publisher, damage, transport, lanes, aliveAt: pulse.last(), isPopupOpen },
        {
          onUnfinished: setUnfinishedAlarm,
          onKeptLive: setKeepLiveAlarm,
          onCancellation(cancellation) {
            notices.note(cancellation);
            vault.noteCancellation();
          },
          onSweeps: notices.noteSweeps,
        },
      ).catch((error: unknown) => {
        path.stop();
        throw error;
      }),
    async onUnlock() {
      vault.opened()?.streams.use();
      publisher.set('sites', await readSites().catch(() => []));
      void lookups.resume();
    },
  });

  const lookups = createLookups({
    view: publisher.view,
    publish: (all) => publisher.set('lookups', all),
    async unlocked() {
      await vault.lockIfExpired();
      void vault.renew();
      return vault.opened();
    },
    openWindow: openLookupWindow,
  });

  const worker: Worker = {
    vault,
    view: publisher.view,
    lookups,

    async openAt(destination) {
      publisher.set('destination', destination);
      await openPopup();
    },

    async openNotice(id) {
      await vault.lockIfExpired();
      const ours = Object.values(publisher.view.cancellations).filter(({ act }) => act?.id === id);
      const rows =
        ours.length > 0
          ? []
          : await vault.opened()?.history(1, undefined, ({ act }) => act?.id === id);
      const found = ours.find(isTrouble) ?? ours[0] ?? rows?.[0]?.cancellation;
      if (found) await worker.openAt({ kind: 'cancellation', id: found.id, at: Date.now() });
      else await openPopup();
    },

    async arrived(at) {
      // Another may have been asked for meanwhile.
      if ((publisher.view.destination?.at ?? 0) <= at) publisher.set('destination', null);
    },

    async used() {
      await vault.lockIfExpired();
      vault.opened()?.streams.use();
    },

    async keepLive() {
      await vault.lockIfExpired();
      if (!publisher.view.settings.keepLive || !vault.opened()) setKeepLiveAlarm(false);
    },

    async refreshIfUnlocked() {
      await vault.lockIfExpired();
      await vault.opened()?.refresh();
    },

    async readDueIfUnlocked() {
      await vault.lockIfExpired();
      vault.opened()?.readDue();
    },

    async showSites() {
      const sites = await readSites();
      publisher.set('sites', sites);
      await showMenuOn(sites);
    },
  };

  try {
    await vault.start(left);
  } catch (error) {
    // Pages and whoever asked are told; the next request tries it again, and a start that succeeds shows all of it.
    publisher.hide();
    publisher.set('vault', { state: whyOf(error) });
    await publisher.written();
    throw error;
  } finally {
    clicks.close();
  }
  return worker;
}

function whyOf(error: unknown): Unreadable {
  const code = error instanceof UserError && error.code;
  if (code === 'database-newer') return 'newer';
  return code === 'database-blocked' ? 'blocked' : 'unreadable';
}

function damageView(damage: Damage): DamageView {
  return {
    settings: damage.ids('settings').length > 0,
    accounts: damage.ids('accounts') as readonly string[] as readonly AccountId[],
    sweeps: damage.ids('sweeps').length,
    cancellations: damage.ids('cancellations').length,
  };
}
