import { defaultSettings, type Settings } from '../domain/settings.ts';
import { UserError } from '../domain/user-error.ts';
import { database } from '../store/database.ts';
import { sealedStore, type SealedStore } from '../store/sealed-store.ts';
import { expectGoodPassphrase } from '../vault/passphrase.ts';
import { createSealer } from '../vault/sealing.ts';
import {
  dropKey,
  expiryOf,
  findKey,
  hasExpired,
  keepKey,
  renewKey,
} from '../vault/unlocked-key.ts';
import { createVaultKey, importVaultKey, openVaultKey } from '../vault/vault-key.ts';
import { restoreClocks } from './clocks.ts';
import { restoreLanes } from './lanes.ts';
import { isTrouble } from '../view/notice-words.ts';
import { createPublisher } from '../view/publisher.ts';
import type { Destination, View } from '../view/view.ts';
import { setAutoLockAlarm, setUnfinishedAlarm } from './alarms.ts';
import { createBadge } from './badge.ts';
import { createLookups, type Lookups } from './lookups.ts';
import { showMenuOn } from './menus.ts';
import { createNotices } from './notices.ts';
import { isPopupOpen, openLookupWindow, openPopup } from './open-pages.ts';
import { readSites } from './sites.ts';
import { showNotice } from './system-notices.ts';
import { openUnlocked, type Unlocked } from './unlocked.ts';

/**
 * How far the written expiry may lag behind the real one, in milliseconds. Writing it at every act would put two calls of
 * the browser in the way of each click. In this life of the worker the lock falls at the real time; in the next one, so
 * much sooner at most, and never later.
 */
const renewalLag = 10_000;
/** How long cancellations in flight may go on after a lock, in milliseconds. */
const finishingTime = 60_000;

/** The vault while it is open in this life of the worker. */
interface Open {
  readonly unlocked: Unlocked;
  readonly settings: Settings;
  readonly store: SealedStore<Partial<Settings>>;
  /** Unix milliseconds; null: when the browser closes. */
  readonly expiresAt: number | null;
  /** The expiry as it was last written, for the next life and the alarm. */
  readonly writtenExpiry: number | null;
}

/** The worker from its start on: the one path by which the vault opens and locks. */
export interface Worker {
  createVault(passphrase: string): Promise<void>;
  unlock(passphrase: string): Promise<void>;
  lock(): Promise<void>;
  /** Locks if the time has run out; what the alarm calls. */
  lockIfExpired(): Promise<void>;
  changeSettings(change: Partial<Settings>): Promise<void>;
  /** Rejects with the sentence that it is locked, unless the vault is open and its time has not run out. */
  expectUnlocked(): Promise<Unlocked>;
  readonly view: View;
  /** Wishes from outside the popup. */
  readonly lookups: Lookups;
  /** Opens the popup, there. */
  openAt(destination: Destination): Promise<void>;
  /** Opens the popup where what a notification told of is to be seen. */
  openNotice(id: string): Promise<void>;
  /** The popup is where it was to go. */
  arrived(at: number): Promise<void>;
  /** Reads what is open, where the vault is. */
  refreshIfUnlocked(): Promise<void>;
  /** Shows pages and menu on which sites ids are found. */
  showSites(): Promise<void>;
  /** An act of the user: the auto-lock is put off. Cheap: it is written down once in a while only. */
  renew(): Promise<void>;
}

