import { defaultSettings, type Settings } from '#lib/domain/settings.ts';
import { UserError } from '#lib/domain/user-error.ts';
import type { Damage } from '#lib/worker/store/damage.ts';
import { setMark } from '#lib/worker/store/mark.ts';
import { sealedStore, type SealedStore } from '#lib/worker/store/sealed-store.ts';
import {
  addVault,
  findVault,
  vaultPresence,
  type VaultPresence,
} from '#lib/worker/store/vault-record.ts';
import { expectGoodPassphrase } from '#lib/worker/vault/passphrase.ts';
import { createSealer, type Sealer } from '#lib/worker/vault/sealing.ts';
import {
  type findKey,
  dropKey,
  expiryOf,
  hasExpired,
  keepKey,
  renewKey,
} from '#lib/worker/vault/kept-key.ts';
import { createVaultKey, importVaultKey, openVaultKey } from '#lib/worker/vault/vault-key.ts';
import type { Publisher } from '#lib/worker/publish/publisher.ts';
import {
  setAutoLockAlarm,
  setReadingAlarm,
  setUnfinishedAlarm,
} from '#lib/worker/browser/alarms.ts';
import { afterStart } from './after-sending.ts';
import { createTurns } from './in-turn.ts';
import { createAfterLock } from './after-lock.ts';
import type { ClickPath } from './click-path.ts';
import type { Unlocked } from './unlocked.ts';
import { t } from '#lib/words/text.ts';

/**
 * How far the written expiry may lag behind the real one, in milliseconds. Writing it at every act would put two calls of
 * the browser in the way of each click. In this life of the worker the lock falls at the real time; in the next one, so
 * much sooner at most, and never later.
 */
const renewalLag = 10_000;

/** The one path by which the vault opens and locks. */
export interface VaultSession {
  create(passphrase: string): Promise<void>;
  unlock(passphrase: string): Promise<void>;
  lock(): Promise<void>;
  /** Locks if the time has run out; what the alarm calls. */
  lockIfExpired(): Promise<void>;
  changeSettings(change: Partial<Settings>): Promise<void>;
  /** The user has been told what does not open: it counts no more. */
  acceptDamage(): Promise<void>;
  /** Rejects with the sentence that it is locked, unless the vault is open and its time has not run out. */
  expectUnlocked(): Promise<Unlocked>;
  /** What is open now, whatever the time is. */
  opened(): Unlocked | undefined;
  /** A cancellation has come to another state; after a lock the pages' number of them follows. */
  noteCancellation(): void;
  /** An act of the user: the auto-lock is put off. Cheap: it is written down once in a while only. */
  renew(): Promise<void>;
}

interface VaultNeeds {
  readonly publisher: Publisher;
  readonly damage: Damage;
  /** What a click needs of the open vault. */
  readonly openPath: (sealer: Sealer) => ClickPath;
  /** What can be done with it, around that. */
  readonly openUnlocked: (path: ClickPath) => Promise<Unlocked>;
  /** The passphrase has just been given: pages get what they do not need while a worker is woken. */
  readonly onUnlock: () => Promise<void>;
}

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

/** What the last life has left open. */
export interface KeptOpen {
  readonly kept: NonNullable<ReturnType<typeof findKey>>;
  readonly path: ClickPath;
}

/**
 * `start` goes on with what the last life has left; to be awaited before anything else is asked for.
 *
 * What opens and locks the vault, and what writes its key, is done in turn. A lock takes hold at once, before its turn:
 * nothing is taken any more, and it voids every unlock that was asked for before it, however long that one derives or opens.
 * What is not a transition (is it open, has its time run out?) waits for no turn.
 */
