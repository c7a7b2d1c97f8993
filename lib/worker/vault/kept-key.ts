import browser from 'webextension-polyfill';
import { base64ToBytes, bytesToBase64 } from '#lib/domain/base64.ts';
import type { AutoLock } from '#lib/domain/settings.ts';

/**
 * The open vault key between two lives of the worker: in `storage.session` (memory only, trusted contexts), beside it
 * the absolute time at which it expires. Whoever reads it checks that time; alarms only make the lock punctual.
 */
const storageKey = 'vault.unlocked';

interface UnlockedKey {
  readonly key: string;
  /** Unix milliseconds; null: until the browser closes. */
  readonly expiresAt: number | null;
  /** When this was written, Unix milliseconds: a clock well before it has been set back. */
  readonly writtenAt: number;
}

/** A clock is corrected by less than this now and then, in milliseconds. */
const clockSlack = 5000;

/** Tells when it expires. */
export async function keepKey(
  bytes: Uint8Array,
  autoLock: AutoLock,
  now: number,
): Promise<number | null> {
  const expiresAt = expiryOf(autoLock, now);
  const kept: UnlockedKey = { key: bytesToBase64(bytes), expiresAt, writtenAt: now };
  await browser.storage.session.set({ [storageKey]: kept });
  return kept.expiresAt;
}

/** Undefined where there is none or it has expired. */
export async function findKey(
  now: number,
): Promise<
  { bytes: Uint8Array<ArrayBuffer>; expiresAt: number | null; writtenAt: number } | undefined
> {
  const stored = await browser.storage.session.get(storageKey);
  const kept = stored[storageKey] as UnlockedKey | undefined;
  const bytes = kept && base64ToBytes(kept.key);
  if (!bytes || hasExpired(kept, kept.writtenAt, now)) return undefined;
  const { expiresAt, writtenAt } = kept;
  return { bytes, expiresAt, writtenAt };
}

/** Changes the expiry of the key, where there is one still. */
export async function renewKey(expiresAt: number | null, now: number): Promise<void> {
  const stored = await browser.storage.session.get(storageKey);
  const kept = stored[storageKey] as UnlockedKey | undefined;
  if (!kept) return;
  const renewed: UnlockedKey = { ...kept, expiresAt, writtenAt: now };
  await browser.storage.session.set({ [storageKey]: renewed });
}

export async function dropKey(): Promise<void> {
  await browser.storage.session.remove(storageKey);
}

/**
 * `seenAt`: the latest time that the clock has shown. Set back, it would keep the vault open for as much longer: what is left
 * of the time is then not known, and it is over.
 */
export function hasExpired(
  { expiresAt }: { readonly expiresAt: number | null },
  seenAt: number,
  now: number,
): boolean {
  return expiresAt !== null && (now >= expiresAt || now <= seenAt - clockSlack);
}

/** Unix milliseconds; null: when the browser closes. */
export function expiryOf(autoLock: AutoLock, now: number): number | null {
  return autoLock === 'browser-close' ? null : now + autoLock * 60_000;
}