/** Resolves when the view is written and what was unfinished is taken up. */
export async function startWorker(): Promise<Worker> {
  // A click may be waiting for this: what does not build on each other is read side by side.
  void database().catch(() => undefined);
  const [publisher, clocks, lanes, kept] = await Promise.all([
    createPublisher(),
    restoreClocks(),
    restoreLanes(),
    findKey(Date.now()),
  ]);
  publisher.follow(createBadge(publisher.view));
  const notices = createNotices({ view: publisher.view, show: showNotice, isPopupOpen });
  const lookups = createLookups({
    view: publisher.view,
    publish: (all) => publisher.set('lookups', all),
    async unlocked() {
      await worker.lockIfExpired();
      void worker.renew();
      return open?.unlocked;
    },
    openWindow: openLookupWindow,
  });
  let open: Open | undefined;
  let renewing = Promise.resolve(true);
  /** Locked, but what was in flight goes on for a while. */
  let finishing: { readonly unlocked: Unlocked; readonly stop: () => void } | undefined;

  async function enter(bytes: Uint8Array<ArrayBuffer>, keptUntil?: number | null): Promise<void> {
    const sealer = createSealer(await importVaultKey(bytes));
    const store = sealedStore<Partial<Settings>>('settings', sealer);
    const opening =
      finishing?.unlocked ??
      openUnlocked(sealer, publisher, clocks, lanes, {
        onUnfinished: setUnfinishedAlarm,
        onCancellation: notices.note,
        onSweeps: notices.noteSweeps,
      });
    const [unlocked, stored] = await Promise.all([opening, store.get('settings')]);
    const settings = { ...defaultSettings, ...stored };
    const isNew = keptUntil === undefined;
    const expiresAt = isNew ? await keepKey(bytes, settings.autoLock, Date.now()) : keptUntil;
    bytes.fill(0);
    const alarm = setAutoLockAlarm(expiresAt);
    finishing = undefined;
    open = { unlocked, settings, store, expiresAt, writtenExpiry: expiresAt };
    publisher.set('vault', { state: 'unlocked' });
    publisher.set('settings', settings);
    publisher.show();
    // Who has just given the passphrase finds all of it there; a worker that was woken has no time to lose.
    if (!isNew) return;
    publisher.set('sites', await readSites().catch(() => []));
    void lookups.resume();
    await Promise.all([alarm, publisher.written()]);
  }

  async function writeExpiry(): Promise<void> {
    if (!open) return;
    const { expiresAt } = open;
    // A lock waits for it, so that the key it deletes is not put back. Where it fails the lock comes sooner.
    renewing = renewKey(expiresAt).then(
      () => true,
      () => false,
    );
    if (!(await renewing) || !open) return;
    open = { ...open, writtenExpiry: expiresAt };
    await setAutoLockAlarm(expiresAt);
  }

  async function lock(): Promise<void> {
    await renewing;
    await dropKey();
    await setAutoLockAlarm(null);
    if (open) {
      finish(open.unlocked);
      publisher.set('vault', { state: 'locked' });
      open = undefined;
    }
    publisher.hide();
    await publisher.written();
  }

  function finish(unlocked: Unlocked): void {
    const stop = () => {
      clearTimeout(timer);
      // Unlocked again in the meantime: it goes on.
      if (finishing?.unlocked !== unlocked) return;
      finishing = undefined;
      unlocked.stop();
      setUnfinishedAlarm(false);
      publisher.clear();
    };
    const timer = setTimeout(stop, finishingTime);
    finishing = { unlocked, stop };
    void unlocked.idle().then(stop);
  }

  const worker: Worker = {
    async createVault(passphrase) {
      expectGoodPassphrase(passphrase);
      const db = await database();
      if (await db.get('vault', 'vault')) {
        throw new UserError(
          'vault-exists',
          'There is a vault already. Unlock it with its passphrase.',
        );
      }
      const { record, bytes } = await createVaultKey(passphrase);
      await db.add('vault', record, 'vault');
      await enter(bytes);
    },

    async unlock(passphrase) {
      const record = await (await database()).get('vault', 'vault');
      if (!record) {
        throw new UserError('no-vault', 'There is no vault yet. Create one on the options page.');
      }
      const bytes = await openVaultKey(passphrase, record);
      if (open) bytes.fill(0);
      else await enter(bytes);
    },

    lock,

    async lockIfExpired() {
      if (!open) return;
      const now = Date.now();
      if (hasExpired(open, now)) await lock();
      // The alarm came at the time as written; there is more.
      else if (hasExpired({ expiresAt: open.writtenExpiry }, now)) await writeExpiry();
    },

    async changeSettings(change) {
      await worker.expectUnlocked();
      if (!open) return;
      const settings = { ...open.settings, ...change };
      await open.store.put('settings', settings);
      open = { ...open, settings };
      publisher.set('settings', settings);
      await worker.renew();
    },

    async expectUnlocked() {
      await worker.lockIfExpired();
      if (open) return open.unlocked;
      throw new UserError(
        'locked',
        'Pullcord is locked. Unlock it with your passphrase, then try again.',
      );
    },

    view: publisher.view,
    lookups,

    async openAt(destination) {
      publisher.set('destination', destination);
      await openPopup();
    },

    async openNotice(id) {
      await worker.lockIfExpired();
      const ours = Object.values(publisher.view.cancellations).filter(({ act }) => act?.id === id);
      const rows =
        ours.length > 0
          ? []
          : await open?.unlocked.history(1, undefined, ({ act }) => act?.id === id);
      const found = ours.find(isTrouble) ?? ours[0] ?? rows?.[0]?.cancellation;
      if (found) await worker.openAt({ kind: 'cancellation', id: found.id, at: Date.now() });
      else await openPopup();
    },

    async arrived(at) {
      // Another may have been asked for meanwhile.
      if ((publisher.view.destination?.at ?? 0) <= at) publisher.set('destination', null);
    },

    async refreshIfUnlocked() {
      await worker.lockIfExpired();
      await open?.unlocked.refresh();
    },

    async showSites() {
      const sites = await readSites();
      publisher.set('sites', sites);
      await showMenuOn(sites);
    },

    async renew() {
      if (!open) return;
      const { settings, writtenExpiry } = open;
      const expiresAt = expiryOf(settings.autoLock, Date.now());
      open = { ...open, expiresAt };
      const isDue =
        expiresAt === null || writtenExpiry === null
          ? expiresAt !== writtenExpiry
          : Math.abs(expiresAt - writtenExpiry) >= renewalLag;
      if (!isDue) return;
      // Behind the request that this is an act of.
      await new Promise((resolve) => setTimeout(resolve));
      await writeExpiry();
    },
  };

  if (kept) {
    await enter(kept.bytes, kept.expiresAt);
  } else {
    const exists = await (await database()).count('vault');
    const state = exists > 0 ? 'locked' : 'none';
    publisher.set('vault', { state });
    setUnfinishedAlarm(false);
    await lock();
  }
  return worker;
}
