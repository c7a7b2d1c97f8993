import { defaultSettings, type Settings } from '../domain/settings.ts';
import { UserError } from '../domain/user-error.ts';
import { database } from '../store/database.ts';
import { sealedStore, type SealedStore } from '../store/sealed-store.ts';
import { expectGoodPassphrase } from '../vault/passphrase.ts';
import { createSealer, type Sealer } from '../vault/sealing.ts';
import type { findKey } from '../vault/unlocked-key.ts';
import { dropKey, expiryOf, hasExpired, keepKey, renewKey } from '../vault/unlocked-key.ts';
import { createVaultKey, importVaultKey, openVaultKey } from '../vault/vault-key.ts';
import type { Publisher } from '../view/publisher.ts';
import { setAutoLockAlarm, setUnfinishedAlarm } from './alarms.ts';
import type { Unlocked } from './unlocked.ts';

/**
 * How far the written expiry may lag behind the real one, in milliseconds. Writing it at every act would put two calls of
 * the browser in the way of each click. In this life of the worker the lock falls at the real time; in the next one, so
 * much sooner at most, and never later.
 */
const renewalLag = 10_000;
/** How long cancellations in flight may go on after a lock, in milliseconds. */
const finishingTime = 60_000;

/** The one path by which the vault opens and locks. */
export interface VaultSession {
  create(passphrase: string): Promise<void>;
  unlock(passphrase: string): Promise<void>;
  lock(): Promise<void>;
  /** Locks if the time has run out; what the alarm calls. */
  lockIfExpired(): Promise<void>;
  changeSettings(change: Partial<Settings>): Promise<void>;
  /** Rejects with the sentence that it is locked, unless the vault is open and its time has not run out. */
  expectUnlocked(): Promise<Unlocked>;
  /** What is open now, whatever the time is. */
  opened(): Unlocked | undefined;
  /** An act of the user: the auto-lock is put off. Cheap: it is written down once in a while only. */
  renew(): Promise<void>;
}

interface VaultWorld {
  readonly publisher: Publisher;
  /** What can be done with the open vault. */
  readonly openUnlocked: (sealer: Sealer) => Promise<Unlocked>;
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

/** The key that the last life has left. */
type KeptKey = Awaited<ReturnType<typeof findKey>>;

/** `start` goes on with what the last life has left; to be awaited before anything else is asked for. */
export function createVaultSession({
  publisher,
  openUnlocked,
  onUnlock,
}: VaultWorld): VaultSession & { start(kept: KeptKey): Promise<void> } {
  let open: Open | undefined;
  let renewing = Promise.resolve(true);
  /** Locked, but what was in flight goes on for a while. */
  let finishing: { readonly unlocked: Unlocked; readonly stop: () => void } | undefined;

  async function enter(bytes: Uint8Array<ArrayBuffer>, keptUntil?: number | null): Promise<void> {
    const sealer = createSealer(await importVaultKey(bytes));
    const store = sealedStore<Partial<Settings>>('settings', sealer);
    const opening = finishing?.unlocked ?? openUnlocked(sealer);
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
    await onUnlock();
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

  const session = {
    async start(kept: KeptKey) {
      if (kept) return enter(kept.bytes, kept.expiresAt);
      const exists = await (await database()).count('vault');
      const state = exists > 0 ? 'locked' : 'none';
      publisher.set('vault', { state });
      setUnfinishedAlarm(false);
      await lock();
    },

    async create(passphrase: string) {
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

    async unlock(passphrase: string) {
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

    async changeSettings(change: Partial<Settings>) {
      await session.expectUnlocked();
      if (!open) return;
      const settings = { ...open.settings, ...change };
      await open.store.put('settings', settings);
      open = { ...open, settings };
      publisher.set('settings', settings);
      await session.renew();
    },

    async expectUnlocked() {
      await session.lockIfExpired();
      if (open) return open.unlocked;
      throw new UserError(
        'locked',
        'Pullcord is locked. Unlock it with your passphrase, then try again.',
      );
    },

    opened: () => open?.unlocked,

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
  return session;
}