export function createVaultSession({
  publisher,
  damage,
  openPath,
  openUnlocked,
  onUnlock,
}: VaultNeeds): VaultSession & { start(left: KeptOpen | undefined): Promise<void> } {
  let open: Open | undefined;
  /** How many locks have been asked for. */
  let locks = 0;
  /** The latest time that the clock has shown while it was open. */
  let seenAt = 0;
  const inTurn = createTurns();
  const afterLock = createAfterLock(publisher);

  /** In its turn. `asked`: the count of locks when it was asked for. `bytes`: of a key that is not kept yet. */
  async function enter(
    sealer: Sealer,
    asked: number,
    key: KeptOpen['kept'] | { readonly bytes: Uint8Array<ArrayBuffer> },
    path?: ClickPath,
  ): Promise<void> {
    const store = sealedStore<Partial<Settings>>('settings', sealer, (id) =>
      damage.note('settings', id),
    );
    // What still finishes is taken up in this very moment: its end must not halt it while the rest is awaited.
    const [opening, reading] = await Promise.allSettled([
      afterLock.takeUp() ?? openAnew(path ?? openPath(sealer)),
      store.get('settings'),
    ]);
    if (opening.status === 'rejected') throw opening.reason;
    const unlocked = opening.value;
    try {
      if (reading.status === 'rejected') throw reading.reason;
      const settings = { ...defaultSettings, ...reading.value };
      expectNoLockSince(asked);
      const isKept = 'writtenAt' in key;
      seenAt = isKept ? key.writtenAt : Date.now();
      const expiresAt = isKept
        ? key.expiresAt
        : await keepKey(key.bytes, settings.autoLock, seenAt);
      // The lock that came meanwhile takes the key away in its turn.
      expectNoLockSince(asked);
      open = { unlocked, settings, store, expiresAt, writtenExpiry: expiresAt };
    } catch (error) {
      afterLock.finish(unlocked);
      throw error;
    }
    publisher.set('vault', { state: 'unlocked' });
    publisher.set('settings', open.settings);
    publisher.show();
    unlocked.streams.keepLive(open.settings.keepLive);
  }

  function openAnew(path: ClickPath): Promise<Unlocked> {
    damage.clear();
    return openUnlocked(path);
  }

  function expectNoLockSince(asked: number): void {
    if (locks === asked) return;
    throw new UserError('locked', t('error.locked_meanwhile'));
  }

  /** The passphrase has just been given. Tells whether that opened it: another page may have been faster. */
  async function enterAnew(bytes: Uint8Array<ArrayBuffer>, asked: number): Promise<boolean> {
    try {
      expectNoLockSince(asked);
      if (open && hasTimeRunOut(open)) shut();
      if (open) return false;
      const sealer = createSealer(await importVaultKey(bytes));
      await enter(sealer, asked, { bytes });
      await Promise.all([setAlarm(), setReading()]);
      return true;
    } finally {
      bytes.fill(0);
    }
  }

  function hasTimeRunOut({ expiresAt }: Open): boolean {
    const now = Date.now();
    const isOver = hasExpired({ expiresAt }, seenAt, now);
    seenAt = Math.max(seenAt, now);
    return isOver;
  }

  /** Who has just given the passphrase finds all of it there. */
  async function welcome(): Promise<void> {
    await onUnlock();
    await publisher.written();
  }

  /** It only makes the lock punctual. */
  function setAlarm(): Promise<void> {
    return setAutoLockAlarm(open?.expiresAt ?? null).catch(() => undefined);
  }

  /** Nothing is read while it is locked. */
  function setReading(): Promise<void> {
    const every = open?.settings.readEvery ?? 'off';
    return setReadingAlarm(every === 'off' ? undefined : every).catch(() => undefined);
  }

  function writeExpiry(): Promise<void> {
    return inTurn(async () => {
      if (!open) return;
      const { expiresAt } = open;
      // Where it fails the lock comes sooner in the next life.
      const isWritten = await renewKey(expiresAt, seenAt).then(
        () => true,
        () => false,
      );
      if (!isWritten || !open) return;
      open = { ...open, writtenExpiry: expiresAt };
      await setAlarm();
    });
  }

  /** At once: from here on nothing is taken, and pages see nothing. */
  function shut(): void {
    if (open) {
      afterLock.finish(open.unlocked);
      open = undefined;
      publisher.set('vault', { state: 'locked' });
    }
    publisher.hide();
  }

  /** In its turn, behind a `shut`. */
  async function removeKey(): Promise<void> {
    // Its time had run out while the passphrase was given anew.
    if (open) return;
    await dropKey();
    await Promise.all([setAlarm(), setReading()]);
    await afterLock.showWaiting();
    await publisher.written();
  }

  /** What pages see while it is not open. */
  function showShut(presence: VaultPresence): void {
    if (!open) publisher.set('vault', { state: presence === 'there' ? 'locked' : presence });
  }

  async function lockIfLost(presence: VaultPresence): Promise<void> {
    if (presence === 'there') return;
    await lock();
    showShut(presence);
  }

  function lock(): Promise<void> {
    locks++;
    shut();
    return inTurn(removeKey);
  }

  const session = {
    async start(left: KeptOpen | undefined) {
      if (left) {
        await inTurn(() => enter(left.path.sealer, locks, left.kept, left.path));
        // A click may be waiting for this.
        afterStart(() => {
          void inTurn(setAlarm);
          void inTurn(setReading);
          // What is saved under a key without its vault could never be opened again.
          void vaultPresence()
            .then(lockIfLost)
            .catch(() => undefined);
        });
        return;
      }
      const found = await vaultPresence();
      showShut(found);
      // A vault of an earlier version has none. A worker that is woken by a click has no time for it.
      if (found === 'there') void setMark().catch(() => undefined);
      setUnfinishedAlarm(false);
      await lock();
    },

    async create(passphrase: string) {
      const asked = locks;
      expectGoodPassphrase(passphrase);
      const { record, bytes } = await createVaultKey(passphrase);
      await inTurn(async () => {
        await addVault(record);
        await enterAnew(bytes, asked).catch((error: unknown) => {
          publisher.set('vault', { state: 'locked' });
          throw error;
        });
      });
      await welcome();
    },

    async unlock(passphrase: string) {
      const asked = locks;
      const record = await findVault();
      if (!record) {
        showShut(await vaultPresence());
        throw new UserError('no-vault', t('error.no_vault'));
      }
      const bytes = await openVaultKey(passphrase, record);
      if (await inTurn(() => enterAnew(bytes, asked))) await welcome();
    },

    lock,

    async lockIfExpired() {
      if (!open) return;
      if (hasTimeRunOut(open)) {
        shut();
        await inTurn(removeKey);
      }
      // The alarm came at the time as written; there is more. A click does not wait for it.
      else if (hasExpired({ expiresAt: open.writtenExpiry }, seenAt, seenAt)) void writeExpiry();
    },

    async changeSettings(change: Partial<Settings>) {
      await session.expectUnlocked();
      if (!open) return;
      const settings = { ...open.settings, ...change };
      await open.store.put('settings', settings);
      open = { ...open, settings };
      damage.forget('settings');
      publisher.set('settings', settings);
      open.unlocked.streams.keepLive(settings.keepLive);
      await inTurn(setReading);
      await session.renew();
    },

    async acceptDamage() {
      const unlocked = await session.expectUnlocked();
      if (damage.ids('settings').length > 0) await session.changeSettings({});
      await unlocked.dropDamaged();
    },

    async expectUnlocked() {
      await session.lockIfExpired();
      if (open) return open.unlocked;
      throw new UserError('locked', t('error.locked'));
    },

    opened: () => open?.unlocked,

    noteCancellation: () => afterLock.note(),

    async renew() {
      if (!open) return;
      const { settings, writtenExpiry } = open;
      const now = Date.now();
      const expiresAt = expiryOf(settings.autoLock, now);
      seenAt = Math.max(seenAt, now);
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
  return session;
}
